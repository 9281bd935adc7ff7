"""`list` with its filters against the scenarios themselves; `doctor` against what is really there."""

import json
import os
import re
import sys
from pathlib import Path

import pytest
from command import command
from shipped import FOILS, IDS, scenario

from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.markers import MARKERS
from alliance_trainer.core.vocabulary.skills import SKILLS

LIBRARY: dict[str, Scenario] = {name: scenario(name) for name in IDS}


def listed(*options: str, data: Path) -> set[str]:
    done = command("list", *options, data=data, environment={"COLUMNS": "200"})
    assert done.code == 0, done.errors
    ids = set(re.findall(r"^([a-z-]+): ", done.out, re.M))
    if options:
        assert done.out.endswith(f"{len(ids)} of {len(LIBRARY)} scenarios.\n")
    return ids


def test_without_a_filter_all_are_listed(tmp_path: Path) -> None:
    assert listed(data=tmp_path) == set(LIBRARY)


def test_it_says_how_often_a_scenario_was_begun_and_how_often_played_to_its_end(tmp_path: Path) -> None:
    def about_it() -> str:
        out = command("list", data=tmp_path, environment={"COLUMNS": "400"}).out
        return next(line for line in out.splitlines() if line.startswith("its-fine: "))

    assert "Not tried yet." in about_it()
    assert command("play", "its-fine", "--seed", "1", data=tmp_path, typed="1\n").code == 0
    assert "Begun once, not to its end." in about_it()
    assert command("play", "its-fine", "--seed", "1", data=tmp_path, typed="1\n" * 30).code == 0
    assert "Begun 2 times, 1 of them to its end." in about_it()
    assert command("data", "delete", "--all", "--yes", data=tmp_path).code == 0
    assert command("play", "its-fine", "--seed", "1", data=tmp_path, typed="1\n" * 30).code == 0
    assert "Played to its end once." in about_it()


@pytest.mark.parametrize("marker", sorted(MARKERS)[::5])
def test_by_marker(tmp_path: Path, marker: str) -> None:
    having = {
        name
        for name, scenario in LIBRARY.items()
        if any(one.id == marker for turn in scenario.turns.values() for one in turn.markers)
    }
    assert listed("--marker", marker, data=tmp_path) == having


def test_by_type_skill_difficulty_and_notes_alone_and_together(tmp_path: Path) -> None:
    def having(wanted: str) -> set[str]:
        return {name for name, one in LIBRARY.items() if any(turn.rupture == wanted for turn in one.turns.values())}

    assert listed("--type", "mixed", data=tmp_path) == having("mixed")
    foils = listed("--type", "none", data=tmp_path)
    assert set(FOILS) <= foils
    assert not {"its-fine", "the-clock", "yes-or-no"} & foils
    assert listed("--skill", SKILLS[0], data=tmp_path) == set(LIBRARY), "each of the four is rated everywhere"
    easy = {name for name, one in LIBRARY.items() if one.difficulty <= 2}
    assert listed("--difficulty", "1-2", data=tmp_path) == easy
    topic = LIBRARY["its-fine"].content_notes[0].topic
    assert topic == "grief"
    with_topic = noted("grief", "bereavement", "death of a brother", "death of a parent", "death of animals")
    assert listed("--note", topic.upper(), data=tmp_path) == with_topic
    assert listed("--without", topic, data=tmp_path) == set(LIBRARY) - with_topic
    assert listed("--difficulty", "1-2", "--note", topic, data=tmp_path) == easy & with_topic


def noted(*topics: str) -> set[str]:
    """The scenarios with one of these content notes."""
    return {name for name, one in LIBRARY.items() if any(note.topic in topics for note in one.content_notes)}


def test_a_note_means_those_that_have_its_words_in_them_and_says_which(tmp_path: Path) -> None:
    spared = set(LIBRARY) - noted("hospital", "a parent in hospital", "child in hospital")
    assert listed("--without", "hospital", data=tmp_path) == spared
    assert listed("--without", "death of a brother", data=tmp_path) == set(LIBRARY) - noted("death of a brother")
    assert listed("--without", "bereavement", data=tmp_path) == listed("--without", "grief", data=tmp_path)
    told = command("list", "--without", "Hospital", data=tmp_path, environment={"COLUMNS": "200"}).out
    assert "Without 'Hospital': a parent in hospital, child in hospital, hospital." in told
    exact = command("list", "--without", "death of a brother", data=tmp_path).out
    assert "Without '" not in exact


