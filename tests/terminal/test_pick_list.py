"""The rows of the long list of scenarios: at every width whole, told apart, and found by more than what is shown."""

import pytest
from rich.cells import cell_len

from alliance_trainer.scenario_files import library
from alliance_trainer.terminal import listing

HEADERS = library.headers(())


@pytest.mark.parametrize("width", [26, 30, 36, 46, 56, 76])
def test_no_row_is_cut_by_the_screen_and_each_says_how_hard_and_whether_new(width: int) -> None:
    rows = listing.rows(HEADERS, {HEADERS[0].id: 1}, width)
    assert max(map(cell_len, rows)) <= width
    assert all("difficulty " in row for row in rows)
    assert [row.endswith(", new") for row in rows] == [False, *[True] * (len(rows) - 1)]
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("width", [36, 76])
def test_a_search_finds_titles_and_ids_that_are_not_shown_whole(width: int) -> None:
    for row, header in zip(listing.rows(HEADERS, {}, width), HEADERS, strict=True):
        assert header.id in row.lower()
        assert header.title.lower() in row.lower()


def test_where_there_is_room_titles_stand_whole_with_their_ids() -> None:
    for row, header in zip(listing.rows(HEADERS, {}, 76), HEADERS, strict=True):
        assert row.startswith(f"{header.title} ({header.id}), difficulty ")
