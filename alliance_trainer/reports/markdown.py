"""The one door to Markdown: text that stays text, whatever it contains."""

import re

from alliance_trainer.core.clean import clean

_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")


def escaped(text: str) -> str:
    """The text on one line, cleaned, with every sign that could mean something in Markdown or HTML escaped."""
    return _SIGNS.sub(r"\\\1", " ".join(clean(text).split()))
