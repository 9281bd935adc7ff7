"""The pages for authors do as they say: each block is written, each command is typed, in order, in an empty folder."""

import os
import re
from pathlib import Path

import pytest
from guide import Run, blocks, entries, grown, runs, walked

from alliance_trainer.cli.scenarios import checked
from alliance_trainer.core.vocabulary.markers import MARKERS
from alliance_trainer.core.vocabulary.skills import SKILLS
from alliance_trainer.scenario_files.loader import load, load_path
from alliance_trainer.scenario_files.starter.wishes import NAMES

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {name: (DOCS / name).read_text(encoding="utf-8") for name in ("authoring.md", "editors.md")}
AUTHORING = PAGES["authoring.md"]
FIRST_PART = AUTHORING[: AUTHORING.index("## From an empty page")]
FINISHED = DOCS / "the-keyboard.yaml"


@pytest.fixture
def type_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line within this process, in an empty folder that stands for the author's."""
    folder = tmp_path / "author"
    folder.mkdir()
    monkeypatch.chdir(folder)

    return runs(capsys)


@pytest.mark.parametrize("name", PAGES)
def test_all_is_as_the_page_says(name: str, type_here: Run) -> None:
    assert walked(PAGES[name], Path(), type_here) == []


# ------------------------------------------------------------------------------------------- what grows on the page


def test_the_finished_file_beside_the_page_is_what_has_grown_on_it() -> None:
    text = ""
    for block in blocks(AUTHORING):
        if block.kind == "yaml" and block.named == FINISHED.name:
            text = grown(text, block.text)
    if os.environ.get("UPDATE_GOLDEN"):
        FINISHED.write_text(text, encoding="utf-8")
    assert FINISHED.read_text(encoding="utf-8") == text


def test_the_finished_file_is_clean_and_has_what_the_page_teaches() -> None:
    loaded = checked(load_path(FINISHED), key=True)
    assert [(one.code, one.message) for one in loaded.diagnostics] == []
    scenario = loaded.scenario
    assert scenario is not None
    assert {ending.outcome for ending in scenario.endings.values()} >= {"resolved", "sealed"}
    assert any(turn.rupture == "none" for turn in scenario.turns.values())
    assert any(response.trap for turn in scenario.turns.values() for response in turn.responses.values())
    assert scenario.tests


def test_the_page_names_every_part_of_what_analyze_prints_and_no_other(type_here: Run) -> None:
    told = re.findall(r"^\| \*\*(.+?)\*\* \|", AUTHORING, re.M)
    code, printed = type_here(["--no-plain", "analyze", str(FINISHED)])
    assert code == 0
    headings = re.findall(r"^ ?(?:--|==) (.+?)(?:: The keyboard)? (?:-|=)+ *$", printed, re.M)
    assert headings == told


def test_the_page_has_the_anchors_of_all_four_skills() -> None:
    assert re.findall(r"^\| `(\w+)` \|", AUTHORING, re.M) == list(SKILLS)


# --------------------------------------------------------------------------------------- the first fifteen minutes

WORDS_A_MINUTE = 200
"""What a slow reader takes in."""

WORDS_A_QUESTION = 30
"""What `new` shows with each of its questions, about."""

SECONDS = {"question of new": 6, "finding the editor": 120, "changed line": 60, "answer in the play": 20}


def test_the_first_part_takes_fifteen_minutes(type_here: Run) -> None:
    """All that is read on the page and the screen, up to the answer that the author has changed; and all that is done."""
    assert walked(FIRST_PART, Path(), type_here) == []
    (changed,) = (block.text for block in blocks(FIRST_PART) if block.kind == "yaml")
    lines = [line.partition(": ")[2] for line in changed.splitlines() if ": " in line]
    Path("answers").write_text("withdrawal\nstraight-on\n")
    code, played = type_here(["play", "after-the-break.yaml", "--script", "answers"])
    assert code == 0
    _summary, *met = lines
    assert all(line in " ".join(played.split()) for line in met), "the author meets the changed lines"
    questions = len(NAMES) - blocks(FIRST_PART)[0].text.count(" --")
    words = len(FIRST_PART.split()) + WORDS_A_QUESTION * questions + len(played.split())
    times = {"question of new": questions, "finding the editor": 1, "changed line": len(lines), "answer in the play": 2}
    minutes = words / WORDS_A_MINUTE + sum(SECONDS[what] * often for what, often in times.items()) / 60
    assert minutes <= 15


