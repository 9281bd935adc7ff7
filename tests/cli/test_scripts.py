"""Piped and scripted play: one answer a line, and the same play every time."""

import json
import re
from pathlib import Path

import pytest
from command import Done, command

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
WAY = "confrontation\nown-it\nmixed\nstay\n"
"""The good way through the example: own the act, stay with the hurt."""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
    return folder


def play(library: Path, data: Path, typed: str, *more: str) -> Done:
    return command(
        "play",
        "example-scenario",
        "--library",
        library,
        "--seed",
        "1",
        "--trainee",
        "wren-1",
        *more,
        data=data,
        typed=typed,
    )


def events(data: Path) -> list[dict[str, object]]:
    (journal,) = (data / "attempts").glob("*.jsonl")
    return [json.loads(line) for line in journal.read_text().splitlines()]


def test_ids_and_probe_words_play_to_the_end_and_show_the_debrief(library: Path, tmp_path: Path) -> None:
    done = play(library, tmp_path / "data", WAY)
    assert done.code == 0, done.errors
    assert done.errors == ""
    assert "Heard (repaired)." in done.out
    assert "Debrief 3/3" in done.out
    assert "\x1b" not in done.out
    assert "\r" not in done.out
    assert all(line == line.rstrip() for line in done.out.splitlines())


def test_numbers_letters_comments_and_blank_lines(library: Path, tmp_path: Path) -> None:
    typed = "# a comment\n\n?\n3\nb\nn\nlook again\nOWN-IT\nu\n3\n  own-it  \n4\nstay\n"
    done = play(library, tmp_path / "data", typed)
    assert done.code == 0, done.errors
    kinds = [event["kind"] for event in events(tmp_path / "data")]
    assert kinds.count("retract") == 1
    assert kinds.count("note") == 1
    assert kinds[-1] == "end"
    assert "Looking back" in done.out