def test_a_note_that_no_scenario_has_and_near_none_is_answered_with_all_there_are(tmp_path: Path) -> None:
    done = command("list", "--without", "zzz", data=tmp_path)
    assert done.code == 2
    assert all(note.topic in done.errors for one in LIBRARY.values() for note in one.content_notes)


def test_what_was_begun_is_not_untried(tmp_path: Path) -> None:
    command("play", "its-fine", data=tmp_path, typed="")
    assert listed("--untried", data=tmp_path) == set(LIBRARY) - {"its-fine"}


@pytest.mark.parametrize(
    ("option", "word", "hint"),
    [
        ("--marker", "wd-denyal", "wd-denial"),
        ("--type", "withdrawl", "withdrawal"),
        ("--skill", "recogniton", "recognition"),
        ("--difficulty", "4-2", "1 to 5"),
        ("--difficulty", "x", "1 to 5"),
        ("--without", "greif", "'grief'"),
        ("--without", "", "grief"),
        ("--note", "bereavment", "'bereavement'"),
    ],
)
def test_a_filter_that_makes_no_sense_is_explained(tmp_path: Path, option: str, word: str, hint: str) -> None:
    done = command("list", option, word, data=tmp_path)
    assert done.code == 2
    assert option in done.errors
    assert hint in done.errors


def doctor(data: Path, *options: str | Path) -> tuple[int, dict[str, dict[str, object]], list[dict[str, object]]]:
    done = command("doctor", "--format", "json", *options, data=data)
    found = json.loads(done.out)
    assert found["format"] == "alliance-trainer/doctor"
    return done.code, found, found["troubles"]


def test_the_doctor_finds_a_sound_house_sound(tmp_path: Path) -> None:
    code, found, troubles = doctor(tmp_path / "data")
    assert (code, troubles) == (0, [])
    assert found["program"]["python"] == sys.version.split()[0]
    assert found["records"] | {"folder": ""} == {
        "folder": "",
        "there": False,
        "writable": True,
        "attempts": 0,
        "finished": 0,
        "unfinished": 0,
        "torn": 0,
        "damaged": 0,
    }
    assert not (tmp_path / "data").exists(), "looking leaves nothing behind"
    assert list(found["library"].values()) == [{"scenarios": len(LIBRARY), "broken": []}]
    text = command("doctor", data=tmp_path / "data").out
    assert text.endswith("Nothing is in the way.\n")


def test_the_doctor_names_damage_broken_scenarios_and_missing_folders(tmp_path: Path) -> None:
    data, shelf = tmp_path / "data", tmp_path / "shelf"
    command("play", "its-fine", data=data, typed="")
    journal = next((data / "attempts").glob("*.jsonl"))
    journal.write_bytes(journal.read_bytes().replace(b'"mode":"practice"', b'"mode":"assess"'))
    shelf.mkdir()
    (shelf / "broken.yaml").write_text("format: 1\nid: broken\n", encoding="utf-8")
    code, found, troubles = doctor(data, "--library", shelf, "--library", tmp_path / "none")
    assert code == 4, "damaged data is the gravest"
    assert {trouble["code"] for trouble in troubles} == {1, 2, 4}
    assert found["library"][str(shelf)] == {"scenarios": 1, "broken": ["broken.yaml"]}
    assert found["library"][str(tmp_path / "none")] is None
    assert all(trouble["do"] for trouble in troubles)
    text = command("doctor", "--library", shelf, data=data).out
    assert "broken.yaml" in text
    assert "alliance-trainer data check" in text


def test_the_doctor_says_where_nothing_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch(mode=0o755)
    code, found, troubles = doctor(file / "data")
    assert code == 5
    assert found["records"]["writable"] is False
    assert "--data-dir" in str(troubles[0]["do"])


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="needs an ordinary user: a closed folder was NOT tested"
)
def test_the_doctor_says_that_a_closed_folder_cannot_be_written(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert doctor(closed / "data")[0] == 5


def test_a_format_that_the_doctor_does_not_know(tmp_path: Path) -> None:
    assert command("doctor", "--format", "xml", data=tmp_path).code == 2
