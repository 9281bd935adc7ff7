"""Attempts that were played from a pack: put back into the scenario's own ids, and what can be shown of them."""
