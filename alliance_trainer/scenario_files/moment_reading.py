"""The tree of a file of moments to its moments, with every problem of the format."""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from alliance_trainer.core.vignettes import MomentFile
from alliance_trainer.scenario_files.tree import Parsed

if TYPE_CHECKING:  # only where something is wrong
    from alliance_trainer.scenario_files.refused import Refused


def validated(parsed: Parsed) -> tuple[MomentFile | None, "Refused | None"]:
    """The moments, or what is wrong with them."""
    try:
        return MomentFile.model_validate(parsed.tree), None
    except ValidationError as error:
        from alliance_trainer.core.moment_guide import MOMENT_GUIDE  # only where something is wrong
        from alliance_trainer.scenario_files.refused import refused  # the same

        return None, refused(error, parsed, MOMENT_GUIDE)
