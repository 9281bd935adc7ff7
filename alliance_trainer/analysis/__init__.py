"""Exact results on the automaton, policies and what they gain, simulation, and the quality of a scenario's key.

Everything here is pure: a scenario in, results out. numpy is imported only where arrays are needed, so that
`check`, which needs the proofs alone, starts without it.
"""
