"""Places and streams that cannot be used: read-only folders, no home, other people's files, closed streams, odd words."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Done, command

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
ROOT = Path(__file__).parent.parent.parent
HALF = "confrontation\nown-it\n"
AS_ROOT = os.name == "posix" and os.geteuid() == 0
NOBODY = 65534


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can come to, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="alliance-trainer-test-"))
    folder.chmod(0o755)
    (folder / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
    yield folder
    subprocess.run(["chmod", "-R", "u+rwx", str(folder)], check=False)
    shutil.rmtree(folder, ignore_errors=True)


def as_somebody(*arguments: str | Path, data: Path | None, typed: str = HALF, home: Path | None = None) -> Done:
    """Run without the rights of root: as nobody where these tests run as root."""
    words = [sys.executable, "-m", "alliance_trainer", *map(str, arguments)]
    if AS_ROOT:
        words = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *words]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"ALLIANCE_TRAINER_DATA": str(data)} if data else {}
    environment |= {"HOME": str(home)} if home else {}
    done = subprocess.run(words, input=typed.encode(), capture_output=True, check=False, env=environment, cwd="/")
    return Done(code=done.returncode, out=done.stdout.decode(), errors=done.stderr.decode())


def can_be_somebody() -> bool:
    """Whether this machine lets the tests run the program without the rights of root."""
    if os.name != "posix" or (AS_ROOT and shutil.which("setpriv") is None):
        return False
    return as_somebody("--version", data=None).code == 0


without_rights = pytest.mark.skipif(
    not can_be_somebody(), reason="cannot run the program as an ordinary user here: permissions were NOT tested"
)


def clear(done: Done, code: int, *words: str) -> None:
    assert done.code == code, done.errors + done.out[-500:]
    assert done.errors.startswith("Error: ")
    assert "Traceback" not in done.errors
    assert "mistake of ours" not in done.errors
    assert len(done.errors.strip().splitlines()) <= 6
    for word in words:
        assert word in done.errors, done.errors


@without_rights
def test_a_folder_that_may_not_be_written_to(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o555)
    done = as_somebody("play", open_folder / "example-scenario.yaml", data=closed / "data")
    clear(done, 5, "may not write there", "--data-dir")
    assert list(closed.iterdir()) == []


@without_rights
def test_a_home_that_may_not_be_written_to(open_folder: Path) -> None:
    home = open_folder / "home"
    home.mkdir(mode=0o555)
    done = as_somebody("play", open_folder / "example-scenario.yaml", data=None, home=home)
    clear(done, 5, "may not write there", "--data-dir")


@without_rights
def test_a_folder_or_file_that_may_not_be_read(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir()
    (closed / "secret.yaml").write_bytes(EXAMPLE.read_bytes())
    (closed / "secret.yaml").chmod(0)
    for arguments in (("play", closed / "secret.yaml"), ("check", closed / "secret.yaml")):
        clear(as_somebody(*arguments, data=open_folder / "none"), 2, "secret.yaml", "may not be read")
    closed.chmod(0)
    clear(as_somebody("list", "--library", closed, data=open_folder / "none"), 2, "cannot be read")
    closed.chmod(0o755)


@without_rights
def test_somebody_elses_attempts_are_not_read_and_not_spoilt(open_folder: Path) -> None:
    data = open_folder / "data"
    assert command("play", open_folder / "example-scenario.yaml", data=data, typed=HALF).code == 0
    (journal,) = (data / "attempts").glob("*.jsonl")
    before = journal.read_bytes()
    if not AS_ROOT:
        (data / "attempts").chmod(0)
    clear(as_somebody("resume", data=data, typed="mixed\nstay\n"), 2, "cannot be read")
    if not AS_ROOT:
        (data / "attempts").chmod(0o700)
    assert journal.read_bytes() == before


def test_a_file_where_the_attempts_should_be(tmp_path: Path) -> None:
    scenario = tmp_path / "example-scenario.yaml"
    scenario.write_bytes(EXAMPLE.read_bytes())
    for name in ("attempts", "scenarios", "locks"):
        data = tmp_path / name / "data"
        data.mkdir(parents=True)
        (data / name).touch()
        clear(command("play", scenario, data=data, typed=HALF), 5, "--data-dir")


def test_an_empty_library_folder_adds_nothing_and_harms_nothing(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    done = command("list", "--library", empty, data=tmp_path / "data")
    assert done.code == 0
    assert "its-fine" in done.out
    clear(command("play", "example-scenario", "--library", empty, data=tmp_path / "data"), 2, "no scenario")
    clear(command("list", "--library", EXAMPLE, data=tmp_path / "data"), 2, "cannot be read")


def test_words_that_the_command_line_does_not_know(tmp_path: Path) -> None:
    for arguments in (("plya",), ("play", "--sead", "1"), ("play", "--seed", "one"), ("[/]",), ("cohort", "scoer")):
        done = command(*arguments, data=tmp_path)
        assert done.code == 2, arguments
        assert done.out == ""
        assert "Traceback" not in done.errors
        assert len(done.errors.splitlines()) <= 6
    assert "Did you mean 'play'" in command("plya", data=tmp_path).errors
    for arguments in (("play", "--mode", "exam"), ("play", "--notice", "never")):
        clear(command(*arguments, "its-fine", data=tmp_path), 2, arguments[1], "takes")
    missing = command("resume", "--data-dir", data=tmp_path)
    assert missing.code == 2
    assert "requires an argument" in missing.errors


def test_without_any_word_there_is_help(tmp_path: Path) -> None:
    done = command(data=tmp_path)
    assert done.code == 0
    assert "play" in done.out
    assert done.out == command("--help", data=tmp_path).out


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell: closed streams were NOT tested")
@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/null 2>/dev/full"])
def test_an_error_that_nobody_can_read_still_has_its_exit_code(tmp_path: Path, redirection: str) -> None:
    line = f"{sys.executable} -m alliance_trainer play no-such-scenario {redirection}"
    done = subprocess.run(["bash", "-c", line], check=False, env={**os.environ, "ALLIANCE_TRAINER_DATA": str(tmp_path)})
    assert done.returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell: closed streams were NOT tested")
@pytest.mark.parametrize(
    "words", ["list", "explain all", "schema", "data check", "check scenarios", "--help", "cohort score ."]
)
def test_a_reader_who_has_seen_enough_ends_every_command_quietly(tmp_path: Path, words: str) -> None:
    (tmp_path / "one.attempts.jsonl").write_text("not an attempt\n", encoding="utf-8")
    line = f"{sys.executable} -m alliance_trainer {words} | head -n 1"
    done = subprocess.run(
        ["bash", "-c", line],
        capture_output=True,
        check=False,
        cwd=tmp_path if words.startswith("cohort") else ROOT,
        env={**os.environ, "ALLIANCE_TRAINER_DATA": str(tmp_path)},
    )
    assert done.stderr == b""
    assert done.stdout.count(b"\n") <= 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full: a full disk behind > was NOT tested")
@pytest.mark.parametrize("words", ["list", "explain all", "schema", "--help", "--version", "data where"])
def test_a_full_disk_behind_the_output_is_said_and_ends_with_an_error(tmp_path: Path, words: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "alliance_trainer", *words.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "ALLIANCE_TRAINER_DATA": str(tmp_path)},
        )
    assert done.returncode == 5
    assert b"Traceback" not in done.stderr
    assert done.stderr.startswith(b"Error: ")
    assert done.stderr.count(b"\n") <= 2
