"""The command cohort report as people meet it: attempts in, one HTML file out."""

from pathlib import Path

import cohort_files
import pytest
from command import command


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up attempts of six trainees at a shipped scenario, practice of one of them, and a line that is none."""
    folder = tmp_path_factory.mktemp("attempts")
    out = folder / "spring.attempts.jsonl"
    made = command(
        *("simulate", "its-fine", "-n", 12, "--seed", 3, "--attempts", out, "--trainees", 6), data=folder / "data"
    )
    assert made.code == 0, made.errors
    lines = out.read_text(encoding="utf-8").splitlines()
    practised = (
        lines[0].replace('"assess"', '"practice"').replace('"attempt":"', '"attempt":"p').replace("wren", "kite")
    )
    out.write_text("\n".join([*lines, practised, "not json"]) + "\n", encoding="utf-8")
    return out


def test_it_writes_one_file_and_says_what_is_in_it(attempts: Path, tmp_path: Path) -> None:
    out = tmp_path / "spring.html"
    out.write_text("an older report", encoding="utf-8")
    done = command("cohort", "report", attempts, "--out", out, "--title", "Spring <2026>", data=tmp_path / "data")
    said = " ".join(done.out.split())
    assert done.code == 3, "a line could not be read"
    assert "6 attempts of record by 6 trainees" in said
    assert "1 attempt could not be scored" in said
    assert "Left out: 1 practice attempt that the trainees did not share" in said
    text = out.read_text(encoding="utf-8")
    assert "<h1>Spring &lt;2026&gt;</h1>" in text
    assert "spring.attempts.jsonl, line 14" in text
    assert str(attempts.parent) not in text
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["spring.html"]
    assert "kite" not in text
    assert text.count("<section class=trainee") == 6


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--out", "report.txt"], "report.html"),
        (["--out", "no-such-folder/deeper/r.html"], "cannot be written"),
    ],
)
def test_what_cannot_be_meant_is_said_in_one_sentence(
    attempts: Path, tmp_path: Path, arguments: list[str], words: str
) -> None:
    done = command("cohort", "report", attempts, *arguments, data=tmp_path / "data", cwd=tmp_path)
    assert done.code in (2, 5)
    assert words in done.errors
    assert "Traceback" not in done.errors
    assert not list(tmp_path.glob("*.html"))


def test_without_any_attempt_there_is_a_report_that_says_so(tmp_path: Path) -> None:
    empty = cohort_files.write_lines(tmp_path / "none.attempts.jsonl", [])
    done = command("cohort", "report", empty, "--out", tmp_path / "none.html", data=tmp_path / "data")
    assert done.code == 0
    assert "0 attempts of record by 0 trainees" in " ".join(done.out.split())
    assert "No attempt of record." in (tmp_path / "none.html").read_text(encoding="utf-8")
