"""Filled tables as Parquet files, written by DuckDB from whole columns."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliance_trainer.core.clean import clean
from alliance_trainer.core.errors import UsageError
from alliance_trainer.reports.cells import Value
from alliance_trainer.reports.tables import Kind, Sheet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ADD = "Add it: pip install 'alliance-trainer[cohort]'"
_TYPES: dict[Kind, str] = {"text": "VARCHAR", "whole": "BIGINT", "number": "DOUBLE", "truth": "BOOLEAN"}


def connection() -> "DuckDBPyConnection":
    """A database in memory. Raises UsageError where DuckDB is not installed."""
    try:
        import duckdb  # an extra, and only needed here
    except ImportError as error:
        raise UsageError("Parquet needs DuckDB, which is not installed.", _ADD) from error
    return duckdb.connect(":memory:")


def write_sheet(sheet: Sheet, out: Path) -> None:
    """Write a filled table: text is cleaned, what is not known is null. Raises OSError, UsageError without DuckDB."""
    made = connection()
    import duckdb  # it is there: a connection was made

    try:
        columns = zip(sheet.table.columns, sheet.columns, strict=True)
        made.register("sheet", {column.name: _array(column.kind, values) for column, values in columns})
        cast = ", ".join(f'"{one.name}"::{_TYPES[one.kind]} AS "{one.name}"' for one in sheet.table.columns)
        made.execute(f"COPY (SELECT {cast} FROM sheet) TO '{_quoted(out)}' (FORMAT parquet, COMPRESSION zstd)")
    except duckdb.IOException as error:
        raise OSError(None, "the system refused") from error
    finally:
        made.close()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _array(kind: Kind, values: tuple[Value, ...]) -> Any:  # the kinds of array that DuckDB takes
    import numpy as np  # DuckDB is loaded already

    if kind == "text":
        shown = {value: clean(value) for value in set(values) if isinstance(value, str)}
        texts = np.empty(len(values), dtype=object)
        texts[:] = [shown[value] if isinstance(value, str) else None for value in values]
        return texts
    if kind == "number":
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    missing = [value is None for value in values]
    filled = [0 if value is None else value for value in values]
    return np.ma.masked_array(np.array(filled, dtype=bool if kind == "truth" else np.int64), mask=missing)
