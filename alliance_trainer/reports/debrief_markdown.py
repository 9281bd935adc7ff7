"""The debrief as Markdown, to keep or to take to supervision."""

from alliance_trainer.core.debrief import CAVEAT, Debrief, Moment
from alliance_trainer.reports.markdown import escaped


def debrief_markdown(title: str, told: Debrief) -> str:
    """The three parts under one heading each; every text escaped."""
    lines = [f"# Debrief: {escaped(title)}", "", escaped(told.headline), "", escaped(told.in_words), ""]
    lines += [f"- {escaped(label)}: {escaped(text)}" for label, text in told.counts]
    lines += ["", escaped(told.advice), "", "## The turns that mattered", ""]
    for moment in told.moments:
        lines += _moment(moment)
    if told.quiet:
        lines += [escaped(told.quiet), ""]
    lines += ["## Skills, as far as they came up", ""]
    lines += [f"- {escaped(label)}: {escaped(text)}" for label, text in told.skills]
    lines += ["", *(line for remark in told.remarks for line in (escaped(remark), ""))]
    if told.lesson:
        lines += [escaped(told.lesson), ""]
    lines.append(escaped(CAVEAT))
    return "\n".join(lines) + "\n"


def _moment(moment: Moment) -> list[str]:
    rows = [
        ("Patient", f'"{moment.patient}"'),
        ("Sign", moment.sign),
        ("You", f'"{moment.said}"'),
        ("Stronger", f'"{moment.stronger}"' if moment.stronger else ""),
        ("Why", moment.why),
        ("Inside", moment.inside or ""),
        ("Note", moment.remark),
    ]
    head = f"### Turn {moment.number} ({moment.change:+d})"
    return [head, "", *(f"- {label}: {escaped(text)}" for label, text in rows if text), ""]
