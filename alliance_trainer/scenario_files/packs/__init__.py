"""Packs for assessment: scenarios without their key in one file, and the instructor's key file that belongs to it."""