@pytest.mark.parametrize("mistake", ["--mistake", "--no-mistake"])
@pytest.mark.parametrize("marker", [name for name, about in MARKERS.items() if about.type == "withdrawal"])
def test_whatever_is_answered_to_new_the_three_lines_are_there(type_here: Run, marker: str, mistake: str) -> None:
    (block,) = (block for block in blocks(FIRST_PART) if block.kind == "yaml")
    assert type_here(["new", "after-the-break", "--rupture", "withdrawal", "--marker", marker, mistake])[0] == 0
    before = Path(block.named).read_text(encoding="utf-8")
    after = grown(before, block.text)
    assert len(after.splitlines()) <= len(before.splitlines()), "each of them replaces one"
    assert checked(load(after.encode(), block.named)).diagnostics == ()


# ------------------------------------------------------------------------- the reader notices what a page gets wrong

SLIPS = {
    "a code that is not reported": ("(AT041)", "(AT041, AT083)", "check reports ['AT041']"),
    "a code that is not told": ("`check` says so (AT041)", "`check` says so", "the text names []"),
    "a key that does not exist": ("  pronouns: he/him\n", "  pronoun: he/him\n", "'AT040'"),
    "an option that does not exist": ("--out the-keyboard.svg", "--into the-keyboard.svg", "No such option"),
    "an option of a waiting command": ("--watch --from", "--watch --after", "play has no ['--after']"),
    "a command that is gone": ("alliance-trainer analyze", "alliance-trainer analyse", "ends with 2"),
    "another output": ("3 errors, 1 warning", "4 errors, 1 warning", "prints something else"),
    "an output that is left out": ("...\nthe-keyboard.yaml:39", "the-keyboard.yaml:39", "prints something else"),
    "an error that is not shown": ("error AT070\n", "warning AT070\n", "ends with 1"),
    "a command that waits": ("```sh waits\n", "```sh\n", "this waits for a person"),
    "one that does not": (
        "```sh\nalliance-trainer simulate",
        "```sh waits\nalliance-trainer simulate",
        "does not wait",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_on_the_page_is_noticed(slip: str, type_here: Run) -> None:
    old, new, complaint = SLIPS[slip]
    assert old in AUTHORING
    found = walked(AUTHORING.replace(old, new), Path(), type_here)
    assert complaint in "\n".join(found)


def test_a_comment_on_a_page_has_to_stand_in_the_file(type_here: Run) -> None:
    page = PAGES["editors.md"].replace("$schema=./scenario.schema.json\n```", "$schema=./other.json\n```")
    assert page != PAGES["editors.md"]
    assert "my-case.yaml has no such lines" in "\n".join(walked(page, Path(), type_here))


def test_a_block_goes_into_the_groups_that_are_there_and_replaces_the_rest() -> None:
    base = "a: 1\ng:   # a note\n  # another\n  x:\n    - 1\n  y: {z: 1}\nlast: >-\n  long:\n  text\n"
    assert grown(base, "g:\n  x:\n    - 2\n") == base.replace("g:   # a note", "g:").replace("- 1", "- 2")
    assert grown(base, "g:\n  y:\n    z: 2\n    w: 3\n") == base.replace("g:   # a note", "g:").replace(
        "  y: {z: 1}\n", "  y:\n    z: 2\n    w: 3\n"
    )
    assert grown(base, "last: short\nnew:\n  b: 2\n") == base[: base.index("last")] + "last: short\nnew:\n  b: 2\n"
    assert grown(base, "a: 2   # now\n").startswith("a: 2   # now\ng:")
    assert grown("", base) == base
    assert list(entries(base)) == ["", "a", "g", "last"]
