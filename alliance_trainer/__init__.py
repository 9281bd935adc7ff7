"""Alliance Trainer: practise noticing and repairing strains in the working alliance."""

__version__ = "0.1.0"
