"""Files made to harm whoever reads them: deep, long, many, repeated. Each is at most a little over 1 MiB."""

from collections.abc import Callable

MIB = 1 << 20


def _times(text: str, size: int = MIB) -> str:
    return (text * (size // len(text) + 1))[:size]


def _numbered(template: str, size: int = MIB) -> str:
    """The template again and again with a running number, as far as the size goes."""
    return "".join(template.format(number) for number in range(size // len(template.format(99_999))))


def _bomb(levels: int) -> str:
    """Each level names the one below nine times: nine to the power of the levels once resolved."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]\n"]
    for level in range(1, levels + 1):
        lines.append(f"a{level}: &a{level} [{', '.join(['*a' + str(level - 1)] * 9)}]\n")
    return "".join(lines)


def _merge_bomb() -> str:
    lines = ["a0: &a0 {x: y}\n"]
    for level in range(1, 9):
        lines.append(f"a{level}: &a{level}\n  <<: [{', '.join(['*a' + str(level - 1)] * 9)}]\n")
    return "".join(lines)


TEXTS: dict[str, Callable[[], str]] = {
    "brackets": lambda: "[" * 200_000,
    "brackets closed": lambda: "[" * 100_000 + "]" * 100_000,
    "braces": lambda: "{" * 200_000,
    "braces as names": lambda: "{a: " * 200_000,
    "dashes": lambda: "- " * 200_000,
    "question marks": lambda: "? " * 200_000,
    "dashes and question marks": lambda: "- ? " * 200_000,
    "steps to the right": lambda: "".join(" " * level + "a:\n" for level in range(1_400)),
    "alias bomb": lambda: _bomb(9),
    "deep alias bomb": lambda: _bomb(60),
    "merge bomb": _merge_bomb,
    "list entries": lambda: _times("- a\n"),
    "lists of nothing": lambda: _times("- -\n"),
    "names without values": lambda: _numbered("a{}:\n"),
    "names and values": lambda: _numbered("a{}: b\n"),
    "one name again and again": lambda: _times("a: b\n"),
    "names on one line": lambda: _times("a: "),
    "names in braces": lambda: "{" + _numbered("a{}: b, "),
    "one name in braces": lambda: "{" + _times("a: b, "),
    "asked names in braces": lambda: "{" + _times("? a, "),
    "pairs in brackets": lambda: "[" + _times("a: b, "),
    "long digits": lambda: "session: " + "9" * 500_000,
    "one line": lambda: "a" * MIB,
    "one line of words": lambda: "a: " + _times("word ", MIB - 3),
    "one line, then a colon": lambda: _times("word ", MIB - 3) + ": x",
    "spaces": lambda: " " * MIB,
    "spaces, then a name": lambda: "a: b\n" + " " * (MIB - 9) + "c: d",
    "line ends": lambda: "a: b" + "\n" * (MIB - 4),
    "line ends in a block": lambda: "a: |\n" + "\n" * (MIB - 5),
    "blank lines in a block": lambda: "a: |\n" + _times("  \n", MIB - 5),
    "block": lambda: "a: |\n" + _times(" x\n", MIB - 5),
    "folded lines": lambda: "a: b" + _times("\n c", MIB - 4),
    "comments": lambda: _times("#\n"),
    "quotes": lambda: '"' * MIB,
    "single quotes": lambda: "'" * MIB,
    "open quote": lambda: 'a: "' + _times("b\n", MIB - 4),
    "escapes": lambda: '"' + "\\e" * 500_000 + '"',
    "escapes in many texts": lambda: _times('- "' + "\\e" * 900 + '"\n'),
    "long escapes": lambda: '"' + _times("\\U0001F600", MIB - 6) + '"',
    "tags": lambda: _times("- !a b\n"),
    "long tag": lambda: "!" + "a" * (MIB - 1),
    "anchors": lambda: _numbered("- &a{} b\n"),
    "long anchors": lambda: "[" + _times("&" + "a" * 150 + " b, ", MIB - 1),
    "aliases": lambda: _times("- *a\n"),
    "tag directives": lambda: _numbered("%TAG !a{}! x\n"),
    "late tag directives": lambda: "a: b\n" + _numbered("%TAG !a{}! x\n", MIB - 9),
    "tag directives after the end": lambda: "a: b\n...\n...\n" + _numbered("%TAG !a{}! x\n", MIB - 20),
    "directives": lambda: _times("%\n"),
    "documents": lambda: _times("---\n"),
    "documents on one line": lambda: _times("--- "),
    "unquoted colons": lambda: _numbered("a{}: b: c\n"),
    "quoted words": lambda: _times("- 'a' b\n"),
    "open quotes": lambda: _numbered('a{}: "b\n'),
    "lines without a name": lambda: "a: b\n" + _times("hello there\n", MIB - 5),
    "stars": lambda: _times("- *a*\n"),
    "tabs": lambda: "a:\n" + _times("\tb: c\n", MIB - 3),
    "tab after each dash": lambda: _times("-\ta\n"),
    "missing spaces": lambda: _times("- a:b\n"),
    "control characters": lambda: "\x01" * MIB,
    "zero-width characters": lambda: "a: " + "\u200b" * 349_000,
    "bidi characters": lambda: _times("a: \u202e\n", 500_000),
    "line separators": lambda: "\u2028" * 349_000,
    "odd spaces": lambda: _times(" \xa0\n", 700_000),
    "carriage returns": lambda: "\n" + _times("\ra", MIB - 1),
    "wide letters": lambda: "\U0001f600" * (MIB // 4),
    "slips, then many parts": lambda: "a: b: c\n" * 19 + "x: [" + _times("'a',", MIB - 200),
    "texts of full length": lambda: _times("- " + "a" * 1_999 + "\n"),
    "wide levels": lambda: (
        "".join(" " * level + f"k{level}:\n" for level in range(23)) + _times(" " * 23 + "- a\n", 900_000)
    ),
    "nulls": lambda: "a: b" + "\x00" * (MIB - 4),
    "few nulls": lambda: _times("word\x00and words and words\n"),
}


def contents(name: str) -> bytes:
    """The bytes of one hostile file, cut to 1 MiB."""
    return TEXTS[name]().encode()[:MIB]
