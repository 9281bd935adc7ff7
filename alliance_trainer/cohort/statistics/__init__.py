"""The formulas: numbers in, numbers out, no files and no screen; what to show below which numbers is `study`'s.

A figure that is not defined for the numbers given (no variance, no cases) is None, never 0 and never NaN. Some are for
those who use the package as a library, and shown by no command: percentile ranks, skewness, kurtosis and bootstrap
intervals, discriminative efficiency and effective weights, alpha without an item, variances of a crossed table, and the
area of type 2.
"""
