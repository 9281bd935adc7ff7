"""Comments that silence warnings: where they hold, what they cannot do, and when one is reported itself."""

import pytest
import yaml
from fragments import MINIMAL, merged, reported
from hypothesis import given
from hypothesis import strategies as st

from alliance_trainer.analysis.proofs import prove
from alliance_trainer.lint import runner
from alliance_trainer.scenario_files import events, silencing
from alliance_trainer.scenario_files.diagnostics import Diagnostic
from alliance_trainer.scenario_files.silencing import Register, silenced
from alliance_trainer.scenario_files.source import make_source

TODO = MINIMAL.replace("It is her third session.", "TODO")
BOTH = TODO.replace("Meets both halves.", "TODO")
WHOLE_FILE = "# ignore AT086: all still to be written\n"
REGISTER = Register(known={"AT078": "warning", "AT086": "warning", "AT070": "error", "AT063": "warning"})


def codes(text: str) -> list[tuple[str, int]]:
    return [(one.code, one.line) for one in reported(text)]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def edited(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_without_a_comment_the_warnings_are_there() -> None:
    assert codes(TODO) == [("AT086", 8)]
    assert codes(BOTH) == [("AT086", 8), ("AT086", 16)]


@pytest.mark.parametrize(
    "new",
    [
        "briefing: TODO   # ignore AT086: still to be written",
        "briefing: TODO # ignore AT086",
        "briefing: TODO #ignore AT086:late",
        "briefing: TODO # ignore at086 for now",
        "briefing: TODO # Ignore AT086: still to be written",
        "briefing: TODO #IGNORE AT086",
        "briefing: TODO # ignore: AT086",
        "# ignore AT086: still to be written\nbriefing: TODO",
        "   # ignore AT086\nbriefing: TODO",
        "briefing: 'TODO'   # Kim writes it  # ignore AT086: by May",
        "# Kim writes it  # ignore AT086: by May\nbriefing: TODO",
        "briefing: |   # ignore AT086: still to be written\n  TODO",
        "briefing: >-  # ignore AT086\n  TODO",
        "# ignore AT086\nbriefing: |\n  TODO",
        "briefing: 'TODO' # ignore AT086",
        'briefing: "TODO\\\n  # ignore AT078" # one line up\n',
    ],
)
def test_at_the_end_of_the_line_or_alone_right_above_it(new: str) -> None:
    found = codes(edited(TODO, "briefing: TODO", new))
    assert found == ([] if "AT078" not in new else [("AT086", 8)])


@pytest.mark.parametrize(
    "new",
    [
        "# ignore AT086\n\nbriefing: TODO",
        "# ignore AT086\n# Kim writes it\nbriefing: TODO",
        "briefing: TODO\n# ignore AT086\n",
        "briefing: |\n  TODO\n# ignore AT086\n",
        "briefing: TODO\n  and more # ignore AT086",
    ],
)
def test_anywhere_else_the_warning_stays_and_the_comment_is_reported(new: str) -> None:
    text = edited(TODO, "briefing: TODO", new)
    expected = [("AT086", line_of(text, "briefing:")), ("AT063", line_of(text, "# ignore"))]
    assert sorted(codes(text)) == sorted(expected)


def test_each_line_has_its_own_comment() -> None:
    text = edited(BOTH, "briefing: TODO", "briefing: TODO # ignore AT086")
    assert codes(text) == [("AT086", 16)]


@pytest.mark.parametrize(
    "head",
    [WHOLE_FILE, "# A scenario of mine.\n\n" + WHOLE_FILE + "\n", "---\n  " + WHOLE_FILE, "# mine " + WHOLE_FILE],
)
def test_alone_above_the_first_key_it_holds_for_the_whole_file(head: str) -> None:
    assert codes(head + BOTH) == []


def test_behind_the_sign_that_begins_the_file_it_holds_for_that_line_alone() -> None:
    assert [code for code, _ in codes("--- # ignore AT086\n" + TODO)] == ["AT063", "AT086"]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = WHOLE_FILE + edited(BOTH, "title: A late arrival", "title: TODO")
    assert codes("\ufeff" + text.replace("\n", "\r\n")) == []


def test_several_codes_and_several_comments_above_one_line() -> None:
    cut = "briefing: TODO # no comment"
    assert [code for code, _ in codes(edited(TODO, "briefing: TODO", cut))] == ["AT086", "AT039"]
    for above in ("# ignore AT086, AT039: x", "# ignore AT039,AT086", "# ignore AT086: x\n# ignore AT039: y"):
        assert codes(edited(TODO, "briefing: TODO", f"{above}\n{cut}")) == []


@pytest.mark.parametrize(
    "text",
    [
        edited(TODO, "I nearly did not come today.", '"I nearly # ignore AT086: did not"'),
        edited(TODO, "I nearly did not come today.", "'# ignore AT086'"),
        edited(TODO, "I nearly did not come today.", "|\n      I nearly\n      # ignore AT086\n      did not"),
        edited(TODO, "I nearly did not come today.", "'I nearly\n      # ignore AT086\n      did not'"),
        edited(TODO, "I nearly did not come today.", ">\n      I nearly # ignore AT999\n"),
        edited(TODO, "I nearly did not come today.", "I nearly#ignore AT999"),
    ],
)
def test_inside_a_text_it_is_part_of_the_text(text: str) -> None:
    assert codes(text) == [("AT086", 8)]


@pytest.mark.parametrize("comment", ["# ignore this for now", "# ignored AT086", "# ignore", "# please ignore AT086"])
def test_other_comments_are_left_alone(comment: str) -> None:
    assert codes(edited(TODO, "briefing: TODO", f"{comment}\nbriefing: TODO")) == [("AT086", line_of(TODO, "TODO") + 1)]


def complaints(text: str) -> list[Diagnostic]:
    return [one for one in reported(text) if one.code == "AT063"]


def test_a_comment_that_silences_nothing_is_shown_at_its_code() -> None:
    text = edited(MINIMAL, "title: A late arrival", "title: A late arrival   # ignore AT086, AT078: x")
    first, second = complaints(text)
    assert (first.severity, first.line, first.path) == ("warning", 3, "")
    assert first.source_line[first.column - 1 : first.end_column - 1] == "AT086"
    assert second.source_line[second.column - 1 : second.end_column - 1] == "AT078"
    assert "no warning AT086 on line 3" in first.message
    (whole,) = complaints("# ignore AT078\n" + MINIMAL)
    assert "no warning AT078 in this file" in whole.message


@pytest.mark.parametrize(
    ("code", "message", "hint"),
    [
        ("AT999", "There is no code AT999.", "explain all"),
        ("AT86", "There is no code AT86.", "AT086?"),
        ("ATO86", "There is no code ATO86.", "AT086?"),
        ("XY1", "There is no code XY1.", "explain all"),
        ("AT070", "AT070 is an error", "mend"),
        ("AT063", "cannot be silenced", "Delete"),
    ],
)
def test_a_code_that_no_comment_could_silence(code: str, message: str, hint: str) -> None:
    (one,) = complaints(edited(MINIMAL, "id: minimal", f"id: minimal # ignore {code}"))
    assert message in one.message
    assert hint in one.hint
    assert one.source_line[one.column - 1 : one.end_column - 1] == code


def test_an_error_stays_whatever_the_comment_says() -> None:
    text = edited(MINIMAL, "to: done", "to: doen # ignore AT070")
    assert sorted(code for code, _ in codes(text)) == ["AT063", "AT070"]
    assert ("AT070", 18) in codes("# ignore AT070\n" + edited(MINIMAL, "to: done", "to: doen"))


def test_of_what_only_another_run_finds_nothing_is_said() -> None:
    for code in ("AT110", "AT129"):
        assert codes(edited(MINIMAL, "id: minimal", f"id: minimal # ignore {code}: chance")) == []
    assert [code for code, _ in codes(edited(MINIMAL, "id: minimal", "id: minimal # ignore AT130"))] == ["AT063"]


def test_where_not_all_ways_were_looked_at_nothing_is_called_unused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "prove", lambda scenario: prove(scenario, budget=100))
    (page,) = [page for page in runner.pages() if page.code == "AT094"]
    text = merged(page.bad)
    assert [code for code, _ in codes(edited(text, "id: minimal", "id: minimal # ignore AT090, AT070"))] == [
        "AT063",
        "AT094",
    ]
    assert codes("# ignore AT094, AT090\n" + text) == []


