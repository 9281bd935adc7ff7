"""The tables of docs/format.md, drawn from the guide that hints and the JSON Schema use."""

from alliance_trainer.core.field_guide import GUIDE, PARTS
from alliance_trainer.core.moment_guide import MOMENT_KEYS, MOMENT_PARTS
from alliance_trainer.core.vocabulary.markers import MARKERS
from alliance_trainer.core.vocabulary.moments import FOIL_MEANINGS
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_MEANINGS, OUTCOME_VALUES
from alliance_trainer.core.vocabulary.skills import SKILL_MEANINGS
from alliance_trainer.core.vocabulary.stages import STAGE_MEANINGS
from alliance_trainer.core.vocabulary.strategies import STRATEGIES
from alliance_trainer.core.vocabulary.traps import TRAPS


def tables() -> str:
    """One table a part: key, what it is for, a line that shows it."""
    lines: list[str] = []
    seen = set()
    for path, (part, name) in [*PARTS.items(), *MOMENT_PARTS.items()]:
        if part in seen:
            continue
        seen.add(part)
        keys = GUIDE.get(part) or MOMENT_KEYS[part]
        lines += [f"### {name[0].upper()}{name[1:]}", "", f"{_place(path)}.", ""]
        lines += ["| key | what it is for | for example |", "|---|---|---|"]
        for key, note in keys.items():
            must = "" if _optional(part, key) else " (required)"
            lines.append(f"| `{key}`{must} | {_cell(note.meaning)} | `{_cell(note.example)}` |")
        lines.append("")
    return "\n".join(lines)


def words() -> str:
    """One table for each kind of word that can be used: marker, strategy, stage, trap, outcome, skill."""
    kinds: dict[str, dict[str, str]] = {
        "Markers": {name: f"{kind.type}: {kind.meaning}" for name, kind in MARKERS.items()},
        "Strategies (`uses`)": {name: f"{one.kind}: {one.meaning}" for name, one in STRATEGIES.items()},
        "Stages": dict(STAGE_MEANINGS),
        "Traps": dict(TRAPS),
        "Kinds of foil": dict(FOIL_MEANINGS),
        "Outcomes": {name: f"worth {OUTCOME_VALUES[name]}: {text}" for name, text in OUTCOME_MEANINGS.items()},
        "What `rates` can rate": dict(SKILL_MEANINGS),
    }
    lines: list[str] = []
    for title, known in kinds.items():
        lines += [f"### {title}", "", "| word | means |", "|---|---|"]
        lines += [f"| `{name}` | {_cell(meaning)} |" for name, meaning in known.items()]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


_LISTS = ("patient", "markers", "to", "reply", "content_notes")


def _place(path: tuple[str, ...]) -> str:
    """Where a part stands, in words: an item of `markers` of `turns.ID`."""
    if not path:
        return "At the top of the file"
    *above, last = path
    if last == "*" and above[-1] in _LISTS:
        return f"Each item of `{'.'.join(above).replace('*', 'ID')}`"
    return f"At `{'.'.join(path).replace('*', 'ID')}`"


def _optional(part: type, key: str) -> bool:
    return not part.model_fields[key].is_required()  # type: ignore[attr-defined]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
