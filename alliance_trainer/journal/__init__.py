"""The attempt record on disk: append, verify, mend, find. Nothing here knows the screen or a scenario's rules.

`store` is the door: it opens the data folder, begins and resumes attempts. Below it stand `writer` and
`repair` (change a journal), `lock`, `scan` (bytes to records), `record` and `events` (what a line says), and
`disk` (the operating system). `interchange` turns a journal into an attempt as data.
"""
