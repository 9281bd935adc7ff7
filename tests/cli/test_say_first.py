"""Saying it first: own words before the lines on offer, a reason after the choice, and what becomes of them."""

import csv
import io
import json
from pathlib import Path

import pytest
from command import Done, command

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
OWN = "You held that sheet by one corner."
REASON = "It leaves her room."
WORDED = f"confrontation\n{OWN}\nown-it\n{REASON}\nmixed\n-\nstay\n-\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
    return folder


def play(library: Path, data: Path, typed: str, *more: str | Path) -> Done:
    words = ("play", "example-scenario", "--library", library, "--seed", "1", "--say-first", *more)
    return command(*words, data=data, typed=typed)


def records(data: Path, folder: str = "attempts") -> list[dict[str, object]]:
    (journal,) = (data / folder).glob("*.jsonl")
    return [json.loads(line) for line in journal.read_text().splitlines()]


def test_own_words_and_the_reason_are_kept_and_shown_and_never_scored(library: Path, tmp_path: Path) -> None:
    data, bare = tmp_path / "data", tmp_path / "bare"
    done = play(library, data, WORDED)
    assert done.code == 0, done.errors
    folded = " ".join(done.out.split())
    assert folded.count("nothing about a real patient: your words are kept") == 1, "at length once in a sitting"
    asked = folded.count("what would you say?") + folded.count("Why this one?")
    assert folded.count("nothing about a real patient") == asked == 4, "in short each time that words are asked for"
    assert done.out.index(OWN) < done.out.index("Question: What do you say?"), "before the lines on offer"
    kinds = [(record["kind"], record.get("text")) for record in records(data)]
    assert kinds.count(("said", OWN)) == 1
    assert kinds.count(("reason", REASON)) == 1
    assert [kind for kind, _ in kinds].index("said") < [kind for kind, _ in kinds].index("shown")
    told = json.loads(command("debrief", "--format", "json", data=data).out)
    assert told["words"] == [{"turn": "form", "said": OWN, "reason": REASON}]
    without = play(library, bare, WORDED.replace(OWN, "-").replace(REASON, "-"))
    assert without.code == 0, without.errors
    plain = json.loads(command("debrief", "--format", "json", data=bare).out)
    assert told["skills"] == plain["skills"]
    assert plain["words"] == []
    debrief = " ".join(command("debrief", data=data).out.split())
    assert f'Own words: "{OWN}" You: "You are right' in debrief
    assert f"Your why: {REASON}" in debrief
    for form in ("txt", "md"):
        text = command("transcript", "--format", form, data=data).out.replace("\\", "")
        assert f'Your own words: "{OWN}"' in text
        assert f"Why this one: {REASON}" in text


def test_a_dash_passes_over_the_question_and_letters_mean_what_they_mean(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = play(library, data, "confrontation\n?\nb\n-\nown-it\nb\n-\nmixed\nu\nnone\nhelp\n-\nstay\n-\n")
    assert done.code == 0, done.errors
    assert "In words: a line as you would say it." in done.out
    assert done.out.count("Looking back") == 2
    assert {record["text"] for record in records(data) if record["kind"] in ("said", "reason")} == {""}
    assert [record["what"] for record in records(data) if record["kind"] == "retract"] == ["probe"]


def test_own_words_are_asked_once_at_a_turn_and_survive_leaving_at_any_question(library: Path, tmp_path: Path) -> None:
    whole = WORDED.splitlines()
    for cut in range(1, len(whole)):
        data = tmp_path / str(cut)
        assert play(library, data, "\n".join(whole[:cut]) + "\n").code == 0
        rest = whole[cut:]
        back = command("resume", "--library", library, data=data, typed="\n".join(rest) + "\n")
        assert back.code == 0, (cut, back.errors)
        assert "Debrief 3/3" in back.out, cut
        told = [(record["kind"], record["text"]) for record in records(data) if "text" in record]
        assert told == [("said", OWN), ("reason", REASON), ("said", ""), ("reason", "")], cut


def test_words_that_are_too_long_are_refused_kindly(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = play(library, data, f"confrontation\n{'x' * 2001}\n")
    assert done.code == 2
    assert "2,001 characters long; 2,000 can be kept" in " ".join(done.errors.split())
    back = command("resume", "--library", library, data=data, typed=f"{'x' * 2000}\nown-it\n-\n")
    assert back.code == 0, back.errors
    assert [len(str(record["text"])) for record in records(data) if record["kind"] == "said"] == [2000]


def test_assessment_asks_for_words_too_and_comments_on_nothing(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = play(library, data, WORDED, "--mode", "assess")
    assert done.code == 0, done.errors
    before_the_debrief = done.out[: done.out.index("Debrief 1/3")]
    assert "Why:" not in before_the_debrief
    assert [record["text"] for record in records(data) if record.get("text")] == [OWN, REASON]


def test_the_rating_sheet_holds_the_words_and_nothing_that_tells_the_key(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert (
        play(library, data, WORDED.replace(OWN, "=1+1").replace("mixed\n-", 'mixed\nShe said "no", I heard it.')).code
        == 0
    )
    out = tmp_path / "words.csv"
    assert command("transcript", "--format", "csv", "--out", out, data=data).code == 0
    text = out.read_bytes().decode()
    assert text.count("\r\n") == text.count("\n") == 3
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == ["item", "scenario", "turn", "patient", "own_words", "rating"]
    assert [row["own_words"] for row in rows] == ["'=1+1", 'She said "no", I heard it.']
    assert [row["turn"] for row in rows] == ["form", "hurt"]
    assert rows[0]["patient"].startswith("Again? These sheets are for children. (holds the sheet")
    assert {row["rating"] for row in rows} == {""}
    assert len({row["item"] for row in rows}) == 2
    for hidden in ("You are right", "Stronger", "confrontation", "own-it"):
        assert hidden not in text
