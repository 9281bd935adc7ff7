"""The drill as a command: what it asks, what it says, and what it keeps."""

import re
from pathlib import Path

import pytest
from command import command
from drills import library, missed_long_ago, rows, spot

from alliance_trainer.journal.families import DRILLS
from alliance_trainer.journal.shelf import Shelf

SEED = ("--seed", "5")


def typed(*answers: str) -> str:
    return "".join(f"{answer}\n" for answer in answers)


def said(out: str) -> str:
    return " ".join(out.split())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_a_drill_by_script_is_asked_answered_told_and_kept(data: Path) -> None:
    done = spot(data, typed("none", "none", "none", "none"), "--count", "4", *SEED)
    assert done.code == 0, done.errors
    assert re.findall(r"Question: What is going on\? \((.*)\)", done.out) == [f"moment {n} of 4" for n in (1, 2, 3, 4)]
    (row,) = rows(data)
    assert [answer.answer for answer in row.noticed] == ["none"] * 4
    missed = sum(bool(answer.markers) for answer in row.noticed)
    out = said(done.out)
    assert f"Ruptures: 0 seen, {missed} missed" in out
    assert f"Nothing wrong: {4 - missed} left plain, 0 called a rupture" in out
    assert out.count("- you saw nothing special; it was") == missed
    assert out.count("+ you saw nothing special, and nothing was wrong here") == 4 - missed
    assert "d'" not in out, "four moments are too few for more than counts"
    assert str(data / "drills") in done.out.replace("\n", "")


def test_the_sign_is_asked_only_after_a_rupture_was_called_and_can_be_taken_back(data: Path) -> None:
    done = spot(data, typed("2", "u", "3", "b", "?", "n", "look again", "1", "none"), "--count", "2", *SEED)
    assert done.code == 0, done.errors
    out = said(done.out)
    assert out.count("Which sign is the clearest?") == 2
    assert "Taken back." in out
    assert "Noted." in out
    assert "look back: read the moment again" in out
    (row,) = rows(data)
    first, second = row.noticed
    assert (first.answer, first.named is not None) == ("confrontation", True)
    assert (second.answer, second.named) == ("none", None)


def test_how_sure_is_asked_where_it_was_wished_and_undone_step_by_step(data: Path) -> None:
    answers = typed("2", "1", "u", "u", "none", "u", "withdrawal", "1", "90")
    done = spot(data, answers, "--count", "1", "--sure", *SEED)
    assert done.code == 0, done.errors
    assert "50 %: as likely wrong as right" in done.out
    assert "guess" not in done.out, "of four answers a guess is right once in four"
    (row,) = rows(data)
    (only,) = row.noticed
    assert (only.answer, only.sure) == ("withdrawal", 90)
    assert only.named is not None


@pytest.mark.parametrize("feedback", ["each", "end", "off"])
def test_feedback_comes_when_it_was_wished(data: Path, tmp_path: Path, feedback: str) -> None:
    books = library(tmp_path / "books")
    arguments = ("--library", books, "--from", "moments", "--count", "5", "--feedback", feedback, *SEED)
    done = spot(data, typed(*["none"] * 5), *arguments)
    assert done.code == 0, done.errors
    lines = done.out.splitlines()
    last_question = max(at for at, line in enumerate(lines) if "What is going on?" in line)
    told = [at for at, line in enumerate(lines) if "you saw nothing special" in line]
    if feedback == "off":
        assert told == []
        assert "Ruptures:" not in done.out, "not even the counts"
        assert "without a comment" in said(done.out)
    else:
        assert len(told) == 5
        assert (min(told) < last_question) == (feedback == "each")
        assert "Ruptures:" in done.out


def test_a_wish_for_a_sign_or_a_kind_is_kept_and_foils_come_along(data: Path) -> None:
    everything = typed(*["none"] * 30)
    assert spot(data, everything, "--count", "30", "--marker", "wd-denial", *SEED).code == 0
    (row,) = rows(data)
    assert all("wd-denial" in answer.markers for answer in row.noticed if answer.markers)
    assert any(not answer.markers for answer in row.noticed)
    assert len({answer.item for answer in row.noticed}) == len(row.noticed)
    for option, word, hint in (("--marker", "wd-denail", "wd-denial"), ("--type", "away", "withdrawal")):
        refused = spot(data, "", option, word)
        assert refused.code == 2
        assert hint in refused.errors
    assert spot(data, "", "--count", "0").code == 2


