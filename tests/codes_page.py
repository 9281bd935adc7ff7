"""The page docs/codes.md, drawn from the manual pages: every code with what it means, a bad and a good example."""

import re
import textwrap
from collections.abc import Mapping, Sequence

from alliance_trainer.core.manual import Page
from alliance_trainer.scenario_files.characters import FORBIDDEN, ODD_SPACE

_SECTIONS: Mapping[str, tuple[str, str]] = {
    "AT001": ("The file", "Whether the text can be read at all: encoding, YAML, size."),
    "AT040": (
        "The format",
        "Whether each key, word and number is one that the format knows, in a place where it belongs.",
    ),
    "AT070": ("The story", "Whether every way leads somewhere, every condition can hold, every turn can be scored."),
    "AT100": ("The case", "Whether the patient moves as patients do, and whether the tests in the file pass."),
    "AT110": ("The key", "Whether the ratings can be guessed without reading for sense. Only `check --key` looks."),
}
"""The sections of the page: the code from which each goes on, its heading, and what it is about."""

_OPENING = (
    "Each kind of problem that `alliance-trainer check` reports has a code, which never changes its meaning."
    " `alliance-trainer explain` prints the page of one. An *error* has to be mended before the scenario can be played; a"
    " *warning* is worth a thought, and can be [silenced with a reason](format.md#silencing-a-warning).",
    "The examples show only what matters: each stands in for the same top-level keys of a small sound scenario. In a bad"
    " one the comment `# <-` marks the line that is reported. What cannot be seen is written by its number, such as"
    " `<U+0009>` for a tab.",
    "This page is drawn from the program: `UPDATE_GOLDEN=1` draws it anew when the tests are run.",
)

_UNSEEN = re.compile(f"{FORBIDDEN.pattern}|{ODD_SPACE.pattern}|\t")
_SIGNS = re.compile(r"[\\*_<>\[\]&|`]")
_CODE_OR_SIGN = re.compile(rf"(?<!`)(`[^`\s](?:[^`\n]*[^`\s])?`)(?!`)|{_SIGNS.pattern}")
_LIST_OR_HEADING = re.compile(r"^([-+#])(?=\s)")


def page(pages: Sequence[Page]) -> str:
    """The whole page; the codes in the order in which they are given, which must be ascending."""
    parts = ["# Every code", "", *(line for words in _OPENING for line in _wrapped(words)), *_index(pages)]
    for first, (heading, about) in _SECTIONS.items():
        within = [one for one in pages if _section(one.code) == first]
        parts += [f"## {heading}", "", about, ""]
        parts += [line for one in within for line in _entry(one)]
    return "\n".join(parts).rstrip("\n") + "\n"


def _section(code: str) -> str:
    return max(first for first in _SECTIONS if first <= code)


def _index(pages: Sequence[Page]) -> list[str]:
    rows = [f"| [{one.code}](#{one.code.lower()}) | {one.severity} | {_prose(one.title)} |" for one in pages]
    return ["| code | is | means |", "|---|---|---|", *rows, ""]


def _entry(one: Page) -> list[str]:
    lines = [f"### {one.code}", "", f"**{_prose(one.title)}** ({one.severity})", ""]
    for paragraph in one.explanation.split("\n\n"):
        lines += _wrapped(_prose(paragraph))
    for label, example in (("Not so:", one.bad), ("But so:", one.good)):
        lines += [label, "", "```yaml", *_seen(example).splitlines(), "```", ""]
    return lines


def _wrapped(words: str) -> list[str]:
    """A paragraph in lines of the page's width, none of which begins a list or a heading by chance."""
    lines = textwrap.wrap(words, 119, break_on_hyphens=False, break_long_words=False)
    return [*(_LIST_OR_HEADING.sub(r"\\\1", line) for line in lines), ""]


def _prose(text: str) -> str:
    """Plain text on one line as Markdown: what stands between backticks is code, every other sign is itself."""
    flat = " ".join(_seen(text).split())
    return _CODE_OR_SIGN.sub(lambda found: found[1] or f"\\{found[0]}", flat)


def _seen(text: str) -> str:
    """The text with its unseen characters written by their numbers."""
    return _UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