def test_while_there_are_errors_nothing_is_called_unused() -> None:
    text = edited(MINIMAL, "title: A late arrival", "title: A late arrival # ignore AT086")
    assert [code for code, _ in codes(text)] == ["AT063"]
    assert [code for code, _ in codes(edited(text, "to: done", "to: doen"))] == ["AT070"]
    assert [code for code, _ in codes(edited(text, "summary:", "sumary:"))] == ["AT040"]


@pytest.mark.parametrize("tail", ["notes: [never closed\n", f"notes: {'[' * 30}\n# ignore AT999\n"])
def test_where_the_file_cannot_be_read_to_its_end_only_that_is_said(tail: str) -> None:
    found = codes(edited(MINIMAL, "id: minimal", "id: minimal # ignore AT086") + tail)
    assert found
    assert "AT063" not in {code for code, _ in found}


@pytest.mark.parametrize("text", ["a: 'b\n# ignore AT999\n", 'a: "b # ignore AT999\n', "a: [b\n---\n# ignore AT999\n"])
def test_behind_the_place_where_reading_stops_there_are_no_comments(text: str) -> None:
    assert silenced((), make_source("x", text), REGISTER) == ()


def test_the_first_fifty_are_counted_after_the_silenced_are_gone() -> None:
    variables = "".join(f"  v{number}: {{max: 3}}{' # ignore AT078' * (number < 60)}\n" for number in range(70))
    found = reported(f"{MINIMAL}variables:\n{variables}")
    assert [one.code for one in found] == ["AT078"] * 10
    assert "only the first" not in found[-1].hint


