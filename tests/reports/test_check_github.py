"""`check` for GitHub Actions: one workflow command a diagnostic, which nothing in a file can break out of."""

import re

import pytest
from fragments import MINIMAL, reported
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from alliance_trainer.core.clean import clean
from alliance_trainer.reports.check_github import check_github
from alliance_trainer.scenario_files.diagnostics import Diagnostic

COMMAND = re.compile(r"::(error|warning) ([^:]*)::(.*)")
ONE = Diagnostic(
    code="AT070",
    severity="error",
    message="There is no turn 'gone'.",
    hint="Did you mean 'done'?",
    file="late.yaml",
    line=17,
    column=13,
    end_line=17,
    end_column=17,
    path="turns.opening.responses.wonder.to",
    source_line="        to: gone",
)


def unescaped(text: str) -> str:
    """As the runner reads it: the percent sign last."""
    for sign in "\r\n:,%":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    command = COMMAND.fullmatch(line)
    assert command is not None, line
    properties = dict(pair.split("=", 1) for pair in command[2].split(","))
    return command[1], {name: unescaped(value) for name, value in properties.items()}, unescaped(command[3])


def test_a_diagnostic_is_one_command_with_its_place_and_its_hint() -> None:
    assert check_github([ONE]) == (
        "::error file=late.yaml,line=17,col=13,endColumn=17,title=AT070::"
        "There is no turn 'gone'.%0ADid you mean 'done'?\n"
    )
    warning = replace(ONE, severity="warning", hint="")
    assert check_github([warning, ONE]).splitlines()[0].startswith("::warning file=late.yaml,")
    assert check_github([warning]).endswith("::There is no turn 'gone'.\n")
    assert check_github([]) == ""


def test_over_several_lines_the_end_line_takes_the_place_of_the_columns() -> None:
    _, properties, _ = parsed(check_github([replace(ONE, end_line=19, end_column=3)]).rstrip("\n"))
    assert properties == {"file": "late.yaml", "line": "17", "endLine": "19", "title": "AT070"}


@pytest.mark.parametrize("file", ["a,b=c.yaml", "C:\\x\\late.yaml", "100%.yaml", "%0A.yaml", "a::b.yaml", "a\nb.yaml"])
def test_a_file_may_have_any_name(file: str) -> None:
    (line,) = check_github([replace(ONE, file=file)]).splitlines()
    assert parsed(line)[1]["file"] == file


def test_a_message_cannot_begin_a_command_of_its_own() -> None:
    (line,) = check_github([replace(ONE, message="fine\r\n::set-output name=x::y\u2028z", hint="50%0A")]).splitlines()
    kind, _, text = parsed(line)
    assert (kind, text) == ("error", "fine\ufffd\n::set-output name=x::y\ufffdz\n50%0A")


@given(st.text(), st.text(), st.text(min_size=1))
def test_any_text_is_read_back_cleaned(message: str, hint: str, file: str) -> None:
    text = check_github([replace(ONE, message=message, hint=hint, file=file)])
    assert text.count("\n") == 1
    _, properties, words = parsed(text[:-1])
    assert properties["file"] == clean(file)
    assert words == clean("\n".join(part for part in (message, hint) if part))


def test_columns_count_characters() -> None:
    found = reported(MINIMAL.replace("name: Ines", "name: Ines\n  \u540d\u524d\U0001f600: Ines"))
    _, properties, _ = parsed(check_github(found).rstrip("\n"))
    assert (properties["line"], properties["col"], properties["endColumn"]) == ("7", "3", "6")
