"""The tree of a file of moments to its moments, with every problem of the format."""

from pydantic import ValidationError

from alliance_trainer.core.findings import Finding
from alliance_trainer.core.vignettes import MomentFile
from alliance_trainer.scenario_files.tree import Tree


def validated(tree: Tree) -> tuple[MomentFile | None, tuple[Finding, ...]]:
    """The moments, or what is wrong with them."""
    try:
        return MomentFile.model_validate(tree), ()
    except ValidationError as error:
        from alliance_trainer.core.moment_guide import MOMENT_GUIDE  # only where something is wrong
        from alliance_trainer.scenario_files.schema_problems import findings_of  # the same

        return None, findings_of(error, MOMENT_GUIDE)
