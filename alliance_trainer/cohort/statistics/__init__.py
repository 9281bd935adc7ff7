"""The formulas: numbers in, numbers out, no files and no screen; what to show below which numbers is `study`'s.

A figure that is not defined for the numbers given (no variance, no cases) is None, never 0 and never NaN.
"""
