"""The texts of the library: nothing is said twice, and what is said to the trainee is about the line, not the person."""

import re
from collections.abc import Iterator

import pytest
from shipped import IDS, scenario, scenarios

from alliance_trainer.core.model import Scenario

EVERY = pytest.mark.parametrize("name", IDS)


def test_no_line_is_said_in_two_scenarios() -> None:
    found: dict[str, set[str]] = {}
    for one in scenarios():
        for sentence in set(_sentences(one)):
            found.setdefault(sentence, set()).add(one.id)
        for response in (response for turn in one.turns.values() for response in turn.responses.values()):
            found.setdefault(f"(a response) {_bare(response.says)}", set()).add(one.id)
    assert len(found) > 1000
    assert {sentence: sorted(ids) for sentence, ids in found.items() if len(ids) > 1} == {}


def _sentences(one: Scenario) -> Iterator[str]:
    """Every sentence of more than five words that anybody says."""
    responses = [response for turn in one.turns.values() for response in turn.responses.values()]
    places = [turn.patient for turn in one.turns.values()] + [ending.patient for ending in one.endings.values()]
    beats = [beat for place in places for beat in place] + [beat for of in responses for beat in of.reply]
    said = [response.says for response in responses] + [beat.says for beat in beats if beat.says]
    for text in said:
        for sentence in re.split(r"(?<=[.!?:])\s+", text):
            if len(_bare(sentence).split()) > 5:
                yield _bare(sentence)


def _bare(text: str) -> str:
    """The words alone: no capitals, no marks, no line ends."""
    return " ".join(re.findall(r"[\w']+", text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")))


_SENTENCE_END = re.compile(r"[.!?\N{HORIZONTAL ELLIPSIS}]+[\"')]*(?=\s|$)")
_IS = r"(?:are|were|seem|seemed|sound|sounded|look|looked|come across|came across)"
_PERSON = re.compile(
    rf"\byou (?:{_IS}|feel|felt|always|never|tend|lack|should|must|need to)\b(?! both\b)|\byou're\b|\byour\b|\btrainee",
    re.I,
)
"""The person who answers, spoken to or about. `between the two of you` and `both of you` are about the work."""
_JUDGED = re.compile(
    rf"\byou(?: {_IS}|'re) (?:too|so|not|very|being|a|an|no|defensive|cold|distant|hurt|afraid|anxious|angry|careless"
    r"|insensitive|unkind|impatient|weak|wrong)\b",
    re.I,
)


@EVERY
def test_why_speaks_of_the_line_and_never_of_the_person(name: str) -> None:
    for key, turn in scenario(name).turns.items():
        for response_id, response in turn.responses.items():
            where = f"{name}.{key}.{response_id}: {response.why}"
            assert 1 <= len(_SENTENCE_END.findall(response.why.strip())) <= 3, where
            assert not _PERSON.search(response.why), where


@EVERY
def test_a_debrief_teaches_and_does_not_judge(name: str) -> None:
    for key, ending in scenario(name).endings.items():
        where = f"{name}.{key}: {ending.debrief}"
        assert len(_SENTENCE_END.findall(ending.debrief.strip())) >= 2, where
        assert not _JUDGED.search(ending.debrief), where


@pytest.mark.parametrize(
    ("text", "of_the_person"),
    [
        ("You are defensive here.", True),
        ("You were right, and it did not help.", True),
        ("It shows that you feel accused.", True),
        ("Your hurry shows.", True),
        ("A hurried answer, and you tend to those.", True),
        ("The trainee hides.", True),
        ("Nothing between the two of you needs a word.", False),
        ("The part is left for him to find, though you were both there.", False),
        ("He looked to see what would happen if he told you.", False),
    ],
)
def test_speaking_of_the_person_is_recognised(text: str, of_the_person: bool) -> None:
    assert bool(_PERSON.search(text)) == of_the_person
