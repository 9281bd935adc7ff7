"""When something is wrong: one clear message that says what is safe and what to do, and the right exit code."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import Done, command

from alliance_trainer.journal import record
from alliance_trainer.journal.events import Header
from alliance_trainer.journal.store import Store

EXAMPLE = Path(__file__).parent.parent / "example_scenario.yaml"
HALF = "confrontation\nown-it\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "example-scenario.yaml").write_bytes(EXAMPLE.read_bytes())
    return folder


@pytest.fixture
def half_played(library: Path, tmp_path: Path) -> Path:
    data = tmp_path / "data"
    done = command("play", "example-scenario", "--library", library, data=data, typed=HALF)
    assert done.code == 0, done.errors
    return data


def clear(done: Done, code: int, *words: str) -> None:
    assert done.code == code, done.errors + done.out[-500:]
    assert done.errors.startswith("Error: ")
    assert "Traceback" not in done.errors
    assert len(done.errors.strip().splitlines()) <= 6
    for word in words:
        assert word in done.errors, done.errors


def journal(data: Path) -> Path:
    (path,) = (data / "attempts").glob("*.jsonl")
    return path


def test_an_unknown_scenario_gets_a_suggestion(library: Path, tmp_path: Path) -> None:
    clear(command("play", "its-fin", data=tmp_path), 2, "no scenario 'its-fin'", "its-fine")
    clear(command("play", tmp_path / "nowhere.yaml", data=tmp_path), 2, "nowhere.yaml")
    clear(command("play", f"{tmp_path}{os.sep}", data=tmp_path), 2, "folder")
    clear(command("play", data=tmp_path), 2, "no scenario was named", "its-fine")
    clear(command("play", "its-fine", "--mode", "exam", data=tmp_path), 2, "--mode", "assess")
    clear(command("--library", tmp_path / "nowhere", "list", data=tmp_path), 2, "nowhere")


def test_a_scenario_with_mistakes_is_not_played(library: Path, tmp_path: Path) -> None:
    broken = library / "broken.yaml"
    broken.write_text(
        EXAMPLE.read_text().replace("id: example-scenario", "id: broken").replace("to: hurt", "to: hurtt")
    )
    done = command("play", broken, data=tmp_path / "data")
    clear(done, 2, "cannot be played", "alliance-trainer check")
    assert not (tmp_path / "data").exists()


def test_a_journal_of_a_newer_format_is_left_alone(half_played: Path) -> None:
    path = journal(half_played)
    first, *rest = path.read_bytes().splitlines(keepends=True)
    fields, _ = record.verify(first.rstrip(b"\n"))
    newer = {**fields, "v": 99}
    line = record.encode(newer) if hasattr(record, "encode") else None
    if line is None:
        import hashlib
        import json

        body = json.dumps({k: v for k, v in newer.items() if k != "sum"}, sort_keys=True, separators=(",", ":"))
        full = {**{k: v for k, v in newer.items() if k != "sum"}, "sum": hashlib.sha256(body.encode()).hexdigest()[:16]}
        line = json.dumps(full, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    path.write_bytes(line + b"".join(rest))
    before = path.read_bytes()
    done = command("resume", data=half_played, typed="mixed\nstay\n")
    assert done.code in (2, 4)
    assert "Traceback" not in done.errors
    assert path.read_bytes() == before
    shown = command("data", "check", data=half_played)
    assert "format 99" in " ".join(shown.out.split())


def test_a_damaged_journal_is_named_with_line_and_byte_and_left_alone(half_played: Path) -> None:
    path = journal(half_played)
    data = path.read_bytes()
    at = data.index(b"own-it", data.index(b'"choice"') - 200)
    path.write_bytes(data[:at] + b"own-at" + data[at + 6 :])
    before = path.read_bytes()
    for arguments in (("resume", path.stem), ("debrief",)):
        clear(command(*arguments, data=half_played), 4, "damaged at line", "byte")
    shown = command("data", "check", data=half_played)
    assert shown.code == 4
    assert "damaged at line" in " ".join(shown.out.split())
    assert path.read_bytes() == before
    done = command("cohort", "score", half_played, data=half_played)
    assert done.code == 3
    assert "damaged at line" in " ".join(done.out.split())


def test_a_torn_journal_goes_on_at_the_right_place(half_played: Path, library: Path) -> None:
    path = journal(half_played)
    path.write_bytes(path.read_bytes() + b'{"at":"2026-11-2')
    done = command("resume", "--library", library, data=half_played, typed="mixed\nstay\n")
    assert done.code == 0, done.errors
    assert "Debrief 3/3" in done.out
    assert list((half_played / "attempts").glob("*.torn-*"))


def test_data_that_cannot_be_written_ends_with_5_and_names_the_option(library: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    done = command("play", "example-scenario", "--library", library, data=blocked, typed=HALF)
    clear(done, 5, "--data-dir")


def test_no_home_at_all(library: Path, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "ALLIANCE_TRAINER_DATA": "", "HOME": "", "XDG_STATE_HOME": ""}
    done = command("play", "example-scenario", "--library", library, data=tmp_path, typed=HALF, environment=environment)
    assert "Traceback" not in done.errors
    assert done.code in (0, 5)


@pytest.mark.skipif(os.name != "posix", reason="needs RLIMIT_FSIZE: a full disk was NOT tested")
def test_a_full_disk_says_not_saved_and_keeps_what_was_recorded(library: Path, half_played: Path) -> None:
    size = journal(half_played).stat().st_size
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size + 150}, {size + 150}));"
        "sys.argv = ['alliance-trainer', *sys.argv[1:]];"
        "from alliance_trainer.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "resume", "--library", str(library)],
        input=b"mixed\nstay\n",
        capture_output=True,
        check=False,
        env={**os.environ, "ALLIANCE_TRAINER_DATA": str(half_played)},
    )
    assert done.returncode == 5, done.stderr
    assert b"could not be saved" in done.stderr
    assert b"safe" in done.stderr
    assert b"Traceback" not in done.stderr
    back = command("resume", "--library", library, data=half_played, typed="mixed\nstay\n")
    assert back.code == 0, back.errors
    assert "Debrief 3/3" in back.out


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell: closed streams were NOT tested")
@pytest.mark.parametrize(
    ("redirection", "codes"),
    [
        ("<&-", {0}),
        (">&-", {0, 5}),
        ("2>&-", {0}),
        ("</dev/null", {0}),
        (">/dev/full", {5}),
        ("| head -n 1", {0, 141}),
        ("| true", {0, 141}),
    ],
)
def test_closed_and_broken_streams_end_without_a_traceback(
    library: Path, tmp_path: Path, redirection: str, codes: set[int]
) -> None:
    line = f"{sys.executable} -m alliance_trainer play example-scenario --library {library} {redirection}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        input=b"confrontation\nown-it\n" if "<" not in redirection else None,
        capture_output=True,
        check=False,
        env={**os.environ, "ALLIANCE_TRAINER_DATA": str(tmp_path / "data")},
        timeout=60,
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode in codes, (done.returncode, done.stderr)


EDITS = {
    "reword a response": lambda text: text.replace("That I had forgotten your mother", "Forgotten her, yes"),
    "reword the patient": lambda text: text.replace("I thought that you had forgotten her.", "You forgot."),
    "reorder responses": lambda text: text.replace(
        "      stay:", "      other:\n        says: x\n        why: y\n        to: week\n      stay:"
    ),
    "rename a response": lambda text: text.replace("      stay:", "      remain:"),
    "rename a turn": lambda text: text.replace("  hurt:", "  wounded:").replace("to: hurt", "to: wounded"),
    "change a rating": lambda text: text.replace(
        "metacommunication: 2, responsibility: 1, empathy: 2", "metacommunication: -2, responsibility: 1, empathy: 2"
    ),
    "change a route": lambda text: text.replace("to: mended}", "to: smooth}"),
    "change a marker": lambda text: text.replace("markers: [cf-complaint-activities]", "markers: []"),
    "change the start": lambda text: text.replace("start: form", "start: week"),
    "change the bounds": lambda text: text.replace("max: 3}", "max: 1}"),
    "change the alliance": lambda text: text.replace("bond: 55", "bond: 5"),
    "break the file": lambda text: text.replace("turns:", "turns: ["),
    "empty the file": lambda _: "",
    "delete the file": None,
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_scenario_never_changes_an_attempt_that_has_begun(
    library: Path, half_played: Path, tmp_path: Path, edit: str
) -> None:
    twin = tmp_path / "twin"
    full = command("play", "example-scenario", "--library", library, data=twin, typed=HALF + "mixed\nstay\n")
    assert full.code == 0
    file = library / "example-scenario.yaml"
    change = EDITS[edit]
    if change is None:
        file.unlink()
    else:
        changed = change(file.read_text())
        assert changed != file.read_text()
        file.write_text(changed)
    done = command("resume", "--library", library, data=half_played, typed="mixed\nstay\n")
    assert done.code == 0, done.errors
    figures = [
        re.sub(
            r'"(attempt|trainee|receipt|started)": "[^"]*"', "", command("debrief", "--format", "json", data=data).out
        )
        for data in (half_played, twin)
    ]
    assert figures[0] == figures[1]


def test_all_data_is_private_and_holds_no_trace_of_the_account(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    script = "import os, sys; os.umask(0); from alliance_trainer.__main__ import main; main()"
    environment = {
        **os.environ,
        "ALLIANCE_TRAINER_DATA": str(data),
        "USER": "planted-user",
        "LOGNAME": "planted-user",
        "HOME": "/home/planted-home",
        "HOSTNAME": "planted-host",
    }
    subprocess.run(
        [sys.executable, "-c", script, "play", "example-scenario", "--library", str(library)],
        input=b"confrontation\nown-it\n",
        env=environment,
        check=True,
        capture_output=True,
    )
    for path in data.rglob("*"):
        mode = path.stat().st_mode & 0o777
        assert mode == (0o700 if path.is_dir() else 0o600), (path, oct(mode))
        if path.is_file():
            assert b"planted" not in path.read_bytes()
    (entry,) = Store(folder=data).entries()
    assert isinstance(entry.header, Header)
    assert re.fullmatch(r"[a-z]+-\d\d", entry.header.trainee)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "cp1252"])
@pytest.mark.parametrize("columns", ["20", "40", "80", "200"])
def test_every_encoding_and_width_plays(library: Path, tmp_path: Path, encoding: str, columns: str) -> None:
    scenario = (library / "example-scenario.yaml").read_text(encoding="utf-8")
    (library / "example-scenario.yaml").write_text(
        scenario.replace("It's fine. Really.", "It\u2019s fine \u2013 really\u2026 na\u00efve \u65e5\u672c"),
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "alliance_trainer", "play", "example-scenario", "--library", str(library)],
        input=b"confrontation\nexplain\nwithdrawal\nmove-on\n",
        capture_output=True,
        check=False,
        env={
            **os.environ,
            "ALLIANCE_TRAINER_DATA": str(tmp_path / "data"),
            "PYTHONIOENCODING": encoding,
            "COLUMNS": columns,
            "TERM": "vt100",
        },
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    text = done.stdout.decode(encoding)
    assert max(map(len, text.splitlines())) <= max(20, int(columns))
    assert b"Debrief 3/3" in b" ".join(done.stdout.split())
