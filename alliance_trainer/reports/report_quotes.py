"""Quotations in a report: whole sentences, as many as there is room for, and never too few to say something."""

from collections.abc import Iterator

from alliance_trainer.reports.short_text import one_line

_ENDS = ".!?\N{HORIZONTAL ELLIPSIS}"
_CLOSING = "'\"\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK})"
_DOTS = "\N{HORIZONTAL ELLIPSIS}"


def first_sentences(text: str, most: int) -> str:
    """The beginning of the text on one line, with dots behind it where more was said."""
    sentences = list(_sentences(one_line(text)))
    kept = _fitting(sentences, most)
    return " ".join(sentences[:kept]) + (f" {_DOTS}" if kept < len(sentences) else "")


def last_sentences(text: str, most: int) -> str:
    """The end of the text on one line, with dots before it where more was said: the last words are what is answered."""
    sentences = list(_sentences(one_line(text)))
    kept = _fitting(sentences[::-1], most)
    if all(map(_is_shown, sentences[-kept:])):  # what was shown last goes with what was said before it
        kept = next((at for at, one in enumerate(sentences[::-1], 1) if not _is_shown(one)), kept)
    return (f"{_DOTS} " if kept < len(sentences) else "") + " ".join(sentences[len(sentences) - kept :])


def _fitting(sentences: list[str], most: int) -> int:
    """How many of them fit, and one more where these fill less than half of the room; the dots count too."""
    length, told, kept = -1, 0, 0
    for sentence in sentences:
        length += len(sentence) + 1
        more = 2 if kept + 1 < len(sentences) else 0
        if kept and length + more > most and told >= most / 2:
            break
        told = length
        kept += 1
    return kept


def _sentences(line: str) -> Iterator[str]:
    """The sentences; what was shown, in brackets, counts as one, and a small letter goes on with what is before it."""
    start = depth = 0
    words = line.split(" ")
    for place, word in enumerate(words, 1):
        depth = max(0, depth + word.count("(") - word.count(")"))
        after = words[place] if place < len(words) else ""
        stops = _ends(word) or _is_shown(f"{words[start]} {word}")
        if depth == 0 and stops and not after[:1].islower():
            yield " ".join(words[start:place])
            start = place
    if start < len(words):
        yield " ".join(words[start:])


def _ends(word: str) -> bool:
    return word.rstrip(_CLOSING)[-1:] in tuple(_ENDS)


def _is_shown(sentence: str) -> bool:
    return sentence.startswith("(") and sentence.endswith(")")
