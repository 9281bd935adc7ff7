"""Results turned into text and data for people and programs; nothing here reads or writes a file."""
