"""The words of the field as tables: one module a kind, ids for ever."""