@pytest.mark.parametrize("seed", range(6))
def test_what_is_named_as_due_is_in_the_next_drill_whatever_else_is_due(data: Path, seed: int) -> None:
    missed_long_ago(data, "wd-denial", "wd-self-criticism-hopelessness", "cf-complaint-parameters", "cf-defends-self")
    assert 'Next: Spot: "complains about the frame", and 3 more' in said(command("progress", data=data).out)
    assert spot(data, typed(*["none"] * 10), "--seed", str(seed)).code == 0
    asked = {marker for answer in rows(data)[-1].noticed for marker in answer.markers}
    assert "cf-complaint-parameters" in asked


def test_turns_come_only_of_scenarios_that_were_begun_unless_the_library_is_asked_for(data: Path) -> None:
    assert spot(data, typed(*["none"] * 40), "--count", "40", *SEED).code == 0
    assert not any("its-fine/" in answer.item for answer in rows(data)[0].noticed)
    other = data.with_name("other")
    command("play", "its-fine", data=other, typed="none\n")
    assert spot(other, typed(*["none"] * 20), "--count", "20", *SEED).code == 0
    begun = {answer.item.partition("/")[0] for answer in rows(other)[0].noticed}
    assert "its-fine" in begun
    assert "the-clock" not in begun
    third = data.with_name("third")
    done = spot(third, typed(*["none"] * 6), "--count", "6", "--from", "library", *SEED)
    assert done.code == 0
    assert "just before" in done.out
    assert "You:" in done.out


def test_leaving_or_running_out_of_answers_keeps_what_was_answered(data: Path) -> None:
    for answers in (typed("none", "q"), typed("none")):
        done = spot(data, answers, "--count", "3", *SEED)
        assert done.code == 0
        assert "Saved: 1 moment answered." in said(done.out)
    assert [len(row.noticed) for row in rows(data)] == [1, 1]
    wrong = spot(data, typed("none", "maybe"), "--count", "3", *SEED)
    assert wrong.code == 2
    assert "Everything before it is saved" in wrong.errors
    assert "resume" not in wrong.errors
    assert len(rows(data)) == 3


def test_data_check_and_repair_know_drills(data: Path) -> None:
    assert spot(data, typed("none", "none"), "--count", "2", *SEED).code == 0
    (name,) = Shelf(data=data, family=DRILLS).names()
    path = data / "drills" / f"{name}.jsonl"
    whole = path.read_bytes()
    checked = command("data", "check", data=data)
    assert f"{name[:8]} drill on 2 moments: is finished." in said(checked.out)
    assert "0 attempts, 0 damaged. 1 drill, 0 damaged." in said(checked.out)
    path.write_bytes(whole[:-20])
    assert "cut off" in command("data", "check", data=data).out
    assert "set aside" in said(command("data", "repair", name[:6], data=data).out)
    path.write_bytes(whole.replace(b'"noticed"', b'"nothing"'))
    damaged = command("data", "check", data=data)
    assert (damaged.code, "1 damaged" in damaged.out) == (4, True)
    assert command("data", "repair", name, data=data).code == 4


def test_a_file_with_mistakes_is_left_out_and_said_so(data: Path, tmp_path: Path) -> None:
    books = library(tmp_path / "books")
    (books / "moments" / "broken.yaml").write_text("format: 1\nmoments: {title: x}\n", encoding="utf-8")
    done = spot(data, typed("none"), "--count", "1", "--library", books, *SEED)
    assert done.code == 0
    assert "broken.yaml has mistakes" in said(done.out)


def test_what_cannot_be_kept_is_said_and_ends_with_its_exit_code(data: Path) -> None:
    data.parent.mkdir(exist_ok=True)
    data.write_text("a file in the way", encoding="utf-8")
    done = spot(data, typed("none"), "--count", "1", *SEED)
    assert done.code == 5
    assert "Traceback" not in done.errors


def test_once_there_are_enough_answers_more_than_counts_is_said(data: Path, tmp_path: Path) -> None:
    books = library(tmp_path / "books")
    arguments = ("--library", books, "--from", "moments", "--count", "100", "--sure", "--feedback", "end", *SEED)
    done = spot(data, typed(*["mixed", "1", "100"] * 100), *arguments)
    assert done.code == 0, done.errors
    out = said(done.out)
    assert "You tend to call ruptures where there are none." in out
    assert "d' " in out
    assert re.search(r"You are surer than you are right: 100% sure on average, right in \d+% of 100\.", out)
