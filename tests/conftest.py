"""Settings and fixtures shared by all tests."""

import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, and before anything loads numpy
sys.path.insert(0, str(Path(__file__).parent))  # so that tests can import sizes, random_scenarios, screens

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a script, and so in all that is started
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(
    "suite",
    deadline=None,  # performance is measured in benchmarks/, never as a timed test
    derandomize=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def private_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test ever touches the real data folder, settings or colours of the person who runs it."""
    folder = tmp_path / "data"
    monkeypatch.setenv("ALLIANCE_TRAINER_DATA", str(folder))
    for name in ("ALLIANCE_TRAINER_LIBRARY", "ACCESSIBLE", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return folder
