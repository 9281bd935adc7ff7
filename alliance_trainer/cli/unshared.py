"""Practice that its trainees did not share: it stays out of whatever is made of a cohort, and that is said."""

import msgspec

from alliance_trainer.core.attempt import Attempt
from alliance_trainer.core.counting import counted
from alliance_trainer.terminal.door import Door

_SHARING = "alliance-trainer data export --for-instructor --with-practice"


class Unshared(msgspec.Struct):
    """How many attempts were left out, because their trainees practised and did not share it."""

    attempts: int = 0

    def wanted(self, attempt: Attempt) -> bool:
        """Whether an attempt may be used: it is no practice, or its trainee shares it."""
        if not attempt.not_shared:
            return True
        self.attempts += 1
        return False

    def tell(self, door: Door) -> None:
        """Say how many there were, if there were any."""
        if self.attempts:
            left = counted(self.attempts, "practice attempt")
            door.say(f"Left out: {left} that the trainees did not share. They share practice with: {_SHARING}")
