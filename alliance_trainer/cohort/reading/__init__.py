"""From files to records: which files there are, how work on them is cut, and attempts one by one or as batches."""
