"""Where the answers of a play are kept, as the play sees it; and the recorder that keeps nothing."""

from typing import Literal, Protocol

from alliance_trainer.core.attempt import NoticeAnswer
from alliance_trainer.core.pitch import FeltAnswer


class Recorder(Protocol):
    """Where answers are kept. Each method returns once the answer is safe, or raises CannotSaveError."""

    keeps: bool
    """Whether anything is kept at all."""

    def shown(self, turn: str, ids: tuple[str, ...]) -> None:
        """The responses were shown in this order."""
        ...

    def probe(self, turn: str, answer: NoticeAnswer, ms: int | None) -> None:
        """What was noticed."""
        ...

    def said(self, turn: str, text: str, ms: int) -> None:
        """What the trainee would say, in their own words."""
        ...

    def hint(self, turn: str) -> None:
        """The hint was looked at."""
        ...

    def choice(self, turn: str, response: str, ms: int | None) -> None:
        """What was said."""
        ...

    def reason(self, turn: str, text: str) -> None:
        """Why that was said."""
        ...

    def retract(self, turn: str, what: Literal["probe", "choice"]) -> None:
        """The last answer was taken back; the play stands at `turn` again."""
        ...

    def note(self, turn: str, text: str) -> None:
        """A note to self."""
        ...

    def pause(self) -> None:
        """The trainee leaves for now."""
        ...

    def end(self, ending: str) -> None:
        """The attempt is finished."""
        ...

    def felt(self, answer: FeltAnswer) -> None:
        """How hard the finished scenario was found."""
        ...


class NoRecorder:
    """Keeps nothing: for authors who try a turn."""

    keeps = False

    def shown(self, turn: str, ids: tuple[str, ...]) -> None:
        """Keep nothing."""

    def probe(self, turn: str, answer: NoticeAnswer, ms: int | None) -> None:
        """Keep nothing."""

    def choice(self, turn: str, response: str, ms: int | None) -> None:
        """Keep nothing."""

    def retract(self, turn: str, what: Literal["probe", "choice"]) -> None:
        """Keep nothing."""

    def note(self, turn: str, text: str) -> None:
        """Keep nothing."""

    def pause(self) -> None:
        """Keep nothing."""

    def end(self, ending: str) -> None:
        """Keep nothing."""

    def said(self, turn: str, text: str, ms: int) -> None:
        """Keep nothing."""

    def hint(self, turn: str) -> None:
        """Keep nothing."""

    def reason(self, turn: str, text: str) -> None:
        """Keep nothing."""

    def felt(self, answer: FeltAnswer) -> None:
        """Keep nothing."""