def test_running_out_of_answers_saves_and_says_how_to_go_on(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = play(library, data, "confrontation\nown-it\n")
    assert done.code == 0
    (resume,) = re.findall(r"alliance-trainer resume ([a-z2-7]{8})", " ".join(done.out.split()))
    back = command("resume", resume, "--library", library, data=data, typed="mixed\nstay\n")
    assert back.code == 0, back.errors
    assert "Welcome back" in back.out
    assert "Debrief 3/3" in back.out
    again = command("resume", resume, data=data)
    assert again.code == 2
    assert "finished" in again.errors


def test_a_script_file_is_read_and_a_missing_one_named(library: Path, tmp_path: Path) -> None:
    script = tmp_path / "way.txt"
    script.write_text(WAY)
    done = play(library, tmp_path / "data", "", "--script", str(script))
    assert done.code == 0
    assert "Debrief 3/3" in done.out
    missing = play(library, tmp_path / "other", "", "--script", str(tmp_path / "nowhere.txt"))
    assert missing.code == 2
    assert "nowhere.txt" in missing.errors
    assert not (tmp_path / "other" / "attempts").exists()


def test_an_unknown_response_ends_with_2_and_says_what_is_safe(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = play(library, data, "confrontation\nown-it\nmixed\nno-such-response\n")
    assert done.code == 2
    assert "no-such-response" in done.errors
    assert "saved" in done.errors
    assert "resume" in done.errors
    assert len([event for event in events(data) if event["kind"] == "choice"]) == 1
    back = command("resume", "--library", library, data=data, typed="stay\n")
    assert back.code == 0
    assert "Debrief 3/3" in back.out


def test_the_same_seed_and_script_give_the_same_journal_but_for_ids_times_and_sums(
    library: Path, tmp_path: Path
) -> None:
    def told(data: Path) -> list[dict[str, object]]:
        assert play(library, data, WAY).code == 0
        changing = ("attempt", "started", "ms", "sum", "prev", "head", "at")
        return [{name: value for name, value in event.items() if name not in changing} for event in events(data)]

    assert told(tmp_path / "one") == told(tmp_path / "two")


def test_the_order_on_the_screen_is_the_order_in_the_journal(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = play(library, data, WAY)
    shown = [event for event in events(data) if event["kind"] == "shown"]
    orders = re.findall(r"Question: What do you say\?.*?(?=\n> )", done.out, re.S)
    assert len(shown) == len(orders) == 2
    first = " ".join(orders[0].split())
    texts = {"own-it": "You are right", "sorry": "Sorry! Sorry.", "explain": "The form shows"}
    order = shown[0]["order"]
    assert isinstance(order, list)
    places = [first.index(texts[name]) for name in order]
    assert places == sorted(places)


def test_without_a_comment_in_assessment(library: Path, tmp_path: Path) -> None:
    done = play(library, tmp_path / "data", WAY, "--mode", "assess")
    assert done.code == 0, done.errors
    assert "Stronger" not in done.out[: done.out.index("Debrief 1/3")]
    assert "She puts the sheet down" in done.out
    refused = play(library, tmp_path / "other", "confrontation\nown-it\nu\n", "--mode", "assess")
    assert refused.code == 2


@pytest.mark.parametrize(
    ("when", "typed"), [("after", "own-it\nconfrontation\nstay\nmixed\n"), ("off", "own-it\nstay\n")]
)
def test_the_probe_can_come_afterwards_or_not_at_all(library: Path, tmp_path: Path, when: str, typed: str) -> None:
    data = tmp_path / "data"
    done = play(library, data, typed, "--notice", when)
    assert done.code == 0, done.errors
    answer = json.loads(command("debrief", "--format", "json", data=data).out)
    assert answer["noticed"]["n_ruptures"] == (2 if when == "after" else 0)
    assert answer["ending"] == "mended"


def test_trying_a_turn_records_nothing(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = play(library, data, "mixed\nstay\nnone\nask\n", "--from", "hurt")
    assert done.code == 0, done.errors
    assert "nothing is recorded" in done.out
    assert not data.exists()
    unknown = play(library, data, "", "--from", "nowhere")
    assert unknown.code == 2
    assert "nowhere" in unknown.errors


def test_transcript_and_debrief_in_every_form(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert play(library, data, "confrontation\nexplain\nu\nconfrontation\nown-it\nmixed\nstay\n").code == 0
    text = command("transcript", data=data).out
    assert "taken back" in text
    assert 'You: "You are right' in text
    out = tmp_path / "kept.md"
    assert command("transcript", "--format", "md", "--out", out, data=data).code == 0
    assert out.read_text().startswith("# The wrong form")
    again = command("transcript", "--format", "md", "--out", out, data=data)
    assert again.code == 5
    assert "left as it is" in again.errors
    markdown = command("debrief", "--format", "md", data=data).out
    assert markdown.startswith("# For supervision: The wrong form")
    assert "### Turn 1" in markdown
    answer = json.loads(command("debrief", "--format", "json", data=data).out)
    assert answer["format"] == "alliance-trainer/debrief"
    assert command("debrief", "--format", "pdf", data=data).code == 2


def test_global_options_may_stand_before_or_after(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "elsewhere"
    before = command("--data-dir", data, "--library", library, "list", data=tmp_path / "data").out
    after = command("list", "--library", library, f"--data-dir={data}", data=tmp_path / "data").out
    assert before == after
    assert "example-scenario" in before


def test_the_way_to_go_on_names_the_folder_where_a_bare_command_would_look_elsewhere(
    library: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    done = play(library, tmp_path / "data", "confrontation\n", "--data-dir", str(elsewhere))
    said = "".join(done.out.split())  # a long path is folded
    assert re.search(rf"alliance-trainerresume[a-z2-7]{{8}}--data-dir{re.escape(str(elsewhere))}", said)
    plain = play(library, tmp_path / "data", "confrontation\n")
    assert "--data-dir" not in plain.out
