"""How long `progress` takes over many attempts: with its index, and once without, beside a bare Python start.

Run it with:  python benchmarks/progress.py [ATTEMPTS]
Writes so many finished attempts at shipped scenarios (2,000 unless told) and a tenth as many drills into a folder of
its own, then prints medians in seconds and as ratios to `python -c pass` in the same run.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alliance_trainer.core import course as courses
from alliance_trainer.core.course import strongest_way
from alliance_trainer.core.draws import Draws
from alliance_trainer.core.model import Scenario
from alliance_trainer.core.vocabulary.markers import MARKERS
from alliance_trainer.journal import drill_events, events
from alliance_trainer.journal.drill_events import Asked, DrillHeader, Noticed
from alliance_trainer.journal.events import Choice, End, Header, Probe, ScenarioRef, Shown
from alliance_trainer.journal.families import DRILLS, AnyEvent
from alliance_trainer.journal.record import GENESIS, write
from alliance_trainer.journal.store import Store, new_attempt_id
from alliance_trainer.scenario_files import library, loader

RUNS = 9
AIM = 0.5


def main() -> None:
    """Make the records, then measure."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, many)
        environment = {**os.environ, "ALLIANCE_TRAINER_DATA": name}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as people have it: compiled at the first run
        program = [str(Path(sys.executable).with_name("alliance-trainer")), "progress"]
        without = seconds(program, environment)
        bare = [sys.executable, "-c", "pass"]
        pairs = [(seconds(bare, environment), seconds(program, environment)) for _ in range(RUNS)]
        size = (folder / "history.index").stat().st_size
    took = statistics.median(each for _, each in pairs)
    ratio = statistics.median(each / base for base, each in pairs)
    print(f"{many} attempts and {many // 10} drills; the index has {size / 1e6:.1f} MB")
    print(f"with its index     {took:6.2f} s   {ratio:6.1f} x a bare start   (aim: at most {AIM} s)")
    print(f"without, this once {without:6.2f} s   {1000 * without / (many + many // 10):6.2f} ms a record")
    print(f"bare start         {statistics.median(base for base, _ in pairs):6.3f} s, median of {RUNS} runs in turn")


def seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    """Seconds until the process ends."""
    began = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def make(folder: Path, many: int) -> None:
    """Write the records as the program would, but without a sync for each."""
    kept, draws = Store(folder=folder), Draws("progress")
    scenarios = [(path, loader.load_path(path)) for path in library.shipped()[:6]]
    for path, loaded in scenarios:
        assert loaded.identity is not None
        kept.keep_scenario(loaded.identity.sha256, path.read_bytes())
    (folder / "attempts").mkdir()
    (folder / "drills").mkdir()
    began = datetime(2024, 1, 1, tzinfo=UTC)
    for number in range(many):
        _, loaded = scenarios[number % len(scenarios)]
        assert loaded.scenario is not None
        assert loaded.identity is not None
        identity = loaded.identity
        header = Header(
            v=events.FORMAT,
            app="0.1.0",
            attempt=new_attempt_id(),
            trainee="wren-27",
            scenario=ScenarioRef(
                id=loaded.scenario.id,
                sha256=identity.sha256,
                graph=identity.graph,
                text=identity.text,
                key=identity.key,
            ),
            mode="practice",
            seed="1",
            notice="before",
            started=events.moment(began + timedelta(hours=9 * number)),
        )
        journal = chained(header, played(loaded.scenario, draws))
        kept.path(header.attempt).write_bytes(journal)
    for number in range(many // 10):
        drill = DrillHeader(
            v=drill_events.FORMAT,
            app="0.1.0",
            drill=new_attempt_id(),
            trainee="wren-27",
            seed="1",
            feedback="each",
            count=10,
            started=events.moment(began + timedelta(hours=90 * number + 1)),
        )
        Store(folder=folder, family=DRILLS).path(drill.drill).write_bytes(chained(drill, asked(draws)))


def played(scenario: Scenario, draws: Draws) -> list[AnyEvent]:
    """A play by chance, cut off after as many answers as the strongest way has and gone on with that way's luck."""
    course, found = courses.begin(scenario), list[AnyEvent]()
    longest = 3 * len(strongest_way(scenario).exchanges)
    while not course.state.ended and course.number <= longest:
        turn = scenario.turns[course.state.place]
        offered = tuple(courses.engine.offered(scenario, course.state))
        notice = draws.one_of(("none", "withdrawal", "confrontation", "mixed"))
        response = draws.one_of(offered)
        if turn.notice:
            found.append(Probe(turn=course.state.place, answer=notice, ms=3000))  # type: ignore[arg-type]
        found += [
            Shown(turn=course.state.place, order=offered),
            Choice(turn=course.state.place, response=response, ms=9000),
        ]
        course = courses.answer(course, response, None)
    return found if not course.state.ended else [*found, ended(course.state.place)]


def ended(place: str) -> End:
    """The end at an ending; its counts are put in when it is chained."""
    return End(ending=place, count=1, head=GENESIS)


def asked(draws: Draws) -> list[AnyEvent]:
    """Ten moments, answered by chance."""
    found: list[AnyEvent] = []
    for number in range(10):
        item, markers = f"made-up/moment-{draws.below(500)}", ((draws.one_of(list(MARKERS)),) if number % 5 < 3 else ())
        answer = draws.one_of(("none", "withdrawal", "confrontation", "mixed"))
        found += [
            Asked(item=item, source="moments", markers=markers, content=GENESIS),
            Noticed(item=item, answer=answer, ms=5000),  # type: ignore[arg-type]
        ]
    return [*found, End(reason="all answered", count=1, head=GENESIS)]


def chained(first: Header | DrillHeader, found: Sequence[AnyEvent]) -> bytes:
    """The bytes of a journal."""
    lines, head = b"", GENESIS
    for seq, event in enumerate((first, *found)):
        told = End(ending=event.ending, reason=event.reason, count=seq, head=head) if isinstance(event, End) else event
        family = {"family": DRILLS} if isinstance(first, DrillHeader) else {}
        record, line = write(told, seq=seq, prev=head, **family)
        lines, head = lines + line, record.sum
    return lines


if __name__ == "__main__":
    main()
