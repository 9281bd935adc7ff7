"""Hostile text from every side: scenario files, file names, answers, notes, arguments. Nothing reaches the screen alive.

First through the program, where the loader refuses such files; then past the loader, through every screen and report.
"""

import io
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import command

from alliance_trainer.core import course as courses
from alliance_trainer.core.automaton import compile_scenario
from alliance_trainer.core.course import Course
from alliance_trainer.core.debrief import debrief
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.own_words import OwnWords
from alliance_trainer.core.scoring import score_course
from alliance_trainer.core.second_tries import SecondTry, way
from alliance_trainer.reports.sheet import sheet
from alliance_trainer.reports.sheet_markdown import sheet_markdown
from alliance_trainer.reports.transcript import transcript
from alliance_trainer.terminal import debrief_screens, practice_scenes, scenes
from alliance_trainer.terminal.debrief_screens import Facts
from alliance_trainer.terminal.door import Door, Look
from alliance_trainer.terminal.session import Rules

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
ACTING = {
    "colour": "\x1b[31mred",
    "title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;http://evil\x1b\\here\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "C1": "\x9b31m",
    "over-strike": "safe\rfake",
    "bidi": "\u202eback",
    "isolate": "\u2066x\u2069",
    "hidden": "a\u200bb\ufeff",
    "tags": "a\U000e0041\U000e0042",
}
"""Texts that a terminal would act on, or that hide what they say."""

MEANING = {
    "rich close": "[/]",
    "rich link": "[link=http://evil]x[/link]",
    "rich style": "[bold red]loud[/bold red]",
    "emoji name": ":smile:",
    "Markdown link": "[x](http://evil)",
    "Markdown image": "![x](http://evil)",
    "HTML": "<script>alert(1)</script>",
    "heading": "# big",
    "backslash": "\\[x]",
}
"""Texts that mean something only in a markup: they are shown as they are."""

LIVE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
STYLES = re.compile(r"\x1b\[[0-9;]*m")
TEXTS = ("title", "summary", "briefing", "name", "background", "says", "shows", "why", "inside", "debrief", "topic")


def loaded() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    return found


def spoilt(value: Any, payload: str, key: str = "") -> Any:
    """A scenario's data with the payload in every text that people read."""
    match value:
        case dict():
            return {name: spoilt(inner, payload, name) for name, inner in value.items()}
        case list():
            return [spoilt(inner, payload, key) for inner in value]
        case str() if key in (*TEXTS, "patient", "reply", "objectives", "authors"):
            return f"{value} {payload}"
        case _:
            return value


def hostile(payload: str) -> Scenario:
    return Scenario.model_validate(spoilt(loaded(), payload))


def played(scenario: Scenario) -> Course:
    course = courses.begin(scenario)
    for response, notice in (("explain", "none"), ("wonder", "withdrawal"), ("stay", "mixed"), ("ask", "none")):
        course = courses.answer(course, response, notice)  # type: ignore[arg-type]  # a literal of the four
    return course


def second_try(course: Course, payload: str) -> SecondTry:
    first = course.exchanges[0]
    one = way(course, course.way, first.level_before, f"own {payload}")
    return SecondTry(
        branch="x", number=1, turn_id="form", patient=first.last_words, first=one, again=one, finished=True
    )


def all_screens(scenario: Scenario, payload: str, *, plain: bool) -> str:
    out = io.StringIO()
    look = Look(plain=plain, reason="", colour=True, interactive=True)
    door = Door(look=look, out=out, errors=out, columns=lambda: 100)
    start, course = courses.begin(scenario), played(scenario)
    words = [OwnWords(said=f"own {payload}", reason=f"why {payload}")]
    told = debrief(course, score_course(compile_scenario(scenario), course), words)
    tries = (second_try(course, payload),)
    facts = Facts(title=scenario.title, mode="practice", attempt="x", receipt=None, place=payload, tries=tries)
    last = course.exchanges[0]
    turn = scenario.turns["form"]
    for block in (
        scenes.first_words(payload),
        scenes.intro(scenario, Rules(mode="practice", notice="before", seed="1"), 2, details=True),
        scenes.patient_turn(start, turn.patient, 2),
        scenes.notice_question(start, 2, undo=True),
        scenes.response_question(start, tuple(turn.responses), 2, undo=True),
        scenes.comment(course, last, tuple(last.offered), words[0]),
        scenes.ending(course),
        practice_scenes.words_question(start, "turn 1", undo=True, warn=True),
        scenes.looked_back(course),
        scenes.welcome_back(course, 2),
        *debrief_screens.screens(told, facts, 100),
    ):
        door.show(block)
    door.complain(payload, payload)
    door.prompt(payload)
    return out.getvalue()


