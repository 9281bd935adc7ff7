"""Rules for files of moments, one module each."""
