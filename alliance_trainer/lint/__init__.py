"""Rules for sound scenarios: one module a rule in `rules`, and a runner."""
