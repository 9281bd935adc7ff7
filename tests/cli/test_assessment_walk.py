"""The way that docs/assessment.md describes, walked command by command as it stands there."""

import re
import shlex
from pathlib import Path

from command import Done, command

PAGE = Path(__file__).parents[2] / "docs" / "assessment.md"
ANSWERS = "1\n" * 60  # 1 answers either question, and packs shuffle by ids that are new each time


def test_the_way_in_the_document_can_be_walked(tmp_path: Path) -> None:
    (block,) = re.findall(r"```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    lines = [re.split(r"\s{2,}", line)[0] for line in block.splitlines()]
    pack, play, verify, score = [shlex.split(line)[1:] for line in lines]

    def run(arguments: list[str], typed: str = "") -> Done:
        done = command(*arguments, data=tmp_path / "collected", typed=typed, cwd=tmp_path)
        assert done.code == 0, done.errors
        return done

    run(pack)
    (code,) = re.findall(r"^Receipt: (\S+)$", run(play, ANSWERS).out, re.M)
    (tmp_path / "seats.txt").write_text(f"seat 1: {code}\n")
    assert "1 checked, 0 with a claim that does not hold." in " ".join(run(verify).out.split())
    assert "its-fine" in run(score).out
