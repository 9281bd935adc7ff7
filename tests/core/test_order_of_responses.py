"""The shuffled order: the same on every Python, as in the published vectors."""

from collections import Counter

import golden
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_trainer.core.order import shuffled

VECTORS = golden.read("integrity_vectors.json")["shuffle"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['seed']}-{vector['node']}")
def test_the_vectors(vector: dict) -> None:
    assert list(shuffled(vector["seed"], vector["node"], vector["ids"])) == vector["order"]


@given(ids=st.sets(st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True), max_size=9), seed=st.text(max_size=8))
def test_the_authors_order_does_not_matter(ids: set, seed: str) -> None:
    order = shuffled(seed, "slip", sorted(ids))
    assert order == shuffled(seed, "slip", sorted(ids, reverse=True))
    assert sorted(order) == sorted(ids)


def test_every_response_comes_first_about_equally_often() -> None:
    first = Counter(shuffled(str(seed), "slip", "abcd")[0] for seed in range(4_000))
    assert all(900 < times < 1_100 for times in first.values())
    assert len(first) == 4
