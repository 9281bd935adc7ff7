"""The text of one file, as it was written and as it is parsed, and where its lines begin."""

from bisect import bisect_right
from itertools import accumulate, count
from operator import add

import msgspec
from msgspec.structs import replace


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The text of one file, as it was written and as it is parsed: both have the same length.

    `written` is what the author wrote (without a byte order mark), `text` has refused characters replaced;
    `starts` holds the offset of the first character of each line. Lines end at line feeds.
    """

    file: str
    written: str
    text: str
    starts: tuple[int, ...]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character offset, both from 1; offsets outside the text are clamped."""
        offset = min(max(offset, 0), len(self.text))
        number = bisect_right(self.starts, offset)
        if number < len(self.starts) and offset <= self.starts[number] - 2:  # in front of every line end
            return number, offset - self.starts[number - 1] + 1
        column = offset - self.starts[number - 1]
        return number, min(column, self._end(number) - self.starts[number - 1]) + 1

    def line(self, number: int) -> str:
        """The raw line with the given number (from 1), without its line end; empty past the last line."""
        if not 1 <= number <= len(self.starts):
            return ""
        return self.written[self.starts[number - 1] : self._end(number)]

    def parsed_line(self, number: int) -> str:
        """Like `line`, but as it is parsed."""
        if not 1 <= number <= len(self.starts):
            return ""
        return self.text[self.starts[number - 1] : self._end(number)]

    def begins_line(self, offset: int) -> bool:
        """Whether only spaces stand between an offset and the start of its line, as far as `before` tells."""
        return not self.before(offset).strip(" ")

    def before(self, offset: int) -> str:
        """What stands in front of an offset on its line, as it is parsed: the last 200 characters at most."""
        return self.text[max(0, offset - 200) : offset].rpartition("\n")[2]

    def behind(self, offset: int) -> str:
        """What stands from an offset on on its line, as it is parsed: 400 characters at most, no blanks at the end."""
        return self.text[offset : offset + 400].partition("\n")[0].rstrip()

    def with_characters(self, changes: dict[int, str]) -> "Source":
        """The same file with single characters of the parsed text exchanged."""
        if not changes:
            return self
        pieces, at = [], 0  # one copy for all changes: hostile files ask for tens of thousands
        for offset in sorted(changes):
            pieces += [self.text[at:offset], changes[offset]]
            at = offset + 1
        return replace(self, text="".join((*pieces, self.text[at:])))

    def _end(self, number: int) -> int:
        """Offset just behind the last character of a line, in front of its line end."""
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        has_return = end > self.starts[number - 1] and self.written[end - 1] == "\r" and end < len(self.text)
        return end - 1 if has_return else end


def make_source(file: str, written: str, text: str | None = None) -> Source:
    """A source whose parsed text is the written one unless another of the same length is given."""
    lengths = map(len, written.split("\n")[:-1])
    starts = tuple(map(add, accumulate(lengths, initial=0), count()))  # with one line feed a line
    return Source(file=file, written=written, text=written if text is None else text, starts=starts)
