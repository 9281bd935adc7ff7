"""The `when` language: what is read is what was written, and where the trouble is when it cannot be."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_scorer import true
from random_scenarios import NAMES, condition_trees, seeds
from sizes import scaled

from alliance_trainer.core import conditions
from alliance_trainer.core.conditions import And, Chose, Compare, ConditionSyntaxError, Not, Or, Visited

TRUST = Compare(variable="trust", sign=">=", number=3)
SLIP = Visited(turn="slip")
OWN = Chose(turn="slip", response="own-the-slip")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("trust >= 3", TRUST),
        ("  trust>=3 ", TRUST),
        ("trust >= +3", TRUST),
        ("tension<-1", Compare(variable="tension", sign="<", number=-1)),
        ("visited( slip )", SLIP),
        ("chose(slip . own-the-slip)", OWN),
        ("not trust >= 3", Not(of=TRUST)),
        ("not not visited(slip)", Not(of=Not(of=SLIP))),
        ("not (trust >= 3 or visited(slip))", Not(of=Or(parts=(TRUST, SLIP)))),
        ("trust >= 3 and visited(slip) or chose(slip.own-the-slip)", Or(parts=(And(parts=(TRUST, SLIP)), OWN))),
        (
            "trust >= 3 and (visited(slip) or not chose(slip.own-the-slip))",
            And(parts=(TRUST, Or(parts=(SLIP, Not(of=OWN))))),
        ),
        ("((trust >= 3))", TRUST),
        (
            "notable == 1 or order == 2",
            Or(
                parts=(Compare(variable="notable", sign="==", number=1), Compare(variable="order", sign="==", number=2))
            ),
        ),
    ],
)
def test_reading(text: str, tree: conditions.Condition) -> None:
    assert conditions.parse(text) == tree
    assert conditions.parse(conditions.write(tree)) == tree


@given(tree=condition_trees())
@settings(max_examples=scaled(500))
def test_what_is_written_reads_the_same(tree: conditions.Condition) -> None:
    text = conditions.write(tree)
    assert conditions.parse(text) == tree
    assert conditions.write(conditions.parse(text)) == text
    assert conditions.parse(text.replace(" ", "\t ").replace("(", "( ").replace(")", " )")) == tree


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ("trust", 5, "one of < <= == != >= >"),
        ("trust >=", 8, "a whole number"),
        ("trust >= three", 9, "a whole number"),
        ("trust = 3", 6, "write == "),
        ("trust => 3", 6, "write >= for 'at least'"),
        ("trust =< 3", 6, "write <= for 'at most'"),
        ("trust ≥ 3", 6, "write >= for 'at least'"),
        ("trust ≤ 3", 6, "write <= for 'at most'"),
        ("trust ≠ 3", 6, "write != for 'is not'"),
        ("trust <> 3", 6, "write != for 'is not'"),
        ("trust >= 3 && visited(slip)", 11, "write and in words"),
        ("trust >= 3 || visited(slip)", 11, "write or in words"),
        ("trust >= 3 visited(slip)", 11, "join conditions"),
        ("trust >= 3 and", 14, "expected"),
        ("and trust >= 3", 0, "on each side"),
        ("(trust >= 3", 11, "parenthesis"),
        ("trust >= 3)", 10, "join conditions"),
        ("visited slip", 8, "visited needs '('"),
        ("visited(3)", 8, "a turn's id is expected"),
        ("chose(slip)", 10, "chose(turn.response)"),
        ("chose(slip.)", 11, "a response's id"),
        ("trust >= 3 and  $", 16, "no meaning"),
        ("trust >= 3 and !visited(slip)", 15, "write not in words"),
        ("trust >= 3 AND visited(slip)", 11, "write 'and' in small letters"),
        ("Not visited(slip)", 0, "write 'not' in small letters"),
        ("Trust >= 3", 0, "write 'trust' in small letters"),
        ("trust >= 3 and Ärger > 1", 15, "no meaning in a condition: 'Ä'"),
        ("trust >= 3.5", 9, "a whole number is expected here, found '3.5'"),
        ("trust > -0,5 and visited(slip)", 8, "a whole number is expected here, found '-0,5'"),
        ("(" * 17 + "trust >= 3", 16, "nested too deeply"),
        ("not " * 17 + "trust >= 3", 64, "nested too deeply"),
    ],
)
def test_what_cannot_be_read_says_where(text: str, offset: int, words: str) -> None:
    with pytest.raises(ConditionSyntaxError) as caught:
        conditions.parse(text)
    assert caught.value.offset == offset
    assert words in caught.value.message


PIECES = ("trust", "and", "or", "not", "chose", "visited", "(", ")", ".", ">=", "=", "3", "-1", " ", "$", "slip", "\n")


def pieced(count: int, seed: int) -> str:
    return "".join(random.Random(seed).choices(PIECES, k=count))


@given(text=st.one_of(st.text(max_size=40), st.builds(pieced, st.integers(0, 20), seeds)))
@settings(max_examples=scaled(500))
def test_any_text_is_read_or_refused_with_a_place_inside_it(text: str) -> None:
    try:
        tree, offset = conditions.parse(text), 0
    except ConditionSyntaxError as error:
        tree, offset = None, error.offset
    assert 0 <= offset <= len(text)
    assert tree is None or conditions.parse(conditions.write(tree)) == tree


@given(tree=condition_trees(), seed=seeds)
@settings(max_examples=scaled(300))
def test_truth_is_as_in_python(tree: conditions.Condition, seed: int) -> None:
    rng = random.Random(seed)
    values = {name: rng.randint(-3, 3) for name in NAMES if rng.random() < 0.5}
    visited = frozenset(name for name in NAMES if rng.random() < 0.4)
    chosen = frozenset(f"{turn}.{response}" for turn in NAMES for response in NAMES if rng.random() < 0.4)
    assert conditions.holds(tree, values, chosen, visited) == true(tree, (None, values.items(), visited, chosen))
    assert conditions.holds(Not(of=tree), values, chosen, visited) != conditions.holds(tree, values, chosen, visited)


def test_no_condition_always_holds_and_has_no_atoms() -> None:
    assert conditions.holds(None, {}, frozenset(), frozenset())
    assert list(conditions.atoms(None)) == []


def test_atoms_from_left_to_right() -> None:
    tree = Or(parts=(And(parts=(TRUST, Not(of=SLIP))), OWN))
    assert list(conditions.atoms(tree)) == [TRUST, SLIP, OWN]
