"""Scenario files: YAML text to a plain tree with exact positions, and on to a validated scenario."""
