"""Files of moments: golden mistakes with code, line and column, and the shipped ones by count."""

from collections import Counter
from pathlib import Path

import pytest
from command import command
from fragments import reported
from jsonschema import Draft202012Validator

from alliance_trainer.core.field_guide import GUIDE
from alliance_trainer.core.moment_guide import MOMENT_KEYS, MOMENT_PARTS
from alliance_trainer.core.vignettes import Vignette
from alliance_trainer.core.vocabulary.markers import MARKERS
from alliance_trainer.core.vocabulary.moments import FOIL_KINDS, LOOKS_LIKE, NEAR
from alliance_trainer.reports.schema_json import moments_schema
from alliance_trainer.scenario_files import library, loader

SOUND = """\
format: 1
moments:
  title: First sessions
  language: en
  authors: [A. Author]
  reviewed_by: none
  items:
    at-the-door:
      context: Third session. You have said that the time is up.
      patient:
        - shows: looks at the door
        - It's fine. Really.
        - silence: 6
      markers: [{id: wd-denial, clarity: 2, significance: 3}]
      why: He closes a topic that was just opened.
    the-bus:
      context: Third session. You have asked what happened.
      patient: The bus stopped, and I counted seats.
      markers: []
      foil: working-story
      why: The detail is the work.
      content_notes: [{topic: grief}]
"""

CASES = [
    ("AT040", "  title: First sessions", "  title: First sessions\n  «titel: Again"),
    ("AT040", "      foil: working-story", "      foil: working-story\n      «says: Hello"),
    ("AT040", "moments:", "«turns-of-talk: 1\nmoments:"),
    ("AT041", "      why: The detail is the work.\n", "", "    the-bus:", "    «the-bus:"),
    ("AT041", "  title: First sessions\n", "", "moments:", "«moments:"),
    ("AT041", "format: 1\nmoments:", "«moments:"),
    ("AT041", "      markers: []\n      foil: working-story\n", "", "    the-bus:", "    «the-bus:"),
    ("AT042", "foil: working-story", "foil: «working-tale"),
    ("AT042", "id: wd-denial", "id: «wd-denail"),
    ("AT043", "clarity: 2", "clarity: «two"),
    ("AT044", "significance: 3", "significance: «6"),
    ("AT045", "      why: The detail is the work.", "      why: «''"),
    ("AT048", "markers: []", "markers: «wd-denial", "      foil: working-story\n", ""),
    ("AT049", "    the-bus:\n", "    another: «A text\n    the-bus:\n"),
    ("AT050", "    the-bus:", "    «The_Bus:"),
    ("AT054", "format: 1", "format: «2"),
    ("AT058", "        - silence: 6", "        - «{silence: 6, says: No}"),
    ("AT064", "      why: He closes", "      foil: «thinking-time\n      why: He closes"),
    ("AT065", "      markers: []\n      foil: working-story", "      «markers: []"),
    ("AT066", "        - silence: 6", "        - {silence: 6, «when: trust >= 3}"),
    ("AT031", "    the-bus:", "    «at-the-door:"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[2][:20]}")
def test_each_mistake_is_reported_with_its_code_and_place(case: tuple[str, ...]) -> None:
    code, *edits = case
    text = SOUND
    for old, new in zip(edits[::2], edits[1::2], strict=True):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    at = text.index("«")
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    found = reported(text.replace("«", ""))
    assert [(one.code, one.line, one.column) for one in found] == [(code, line, column)]
    assert found[0].hint


def test_a_sound_file_has_no_problem_and_its_mistakes_are_all_reported_in_one_run() -> None:
    assert reported(SOUND) == ()
    text = SOUND.replace("clarity: 2", "clarity: 9").replace("foil: working-story", "foil: rest").replace("seats.", "")
    assert {one.code for one in reported(text)} == {"AT044", "AT042"}


def test_the_guide_knows_every_key_and_no_other() -> None:
    assert {part for part, _ in MOMENT_PARTS.values()} == set(MOMENT_KEYS)
    for part, notes in MOMENT_KEYS.items():
        assert set(notes) == set(part.model_fields) - ({"when"} if part.__name__ == "Beat" else set())
        assert all(note.example.startswith(f"{key}:") for key, note in notes.items())
    assert GUIDE


def test_a_mistaken_file_is_named_by_check_and_a_sound_one_cannot_be_played(tmp_path: Path) -> None:
    (tmp_path / "moments").mkdir()
    path = tmp_path / "moments" / "first.yaml"
    path.write_text(SOUND.replace("foil: working-story", "foil: a-story"), encoding="utf-8")
    done = command("check", tmp_path, data=tmp_path / "data")
    assert done.code == 1
    assert "AT042" in done.out
    path.write_text(SOUND, encoding="utf-8")
    assert command("check", path, data=tmp_path / "data").code == 0
    played = command("play", path, data=tmp_path / "data")
    assert (played.code, "spot" in played.errors) == (2, True)


def shipped() -> dict[str, Vignette]:
    found: dict[str, Vignette] = {}
    for name, path in library.moment_files().items():
        loaded = loader.load_path(path)
        assert loaded.moments is not None
        found |= {f"{name}/{item}": vignette for item, vignette in loaded.moments.moments.items.items()}
    return found


def test_the_shipped_moments_check_clean_and_fit_the_schema(tmp_path: Path) -> None:
    import yaml

    done = command("check", library.shipped_folder() / "moments", data=tmp_path)
    assert (done.code, "No problem found" in done.out) == (0, True), done.out
    validator = Draft202012Validator(moments_schema())
    for path in library.moment_files().values():
        assert not list(validator.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert list(validator.iter_errors({"format": 1, "moments": {"title": "No items"}}))


def test_enough_is_shipped_of_every_marker_and_of_every_kind_of_foil() -> None:
    items = shipped()
    assert len(items) >= 60
    markers = Counter(marker.id for item in items.values() for marker in item.markers)
    assert set(markers) == set(MARKERS)
    assert min(markers.values()) >= 3
    for name in MARKERS:
        clarities = {one.clarity for item in items.values() for one in item.markers if one.id == name}
        assert len(clarities) >= 2, f"{name} is always equally clear"
    foils = Counter(item.foil for item in items.values() if not item.markers)
    assert set(foils) == set(FOIL_KINDS)
    assert 0.3 <= sum(foils.values()) / len(items) <= 0.5


def test_the_tables_of_what_is_easily_mistaken_are_whole() -> None:
    assert set(NEAR) == set(MARKERS)
    for name, near in NEAR.items():
        own = [other for other in near if MARKERS[other].type == MARKERS[name].type]
        assert (len(own), len(near), name in near) == (3, 4, False)
    for foil in FOIL_KINDS:
        kinds = [MARKERS[marker].type for marker in LOOKS_LIKE[foil]]
        assert kinds.count("withdrawal") >= 2
        assert kinds.count("confrontation") >= 2
