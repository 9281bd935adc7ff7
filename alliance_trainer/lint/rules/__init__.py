"""The rules, one module each: the docstring is the manual page, `check` finds what is wrong."""
