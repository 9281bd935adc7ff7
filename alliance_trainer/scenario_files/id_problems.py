"""What cannot be an id or a code of a language, as findings: AT050, AT051 and AT062; and the id that was meant."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from alliance_trainer.core.findings import Finding
from alliance_trainer.core.scalars import ID_PATTERN, RESERVED_IDS
from alliance_trainer.core.suggestions import did_you_mean
from alliance_trainer.scenario_files.schema_trouble import Trouble
from alliance_trainer.scenario_files.schema_values import as_id, short
from alliance_trainer.scenario_files.value_problems import empty_text

_RULE = "An id begins with a letter; small letters a to z, digits and hyphens may follow, 64 at most."
_MOST_NAMES = 400  # of a hostile file's many: more than any scenario that is read by people has


def _bad_spelling(trouble: Trouble) -> Finding:
    if trouble.value == "":
        return empty_text(trouble)
    if trouble.context.get("pattern") != ID_PATTERN:
        hint = "Write a code such as en, de or pt-br."
        return trouble.finding("AT062", f"{short(trouble.value)} is not the code of a language.", hint)
    text = str(trouble.value)
    if trouble.on_key or trouble.path == ("id",):
        hint = f"{_new_id(text)} {_RULE}"
    else:
        hint = _of_several(text, trouble) or f"{_known_id(text, trouble)} {_RULE}"
    return trouble.finding("AT050", f"{short(text)} cannot be an id.", hint)


def _reserved(trouble: Trouble) -> Finding:
    message = f"{short(trouble.value)} cannot be an id: Windows keeps this name for itself."
    return trouble.finding("AT051", message, f"Write {str(trouble.value) + '-1'!r}, or another name.")


def _new_id(text: str) -> str:
    """How to spell an id that the author gives."""
    better = as_id(text)
    better = f"{better}-1" if better in RESERVED_IDS else better
    return f"Write {better!r}." if better else ""


def _of_several(text: str, trouble: Trouble) -> str:
    """How to write several ids that stand together as one entry of a list; empty where they are none of the file's."""
    several = re.split(r"[\s,;]+", text.strip())
    known = _known(trouble)
    if len(several) < 2 or not _is_in_list(trouble.path) or any(one not in known for one in several):
        return ""
    if trouble.is_short:
        return f"Write  {trouble.field}: [{', '.join(several)}]"
    return "Each id is an entry of its own: with a comma between them in brackets, or each on a line with a dash."


def _known_id(text: str, trouble: Trouble) -> str:
    """Which of the file's ids was meant where one is named; empty where that is unclear."""
    known = _known(trouble)
    for meant in (as_id(text), as_id(text.rpartition(".")[2])):  # `turn.response`, as in chose()
        if meant in known:
            return f"Write {meant!r}."
    return did_you_mean(as_id(text), known)


def _is_in_list(path: tuple[str, ...]) -> bool:
    """Whether a list of ids has its entries at this path: `choose` and `turns` of a test."""
    return path[-1].isdigit() and path[-2] in ("choose", "turns")


def _known(trouble: Trouble) -> dict[str, None]:
    return dict.fromkeys(islice(_named_there(trouble), _MOST_NAMES))


def _named_there(trouble: Trouble) -> Iterator[str]:
    """The ids of the file, as they would be spelt, of the kind that is named at the place of the trouble."""
    root = trouble.root if isinstance(trouble.root, dict) else {}
    kinds = {"choose": ("responses",), "ending": ("endings",), "to": ("turns", "endings")}.get(
        trouble.field, ("turns",)
    )
    for kind in kinds:
        parents = [root] if kind != "responses" else list(_entries(root, "turns").values())
        for parent in parents:
            for name in _entries(parent, kind):
                yield name if re.fullmatch(ID_PATTERN, name) else as_id(name)


def _entries(parent: object, key: str) -> Mapping[str, object]:
    found = parent.get(key) if isinstance(parent, dict) else None
    return found if isinstance(found, dict) else {}


HANDLERS: dict[str, Callable[[Trouble], Finding | None]] = {
    "string_pattern_mismatch": _bad_spelling,
    "reserved_id": _reserved,
}
"""By the model's kinds of error."""