def test_many_useless_comments_end_at_fifty() -> None:
    found = reported(MINIMAL + "# ignore AT999\n" * 3_000)
    assert len(found) == 50
    assert "only the first 50" in found[-1].hint


def test_both_parsers_see_the_same_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    text = WHOLE_FILE + edited(BOTH, "title: A late arrival", "title: |  # ignore AT078\n  A\n\n # ignore AT070\n")
    fast = reported(text)
    monkeypatch.setattr(silencing, "read_events", lambda text: events.read_events(text, yaml.SafeLoader))
    assert reported(text) == fast
    assert [(one.code, one.line) for one in fast] == [("AT063", 4), ("AT063", 7)]


def test_only_warnings_of_the_code_on_the_line_go() -> None:
    def at(code: str, line: int, severity: str = "warning") -> Diagnostic:
        place = {"line": line, "column": 1, "end_line": line, "end_column": 2}
        more = {"message": "m", "hint": "", "file": "x", "path": "", "source_line": ""}
        return Diagnostic(code=code, severity=severity, **place, **more)  # type: ignore[arg-type]

    source = make_source("x", "a: b # ignore AT086\nc: d\n")
    found = [at("AT086", 1), at("AT078", 1), at("AT086", 2), at("AT086", 1, "error")]
    assert silenced(found, source, REGISTER) == tuple(found[1:])
    assert silenced((), make_source("x", ""), REGISTER) == ()


@given(st.text(alphabet="ab:# -|>'\"[]{},\n\\ATignore086", max_size=80))
def test_any_text_ends_in_diagnostics_with_places(text: str) -> None:
    for body in (f"# ignore AT078\n{text}", f"a: {text} # ignore AT086", f"{text}\n# ignore AT999\n"):
        source = make_source("x", body)
        for one in silenced((), source, REGISTER):
            assert one.code == "AT063"
            assert one.source_line[one.column - 1 : one.end_column - 1].startswith(("AT", "at"))
