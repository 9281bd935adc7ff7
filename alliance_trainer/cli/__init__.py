"""The command line: parse, call, show, exit. A door to each wing, and the only error boundary."""
