"""The pure heart: the format, the engine, the scores. No files, clock, screen or global random."""
