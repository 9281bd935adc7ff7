"""Whether a roster is taken apart in a straight line: twice the rows, twice the time, beside Python's csv module.

Run it with:  python benchmarks/roster.py
Prints processor time for 10,000 to 80,000 rows, and the ratio to csv.reader going over the same text.
"""

import csv
import io
import time
from collections import deque
from collections.abc import Callable

from alliance_trainer.reports.roster import read_roster

SIZES = (10_000, 20_000, 40_000, 80_000)


def seconds(work: Callable[[], object]) -> float:
    """Processor time of some work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """One size after the other."""
    for rows in SIZES:
        data = b"a,b,c\n" + b'x,"y z",3\n' * rows
        text = data.decode()
        base = seconds(lambda text=text: deque(csv.reader(io.StringIO(text)), maxlen=0))
        spent = seconds(lambda data=data: read_roster(data))
        print(f"{rows:6} rows: {spent:5.2f} s, {spent / rows * 1e6:4.1f} µs a row, {spent / base:4.1f} x csv.reader")


if __name__ == "__main__":
    main()