@pytest.mark.parametrize("plain", [False, True], ids=["pretty", "plain"])
@pytest.mark.parametrize("kind", ACTING)
def test_past_the_loader_nothing_acts_on_any_screen(kind: str, plain: bool) -> None:
    text = all_screens(hostile(ACTING[kind]), ACTING[kind], plain=plain)
    assert not LIVE.search(text if plain else STYLES.sub("", text))
    assert "\ufffd" in text, "what was taken out is marked"


@pytest.mark.parametrize("plain", [False, True], ids=["pretty", "plain"])
@pytest.mark.parametrize("kind", MEANING)
def test_markup_is_shown_as_the_text_it_is(kind: str, plain: bool) -> None:
    text = " ".join(STYLES.sub("", all_screens(hostile(MEANING[kind]), MEANING[kind], plain=plain)).split())
    assert text.count(" ".join(MEANING[kind].split())) > 20


@pytest.mark.parametrize("kind", [*ACTING, *MEANING])
def test_transcripts_and_debriefs_as_files_hold_no_live_text(kind: str) -> None:
    payload = (ACTING | MEANING)[kind]
    scenario = hostile(payload)
    course = played(scenario)
    told = debrief(course, score_course(compile_scenario(scenario), course))
    notes = [("form", payload)]
    plain = transcript(course, notes, "txt")
    assert not LIVE.search(plain)
    words = [OwnWords(said=f"own {payload}", reason=f"why {payload}")]
    told = debrief(course, score_course(compile_scenario(scenario), course), words)
    page_of_sheet = sheet_markdown(sheet(scenario.title, payload, told, (second_try(course, payload),), payload))
    for page in (transcript(course, notes, "md", words), page_of_sheet):
        assert not LIVE.search(page)
        bare = re.sub(r"\\.", "", page)
        assert not re.search(r"[<>`\[\]]|!\[|\]\(", bare), "every sign that means something is escaped"


@pytest.mark.parametrize("kind", ACTING)
def test_the_loader_refuses_what_acts_and_no_command_shows_it_alive(tmp_path: Path, kind: str) -> None:
    text = yaml.safe_dump(spoilt(loaded(), ACTING[kind]) | {"format": 1}, allow_unicode=True)
    library = tmp_path / "library"
    library.mkdir()
    (library / "example-scenario.yaml").write_text(text, encoding="utf-8")
    for arguments, code in ((("check", library), 1), (("list",), 0), (("play", "example-scenario"), 2)):
        done = command(*arguments, "--library", library, data=tmp_path / "data")
        assert done.code == code, done.errors
        assert not LIVE.search(done.out + done.errors)
        assert "Traceback" not in done.errors
    assert not (tmp_path / "data").exists()


def test_hostile_names_of_files_and_folders_are_shown_cleaned(tmp_path: Path) -> None:
    folder = tmp_path / "lib\x1b]0;owned\x07"
    try:
        folder.mkdir()
        (folder / "x\x1b[31m.yaml").write_text("format: 1\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names: hostile names were NOT tested")
    data = tmp_path / "da\x1b[31mta"
    for arguments in (
        ("check", folder),
        ("list", "--library", folder),
        ("play", folder / "x\x1b[31m.yaml"),
        ("play", folder / "nowhere.yaml"),
        ("play", "its-fine", "--script", folder / "none"),
        ("play", "its-fine", "--data-dir", data),
        ("resume", "--data-dir", data),
        ("explain", "\x1b[31m"),
        ("debrief", "\x1b]0;x\x07"),
        ("play", "its-fine", "--mode", "\x1b[31m"),
    ):
        done = command(*arguments, data=tmp_path / "data", environment={"COLUMNS": "200"})
        assert not LIVE.search(done.out + done.errors), arguments
        assert "Traceback" not in done.errors


def test_what_a_script_types_is_shown_cleaned_and_kept_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "example-scenario.yaml"
    path.write_bytes(EXAMPLE.read_bytes())
    data = tmp_path / "data"
    typed = "n\nlook \x1b]52;c;ZXZpbA==\x07 \u202eback [/] :smile:\n\x1b[31m\n"
    done = command("play", path, "--seed", "1", data=data, typed=typed)
    assert done.code == 2, "the last line fits nothing"
    assert not LIVE.search(done.out + done.errors)
    for form in ("txt", "md"):
        shown = command("transcript", "--format", form, data=data)
        assert shown.code == 0, shown.errors
        assert not LIVE.search(shown.out)
        assert "look" in shown.out
