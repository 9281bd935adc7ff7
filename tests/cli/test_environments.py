"""The same words under every encoding, terminal, width and look: a sample of the matrix, all of it when scaled up."""

import itertools
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from sizes import SCALE, scaled

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
SIGNS = "It\u2019s fine \u2013 really\u2026 na\u00efve \u65e5\u672c \U0001f642"
SHOWN = {
    "ascii": "It's fine - really... naive ?? ?",
    "latin-1": "It's fine - really... na\u00efve ?? ?",
    "cp1252": "It\u2019s fine \u2013 really\u2026 na\u00efve ?? ?",
}
ENCODINGS = ["utf-8", "ascii", "latin-1", "cp1252", "LC_ALL=C"]
TERMINALS = ["xterm-256color", "xterm", "vt100", "dumb", ""]
WIDTHS = [20, 40, 60, 80, 200]
LOOKS = ["", "NO_COLOR", "--plain", "--no-plain"]
MATRIX = list(itertools.product(ENCODINGS, TERMINALS, WIDTHS, LOOKS))


def sample() -> list[tuple[str, str, int, str]]:
    """About 24 of the 500 at scale 1, the same ones each time, each value of each column among them."""
    if scaled(24) >= len(MATRIX):
        return MATRIX
    chosen = random.Random(11).sample(MATRIX, scaled(24))
    columns = zip(*chosen, strict=True)
    if SCALE >= 1:
        for values, wanted in zip(columns, (ENCODINGS, TERMINALS, WIDTHS, LOOKS), strict=True):
            assert set(values) == set(wanted)
    return chosen


def environment_of(encoding: str, terminal: str, width: int, look: str) -> dict[str, str]:
    base = {name: value for name, value in os.environ.items() if name not in ("LANG", "LC_ALL", "LC_CTYPE", "TERM")}
    given = {"COLUMNS": str(width)}
    given |= {"LC_ALL": "C"} if encoding == "LC_ALL=C" else {"PYTHONIOENCODING": encoding}
    given |= {"TERM": terminal} if terminal else {}
    given |= {"NO_COLOR": "1"} if look == "NO_COLOR" else {}
    return base | given


@pytest.mark.parametrize(("encoding", "terminal", "width", "look"), sample())
def test_the_program_plays_everywhere(tmp_path: Path, encoding: str, terminal: str, width: int, look: str) -> None:
    scenario = tmp_path / "example-scenario.yaml"
    scenario.write_text(EXAMPLE.read_text(encoding="utf-8").replace("It's fine. Really.", SIGNS), encoding="utf-8")
    options = [look] if look.startswith("--") else []
    done = subprocess.run(
        [sys.executable, "-m", "alliance_trainer", "play", str(scenario), *options],
        input=b"confrontation\nexplain\nwithdrawal\nmove-on\n",
        capture_output=True,
        check=False,
        env={**environment_of(encoding, terminal, width, look), "ALLIANCE_TRAINER_DATA": str(tmp_path / "data")},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    text = done.stdout.decode("utf-8" if encoding in ("utf-8", "LC_ALL=C") else encoding)
    assert max(map(cell_len, text.splitlines())) < width + (0 if width > 20 else 1)
    assert "\x1b" not in text, "what is piped has no styles"
    assert "Debrief 3/3" in " ".join(text.split())
    expected = SIGNS if encoding in ("utf-8", "LC_ALL=C") else SHOWN[encoding]
    assert expected in " ".join(text.split())
