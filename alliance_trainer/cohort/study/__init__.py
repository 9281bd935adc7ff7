"""What an instructor is shown: from the answers of a cohort, as columns, to figures, or why one is not given."""
