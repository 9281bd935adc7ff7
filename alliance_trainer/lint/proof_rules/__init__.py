"""Rules about what holds on every way through a scenario: one module each, read off its automaton."""
