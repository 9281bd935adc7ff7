"""Manual pages of what is wrong with a value: words, numbers and texts."""

from textwrap import fill
from typing import get_args

from msgspec.structs import replace

from alliance_trainer.core.manual import Page, page_of
from alliance_trainer.core.vocabulary.markers import MARKERS
from alliance_trainer.core.vocabulary.outcomes import OUTCOME_MEANINGS
from alliance_trainer.core.vocabulary.skills import RATED
from alliance_trainer.core.vocabulary.stages import STAGES
from alliance_trainer.core.vocabulary.strategies import STRATEGIES, RepairKind
from alliance_trainer.core.vocabulary.traps import TRAPS

_WORDS = {
    "Markers": MARKERS,
    "Stages": STAGES,
    "Skills": RATED,
    "Strategies": STRATEGIES,
    "Traps": TRAPS,
    "Outcomes": OUTCOME_MEANINGS,
    "Repair": get_args(RepairKind),
    "Stances": ("away", "against"),
    "Levels": ("mentioned", "discussed", "central"),
}


def _with_all_words(page: Page) -> Page:
    lists = (fill(f"{kind}: {', '.join(words)}.", width=110, break_on_hyphens=False) for kind, words in _WORDS.items())
    return replace(page, explanation="\n\n".join((page.explanation, *lists)))


def _page(code: str, text: str) -> Page:
    page = page_of(code, "error", text)
    return _with_all_words(page) if code == "AT042" else page


VALUE_PAGES: tuple[Page, ...] = tuple(
    _page(code, text)
    for code, text in {
        "AT042": """
This word is not one of those that the format knows here.

Markers, stages, skills, strategies, traps and outcomes are fixed words, so that results can be compared between
scenarios. The hint names the nearest one.

Bad:

    repair: explore   # <- the word is exploratory

Good:

    repair: exploratory
""",
        "AT043": """
Something else stands where a whole number belongs.

Write the number in digits, without a unit, a point or leading zeros: 5, -1, +2. Words such as five, 5s or 010 are not
numbers here.

Bad:

    session: four   # <- write 4

Good:

    session: 4
""",
        "AT044": """
A number is too high or too low.

Every number has a range: ratings go from -2 to 2, bond, task and goal from 0 to 100, tension and trust from 0 to 5,
difficulty, clarity and significance from 1 to 5. The hint says what the number stands for.

Bad:

    difficulty: 7   # <- 5 is the most

Good:

    difficulty: 5
""",
        "AT045": """
Nothing stands where a text is needed.

Write the text, or delete the line if its key is optional.

Bad:

    title:   # <- what is it called?

Good:

    title: It's fine
""",
        "AT046": """
A text is too long.

A title or another short line has at most 200 characters, a text 2,000: more than that is not read on a screen. Spread a
long speech over several beats or turns.

Bad:

    title: >-   # <- 213 characters
      This title goes on and on, and on and on, and on and on, and on and on, and on and on, and on and on,
      and on and on, and on and on, and on and on, and on and on, and on and on, and on and on, and on, and on

Good:

    title: This title ends
""",
        "AT052": """
Something else stands where true or false belongs.

Write true or false; yes and no are understood, too.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        notice: sometimes   # <- true or false
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        notice: false
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done
""",
        "AT054": """
The file is written in another format.

The first line says in which version of the format a file is written. A file of a newer version may contain what this
program does not know, so it does not guess: update the program. There is no version before 1.

Bad:

    format: 2   # <- this version reads format 1

Good:

    format: 1
""",
        "AT062": """
This is not the code of a language.

Languages are written as codes: en, de, fr, pt-br.

Bad:

    language: English   # <- the code is en

Good:

    language: en
""",
    }.items()
)
"""Pages of AT042 to AT046, AT052, AT054 and AT062."""
