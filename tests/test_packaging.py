"""The package as it is installed: the shipped scenarios lie in the wheel, and beside the package where it is editable."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHIPPED = sorted(path.name for path in (ROOT / "scenarios").glob("*.yaml"))
MOMENTS = sorted(path.name for path in (ROOT / "scenarios" / "moments").glob("*.yaml"))


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def installed(site: Path, *arguments: str, cwd: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(site), "ALLIANCE_TRAINER_DATA": str(cwd / "data")}
    done = subprocess.run(
        [sys.executable, "-m", "alliance_trainer", *arguments],
        env=environment,
        cwd=cwd,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_the_wheel_holds_the_scenarios_the_types_and_nothing_that_is_not_the_package(unpacked_wheel: Path) -> None:
    inside = unpacked_wheel / "alliance_trainer" / "scenarios"
    assert sorted(path.name for path in inside.iterdir()) == sorted([*SHIPPED, "moments"])
    assert sorted(path.name for path in (inside / "moments").iterdir()) == MOMENTS
    assert (unpacked_wheel / "alliance_trainer" / "py.typed").exists()
    names = {path.name for path in unpacked_wheel.iterdir()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"alliance_trainer"}


def test_the_wheel_alone_lists_and_plays_the_scenarios(unpacked_wheel: Path, tmp_path: Path) -> None:
    listed = installed(unpacked_wheel, "list", cwd=tmp_path)
    for name in SHIPPED:
        assert name.removesuffix(".yaml") in listed
    where = installed(
        unpacked_wheel, "--library", str(ROOT / "scenarios"), "play", "its-fine", "--from", "slip", cwd=tmp_path
    )
    assert "Patient:" in where


def test_without_an_installed_copy_the_folder_beside_the_package_is_used() -> None:
    from alliance_trainer.scenario_files import library

    assert library.shipped_folder() == ROOT / "scenarios"
    assert sorted(path.name for path in library.shipped()) == SHIPPED
