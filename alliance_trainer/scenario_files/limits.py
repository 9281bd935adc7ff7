"""How large a scenario file and its parts may be: far more than any scenario needs, far less than harms a reader."""

MOST_BYTES = 1 << 20
"""A scenario file may have 1 MiB; more is refused unread."""

DEEPEST = 24
"""How deep lists and mappings may lie in each other; the scenario itself is the first."""

MOST_NODES = 50_000
"""How many texts, lists and mappings (keys counted too) a file may have."""

LONGEST_TEXT = 2_000
"""How many characters one text may have."""

LONGEST_WRITTEN = 20_000
"""How many characters one text may take up in the file, with all its indentation and escapes."""

SUFFIXES = (".yaml", ".yml")
"""How the names of scenario files end."""
