"""The manual page of a code: what it means, with a bad and a good example; read from a docstring where it is one."""

from textwrap import dedent

import msgspec

from alliance_trainer.core.findings import Severity


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What `explain` shows of a code.

    `title` is one sentence, `explanation` a few paragraphs of plain text. `bad` and `good` are YAML: they
    stand in for the same top-level keys of a small sound scenario. In `bad` a comment that begins with
    `<-` marks the line that the code is reported on.
    """

    code: str
    severity: Severity
    title: str
    explanation: str
    bad: str
    good: str


def page_of(code: str, severity: Severity, docstring: str) -> Page:
    """The page that a docstring is: a title, paragraphs, then `Bad:` and `Good:` with an example each.

    Raises ValueError if a part is missing.
    """
    title, _, rest = docstring.strip().partition("\n")
    explanation, has_bad, examples = rest.partition("\nBad:\n")
    bad, has_good, good = examples.partition("\nGood:\n")
    if not (title and explanation.strip() and has_bad and has_good):
        raise ValueError(f"the page of {code} needs a title, an explanation, Bad: and Good:")
    return Page(
        code=code,
        severity=severity,
        title=title.strip().rstrip("."),
        explanation=explanation.strip(),
        bad=_example(bad),
        good=_example(good),
    )


def _example(text: str) -> str:
    return dedent(text).strip("\n") + "\n"
