"""Any bytes end in diagnostics with a place, or in a tree whose every position is true; never in an exception."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pieces import joined
from sizes import scaled
from two_ways import agree

from alliance_trainer.scenario_files.characters import FORBIDDEN_IN_TEXT
from alliance_trainer.scenario_files.parsing import Parsed
from alliance_trainer.scenario_files.tree import Place, Tree

SCENARIO = Path(__file__).with_name("mutated_scenario.yaml").read_text("utf-8")
LINES = SCENARIO.splitlines(keepends=True)

# Everything that means something in YAML, with a few words and a few characters that are refused.
_WORDS = ["a", "word", "two words", "no", "010", "1:30", "~", "=", "name:", "says: ", "b: ", "c:", "<<: ", "\u00e9"]
_LAYOUT = [" ", "  ", "    ", "\n", "\n", "\n  ", "\n    ", "\n- ", "- ", "-", ": ", ":", "\t", "\r\n", "\r"]
_SIGNS = [*"\"'[]{},>|?%`@\\", "''", ", ", "#", " #", ">-", "|\n", "? ", "&x", "*x", "!t", "!!str ", "\u201c", "\u201d"]
_ESCAPES = ["\\n", "\\e", "\\x07", "\\ud800", '\\"']
_DOCUMENTS = ["---", "\n---\n", "...", "\n...\n", "%TAG ! x\n", "%YAML 1.1\n"]
_REFUSED = ["\U0001f600", "\xa0", "\x00", "\x1b", "\u202e", "\u200b", "\u2028", "\x85", "\ufeff"]
_PIECES = [*_WORDS, *_LAYOUT, *_SIGNS, *_ESCAPES, *_DOCUMENTS, *_REFUSED]
_MOVES = st.sampled_from(["swap", "delete", "repeat", "indent", "dedent"])
_YAML_LIKE = joined(_PIECES, max_size=25)
_OFFSETS = st.integers(min_value=0, max_value=len(SCENARIO))
_LINE_NUMBERS = st.integers(min_value=0, max_value=len(LINES) - 1)


def check(data: bytes) -> Parsed:
    """The promises, checked on one file."""
    parsed = agree(data)
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
    *ended, last = text.split("\n")
    lines = [*(line.removesuffix("\r") for line in ended), last]
    for item in parsed.diagnostics:
        assert 1 <= item.line <= len(lines)
        assert 1 <= item.column <= len(lines[item.line - 1]) + 1
        assert (item.line, item.column) <= (item.end_line, item.end_column)
        assert item.end_line <= len(lines)
        assert item.end_column <= len(lines[item.end_line - 1]) + 1
        assert item.message.isprintable()
        assert item.hint.isprintable()
    assert len(parsed.diagnostics) <= 50
    if parsed.tree is None:
        assert parsed.diagnostics
    else:
        _check_node(parsed, (), parsed.tree)
    return parsed


def _check_node(parsed: Parsed, path: tuple[str, ...], node: Tree) -> None:
    """Each part of the tree stands where its position says, as the kind of thing that it is."""
    place = parsed.positions.places[path]
    raw = parsed.positions.source.text[place.value[0] : place.value[1]]
    span = parsed.positions.value(path)
    assert span is not None
    assert (span.line, span.column) <= (span.end_line, span.end_column)
    if not raw.startswith(("&", "!")):  # refused, but there: the anchor or tag comes before the value
        _check_value(node, raw, place)
    match node:
        case dict():
            for key, value in node.items():
                _check_key(parsed, (*path, key))
                _check_node(parsed, (*path, key), value)
        case list():
            for index, value in enumerate(node):
                _check_node(parsed, (*path, str(index)), value)


def _check_value(node: Tree, raw: str, place: Place) -> None:
    match node:
        case str():
            assert FORBIDDEN_IN_TEXT.search(node.replace("\n", "")) is None
            assert len(node) <= 2_000
            opening = {"single": "'", "double": '"', "plain": node[:1].strip("\ufffd")}
            assert raw.startswith(opening.get(place.style, ("|", ">")))
            assert raw == raw.rstrip(" \t\r\n") or place.style != "plain"
        case list():
            assert place.style == "list"
            assert raw.startswith(("-", "["))
        case dict():
            assert place.style == "mapping"
            # A block mapping begins with its first key, whatever that begins with; or with a refused one.
            assert raw.startswith("{") or place.value[0] < place.value[1]


def _check_key(parsed: Parsed, path: tuple[str, ...]) -> None:
    key = parsed.positions.places[path].key
    assert key is not None
    raw = parsed.positions.source.text[key[0] : key[1]]
    assert raw.startswith(("'", '"', "|", ">", "&", "!", "*")) or raw[:1] == path[-1][:1] or path[-1][:1] == "\ufffd"


@settings(max_examples=scaled(3_000))
@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    check(data)


@settings(max_examples=scaled(2_000))
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    check(text.encode("utf-8", errors="surrogatepass"))


@settings(max_examples=scaled(9_000))
@given(_YAML_LIKE)
def test_yaml_like_text(text: str) -> None:
    check(text.encode("utf-8"))


@settings(max_examples=scaled(2_000))
@given(_OFFSETS, st.integers(min_value=0, max_value=30), _YAML_LIKE)
def test_scenario_with_a_stretch_replaced(start: int, length: int, other: str) -> None:
    check((SCENARIO[:start] + other + SCENARIO[start + length :]).encode())


@settings(max_examples=scaled(2_000))
@given(st.lists(st.tuples(_OFFSETS, st.integers(min_value=0, max_value=255)), min_size=1, max_size=4))
def test_scenario_with_bytes_changed(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SCENARIO.encode())
    for offset, value in changes:
        data[min(offset, len(data) - 1)] ^= value
    check(bytes(data))


@settings(max_examples=scaled(2_000))
@given(
    st.lists(
        st.tuples(_LINE_NUMBERS, _LINE_NUMBERS, _MOVES),
        min_size=1,
        max_size=4,
    )
)
def test_scenario_with_lines_moved(changes: list[tuple[int, int, str]]) -> None:
    lines = LINES.copy()
    for first, second, change in changes:
        match change:
            case "swap":
                lines[first], lines[second] = lines[second], lines[first]
            case "delete":
                lines[first] = ""
            case "repeat":
                lines[first] += lines[second]
            case "indent":
                lines[first] = " " + lines[first]
            case _:
                lines[first] = lines[first].removeprefix(" ")
    check("".join(lines).encode())


@settings(max_examples=scaled(500))
@given(st.lists(st.text(max_size=12).filter(str.isprintable), max_size=6, unique=True), st.integers(min_value=0))
def test_what_is_written_in_quotes_is_read_back(texts: list[str], pick: int) -> None:
    """An own writer of one-line texts and this reader agree, and `inside` finds each character."""
    texts = [text for text in texts if text.strip() and FORBIDDEN_IN_TEXT.search(text) is None]
    lines = [f"k{index}: '{text.replace(chr(39), chr(39) * 2)}'" for index, text in enumerate(texts)]
    parsed = check("\n".join(["id: x", *lines]).encode())
    assert parsed.diagnostics == ()
    assert parsed.tree == {"id": "x"} | {f"k{index}": text for index, text in enumerate(texts)}
    for index, text in enumerate(texts):
        offset = pick % len(text)
        span = parsed.positions.inside((f"k{index}",), offset)
        assert span is not None
        assert lines[index][span.column - 1 : span.end_column - 1][:1] == text[offset]
