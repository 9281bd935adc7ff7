"""Rules about what is clinically likely: how patients move through the stages, and what can be repaired."""
