"""The documents say what is true: tables drawn from the code, commands that exist, examples that check clean."""

import os
import re
from pathlib import Path
from typing import Any

import codes_page
import pytest
from command import command
from format_page import tables, words
from typer.main import get_command

from alliance_trainer.cli.app import app
from alliance_trainer.cli.checking import pages
from alliance_trainer.core.manual import Page
from alliance_trainer.lint.runner import run
from alliance_trainer.scenario_files.loader import load

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
HEADING = "## Every key\n"
ADDED = {"--help", "--version", "--show-completion"}
"""Options that every program has, and that no document needs to name."""


def test_the_format_page_has_every_key_of_the_format() -> None:
    page = ROOT / "docs" / "format.md"
    text = page.read_text(encoding="utf-8")
    wanted = text[: text.index(HEADING)] + f"{HEADING}\n{tables()}\n## Every word\n\n{words()}"
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(wanted, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == wanted


def test_the_page_of_codes_has_every_code_with_its_manual_page() -> None:
    page = ROOT / "docs" / "codes.md"
    wanted = codes_page.page(list(pages().values()))
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(wanted, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == wanted


def test_the_page_of_codes_shows_what_cannot_be_seen_and_keeps_signs_signs() -> None:
    text = "`to` means <b> | a_b, *x* and [y]; a tab\t, an escape\x1b, a lone ` and \u2028"
    odd = Page(code="AT014", severity="error", title=text, explanation=f"One.\n\n- {text}", bad=text, good="# Is well.")
    drawn = codes_page.page([odd])
    assert all(sign.isprintable() or sign == "\n" for sign in drawn)
    assert "`to` means \\<b\\> \\| a\\_b, \\*x\\* and \\[y\\]; a tab\\<U+0009\\>" in drawn
    assert "lone \\` and" in drawn
    assert "\n\\- `to` means" in drawn
    assert "a tab<U+0009>, an escape<U+001B>" in drawn
    headings = [line for line in drawn.splitlines() if line.startswith("#") and line != "# Is well."]
    assert headings == [
        "# Every code",
        "## The file",
        "### AT014",
        "## The format",
        "## The story",
        "## The case",
        "## The key",
    ]


def test_every_link_to_a_heading_finds_it() -> None:
    links = 0
    for page in PAGES:
        for target, heading in re.findall(r"\]\(([\w./-]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
            if "//" not in target:
                there = (page.parent / target if target else page).read_text(encoding="utf-8")
                titles = re.findall(r"^#+ (.+)$", there, re.M)
                names = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
                assert heading in names, f"{page.name} links to {target}#{heading}"
                links += 1
    assert links > len(pages()), "at least those of the page of codes"


def commands_named() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for name in re.findall(r"alliance-trainer ((?:[a-z]+ ?)+)", page.read_text(encoding="utf-8")):
            found.append((page.name, name.strip()))
    return found


def known_commands() -> set[str]:
    """Every command as it is typed, those of a group with the group's name before them."""
    names = set()
    for name, told in get_command(app).commands.items():  # type: ignore[attr-defined]  # it is a group
        inner = getattr(told, "commands", None)
        names |= {f"{name} {under}" for under in inner} if inner else {name}
    return names


def test_the_known_commands_have_their_groups_names_before_them() -> None:
    assert {"play", "check", "cohort score"} <= known_commands()
    assert not {"cohort", "score", "None check"} & known_commands()


def test_every_command_that_a_document_names_exists() -> None:
    known = known_commands()
    named = commands_named()
    assert len(named) > 10
    for page, name in named:
        parts = name.split()
        assert parts[0] in known or " ".join(parts[:2]) in known, f"{page}: alliance-trainer {name}"


def options() -> dict[str, set[str]]:
    """The ways to write each option of each command, and of all commands."""
    found: dict[str, set[str]] = {}

    def look_at(name: str, told: Any) -> None:
        for option in told.params:
            if option.param_type_name == "option" and not ADDED & set(option.opts):
                found[f"{name} {option.name}".strip()] = set(option.opts)
        for under, inner in getattr(told, "commands", {}).items():
            look_at(f"{name} {under}".strip(), inner)

    look_at("", get_command(app))
    return found


def test_every_option_is_named_by_a_document() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text))
    known = options()
    assert {"new folder", "cohort compare occasion", "library"} <= known.keys()
    assert [option for option, ways in known.items() if not ways & named] == []


def test_every_command_says_what_it_does_and_has_help(tmp_path: Path) -> None:
    for name in sorted(known_commands()):
        done = command(*name.split(), "--help", data=tmp_path, environment={"COLUMNS": "100"})
        assert done.code == 0, done.errors
        assert "Usage: alliance-trainer" in done.out


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_shipped_scenarios_check_clean(path: Path) -> None:
    loaded = load(path.read_bytes(), path.name, expected_id=path.stem)
    assert loaded.diagnostics == ()
    assert loaded.scenario is not None
    assert run(loaded.scenario) == ()


def test_the_attempt_in_the_scoring_page_is_read_and_its_words_are_ids_of_the_scenario() -> None:
    import msgspec

    from alliance_trainer.core.attempt import Attempt

    page = (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")
    (line,) = re.findall(r'```json\n(\{"v".*\})\n```', page)
    attempt = msgspec.json.decode(line, type=Attempt)
    scenario = load((ROOT / "scenarios" / "its-fine.yaml").read_bytes(), "its-fine.yaml").scenario
    assert scenario is not None
    for step in attempt.steps:
        assert step.turn is not None
        assert step.response in scenario.turns[step.turn].responses
