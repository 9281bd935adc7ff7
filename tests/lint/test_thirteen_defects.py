"""The thirteen authoring defects, each seeded into every shipped scenario: found at the right line and column."""

from collections.abc import Callable

import pytest
from fragments import checked

from alliance_trainer.scenario_files.library import shipped
from alliance_trainer.scenario_files.loader import Loaded, load

SHIPPED = {path.stem: path.read_text(encoding="utf-8") for path in shipped()}

TURN = """\
  {name}:
    patient: And then I went home, and put the kettle on.
    stage: none
    markers: []
    responses:{responses}
"""
RESPONSE = """
      {name}:
        says: You put the kettle on, and {words}
        rates: {{recognition: {rating}}}
        why: Goes on with what is said.
        {more}to: {to}"""


def turn(name: str, to: str, *, more: str = "", mark: bool = False, stuck: bool = False) -> str:
    """A turn of two responses; `more` stands before `to` in each. A mark goes to its key, or to `responses`."""
    responses = RESPONSE.format(name="seeded-a", words="what then?", rating=1, more=more, to=to)
    responses += RESPONSE.format(name="seeded-b", words="there you were.", rating=-1, more=more, to=to)
    text = TURN.format(name=("«" if mark else "") + name, responses=responses)
    return text.replace("    responses:", "    «responses:") if stuck else text


class Places:
    """Where in a shipped scenario defects can be seeded; edits are kept as (line, column, end column, new text)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.loaded: Loaded = load(text.encode(), "seeded.yaml")
        assert self.loaded.scenario is not None
        scenario = self.loaded.scenario
        start = ("turns", scenario.start, "responses")
        self.responses = [(*start, name) for name in scenario.turns[scenario.start].responses]
        self.ending = next(iter(scenario.endings))
        self.edits: list[tuple[int, int, int, str]] = []

    def value(self, path: tuple[str, ...], new: str) -> "Places":
        """Exchange a value for a new one; it may go over several lines."""
        span, key = self.loaded.positions.value(path), self.loaded.positions.key(path)
        assert span is not None
        assert key is not None
        lines = self.text.split("\n")
        for number in range(key.line + 1, span.end_line + 1):  # a list below its key
            self.edits.append((number, 1, 0, "\0"))
        end = len(lines[key.line - 1]) + 1
        self.edits.append((key.line, key.end_column, end, f": {new}"))
        return self

    def below(self, path: tuple[str, ...], new: str) -> "Places":
        """Put lines under the line of a key."""
        key = self.loaded.positions.key(path)
        assert key is not None
        column = len(self.text.split("\n")[key.line - 1]) + 1
        self.edits.append((key.line, column, column, "\n" + new.rstrip("\n")))
        return self

    def at_top(self, new: str) -> "Places":
        self.edits.append((1, 1, 1, new))
        return self

    def done(self) -> tuple[str, int, int]:
        """The text with the defect, and the line and column of its mark."""
        lines = self.text.split("\n")
        for line, column, end, new in sorted(self.edits, reverse=True):
            if new == "\0":
                del lines[line - 1]
            else:
                old = lines[line - 1]
                lines[line - 1] = old[: column - 1] + new + old[end - 1 :]
        before, mark, after = "\n".join(lines).partition("«")
        assert mark
        return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


def with_variable(text: str, line: str) -> str:
    """The text with a variable declared, whether it has variables already or not."""
    if "\nvariables:\n" in text:
        return text.replace("\nvariables:\n", f"\nvariables:\n{line}", 1)
    return text.replace("\nstart:", f"\nvariables:\n{line}\nstart:", 1)


def first_text(places: Places) -> str:
    assert places.loaded.scenario is not None
    path = places.responses[0]
    return places.loaded.scenario.turns[path[1]].responses[path[3]].says.replace('"', "'")


Defect = Callable[[Places], Places]

DEFECTS: dict[str, tuple[str, Defect]] = {
    "missing target": ("AT070", lambda at: at.value((*at.responses[0], "to"), "«no-such-turn")),
    "turn without a way in": ("AT072", lambda at: at.below(("turns",), turn("seeded", at.ending, mark=True))),
    "turn behind an impossible condition": (
        "AT089",
        lambda at: at.below(("turns",), turn("seeded", at.ending)).value(
            (*at.responses[0], "to"), f"[{{when: «trust > 5, to: seeded}}, {at.ending}]"
        ),
    ),
    "turn without responses": (
        "AT057",
        lambda at: at.below(("turns",), "  seeded:\n    patient: And then?\n    «responses: {}\n").value(
            (*at.responses[0], "to"), "seeded"
        ),
    ),
    "turn where all responses can be unavailable": (
        "AT084",
        lambda at: (
            at.below(("turns",), turn("seeded", at.ending, more="when: seeds >= 1\n        ", stuck=True))
            .value((*at.responses[0], "to"), "seeded")
            .value((*at.responses[1], "to"), "seeded")
            .value((*at.responses[0], "effects"), "{seeds: +1}")
        ),
    ),
    "response never available": ("AT088", lambda at: at.below(at.responses[1], "        when: «tension > 5")),
    "unused variable": ("AT078", lambda at: at),
    "misspelt variable in a condition": ("AT076", lambda at: at.below(at.responses[1], "        when: «tention > 1")),
    "misspelt variable in an effect": ("AT077", lambda at: at.value((*at.responses[0], "effects"), "{«bnod: +1}")),
    "loop without exit": (
        "AT075",
        lambda at: at.below(("turns",), turn("seeded", "seeded", mark=True)).value((*at.responses[0], "to"), "seeded"),
    ),
    "duplicate id": (
        "AT031",
        lambda at: at.below(("turns",), turn("seeded", at.ending).replace("seeded-b:", "«seeded-a:")).value(
            (*at.responses[0], "to"), "seeded"
        ),
    ),
    "duplicate response text in a turn": (
        "AT080",
        lambda at: at.value((*at.responses[1], "says"), f'«"{first_text(at)}"'),
    ),
    "text where a number belongs": ("AT043", lambda at: at.value(("difficulty",), "«two")),
}


@pytest.mark.parametrize("scenario", SHIPPED)
@pytest.mark.parametrize("defect", DEFECTS)
def test_the_defect_is_found_where_it_is(scenario: str, defect: str) -> None:
    code, seed = DEFECTS[defect]
    text = SHIPPED[scenario]
    text = text[: text.index("\ntests:")] + "\n" if "\ntests:" in text else text  # they would fail as well
    if defect == "unused variable":
        text = with_variable(text, "  «seeds: {max: 3}\n")
        before, _, after = text.partition("«")
        text, line, column = before + after, before.count("\n") + 1, len(before) - before.rfind("\n")
    else:
        text = with_variable(text, "  seeds: {max: 3}\n") if "unavailable" in defect else text
        text, line, column = seed(Places(text)).done()
    found = [(item.code, item.line, item.column) for item in checked(text).diagnostics]
    assert (code, line, column) in found
    errors = {item.code for item in checked(text).diagnostics if item.severity == "error"}
    assert errors <= {code}  # nothing else is called an error because of it


@pytest.mark.parametrize("scenario", SHIPPED)
def test_the_shipped_scenarios_have_no_problem(scenario: str) -> None:
    assert [(item.code, item.line, item.message) for item in checked(SHIPPED[scenario], scenario).diagnostics] == []
