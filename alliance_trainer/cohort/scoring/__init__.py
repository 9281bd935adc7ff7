"""A compiled scenario, attempts followed through it, one by one or many at once, and what their answers are worth."""
