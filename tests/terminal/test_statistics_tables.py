"""Items, change and agreement on the screen: readable at every width, and the same said in plain mode."""

import pytest
from made_cohorts import Made, cohort, opened
from random_scenarios import Shape, make_scenario
from rich.cells import cell_len

from alliance_trainer.cohort.gathering import Gathered
from alliance_trainer.cohort.study.agreeing import agreement_of
from alliance_trainer.cohort.study.building import study
from alliance_trainer.cohort.study.comparing import Comparisons, compare
from alliance_trainer.cohort.study.figures import Estimate, Study
from alliance_trainer.cohort.study.rating_sheet import read_sheet
from alliance_trainer.core.debrief import percent
from alliance_trainer.core.model import Scenario
from alliance_trainer.reports.report_words import in_percent
from alliance_trainer.terminal.agree_table import agree_blocks
from alliance_trainer.terminal.blocks import Block
from alliance_trainer.terminal.compare_table import compare_blocks
from alliance_trainer.terminal.figures import per_cent
from alliance_trainer.terminal.items_table import TURNS, items_blocks
from alliance_trainer.terminal.layout import lay_out
from alliance_trainer.terminal.plain import plain_lines

SCENARIO: Scenario = make_scenario(Shape(turns=6, responses=4, conditions=False, loops=False), 11)
SHEET = "item,ines,a-rater-with-a-long-name\n" + "".join(f"x{n},{n % 5},{(n * n) % 5}\n" for n in range(14))


def found(trainees: int = 35, seed: int = 1) -> Study:
    made = cohort([SCENARIO], trainees, seed)
    return study(policy="first", result=made.result, moments=made.moments, scored=made.scored, scenarios=made.scenarios)


def several(many: int) -> list[Scenario]:
    """The same scenario under so many ids."""
    raw = SCENARIO.model_dump(mode="json", exclude_defaults=True)
    return [Scenario.model_validate(raw | {"id": f"s{number}"}) for number in range(many)]


def gathered(made: Made) -> Gathered:
    return Gathered(
        policy="first",
        result=made.result,
        kept=(),
        scored=made.scored,
        moments=made.moments,
        scenarios=made.scenarios,
    )


def compared(before: int = 20, after: int = 18, reliability: float | None = 0.8) -> Comparisons:
    first, second = cohort(several(4), before, 1), cohort(several(4), after, 2)
    return compare(gathered(first), gathered(second), reliability)


def shown(blocks: list[Block], columns: int) -> list[str]:
    return [line.text for block in blocks for group in lay_out(block, columns) for line in group]


def spoken(blocks: list[Block], columns: int = 80) -> str:
    return " ".join(line for block in blocks for group in plain_lines(block, columns) for line in group)


def blocks_at(columns: int, *, plain: bool = False) -> list[list[Block]]:
    return [
        items_blocks(found(), columns, plain=plain, everyone=True),
        compare_blocks(compared()),
        agree_blocks(agreement_of(read_sheet(SHEET))),
    ]


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80, 200])
def test_no_line_is_longer_than_the_screen(columns: int) -> None:
    for blocks in blocks_at(columns):
        assert max(cell_len(line) for line in shown(blocks, columns)) <= max(columns, 20)


@pytest.mark.parametrize("columns", [40, 60])
def test_nothing_is_lost_where_a_table_becomes_a_list_or_is_spoken(columns: int) -> None:
    told = found()
    texts = (
        " ".join(shown(items_blocks(told, columns, plain=False, everyone=True), columns)),
        spoken(items_blocks(told, columns, plain=True, everyone=True)),
    )
    for text in texts:
        for turn in told.turns:
            assert f"{turn.turn} in {turn.scenario}" in text
            for use in turn.responses:
                assert use.response in text
                assert f"{percent(use.share)} %" in text
                assert " ".join(use.says.split()[:4]) in text


def of(made: Made) -> Study:
    return study(policy="first", result=made.result, moments=made.moments, scored=made.scored, scenarios=made.scenarios)


def test_what_was_not_on_offer_to_all_is_said_to_be_so_at_every_width() -> None:
    told = of(opened(40, 2))
    for columns in (60, 80):
        lines = shown(items_blocks(told, columns, plain=False, everyone=True), columns)
        at = next(place for place, line in enumerate(lines) if line.strip().startswith("waits *"))
        assert lines[at].split() == ["waits", "*", "1", "of", "2", "50", "%", "-"]
        assert lines[at + 1].strip() == '"waits words"'
        assert lines[at + 2].strip() == "* best where it was on offer"
        assert "* best where waits was not on offer" in " ".join(lines)
    narrow = " ".join(line.strip() for line in shown(items_blocks(told, 40, plain=False, everyone=True), 40))
    for text in (narrow, spoken(items_blocks(told, 80, plain=True, everyone=True), 1000)):
        assert (
            'waits: "waits words": chosen by 1 of the 2 to whom it was on offer (50 %), the best where it was on offer'
            in text
        )
        assert "chosen by 20 (50 %), the best where waits was not on offer" in text


def test_false_alarms_are_not_called_noticing() -> None:
    told = found()
    text = spoken(items_blocks(told, 80, plain=True, everyone=True), 1000)
    plain = next(turn for turn in told.turns if turn.rupture == "none" and turn.asked)
    assert f"Noticed: {plain.asked - plain.named} of {plain.asked} left it plain" in text
    assert f"{plain.named} of {plain.asked} named a rupture" not in text


@pytest.mark.parametrize(
    ("share", "whole"), [(9 / 40, 23), (57 / 200, 29), (1 / 3, 33), (0.0, 0), (1.0, 100), (1 / 200, 1)]
)
def test_a_half_is_rounded_up_on_the_screen_and_in_the_report(share: float, whole: int) -> None:
    assert (per_cent(share), percent(share)) == (f"{whole} %", whole)
    assert in_percent(Estimate(value=share, n=40)) == f"{whole} %"


def test_the_first_turns_and_how_to_see_the_others() -> None:
    many = cohort(several(3), 12)
    told = study(policy="first", result=many.result, moments=many.moments, scored=many.scored, scenarios=many.scenarios)
    text = spoken(items_blocks(told, 80, plain=True, everyone=False))
    assert f"... {len(told.turns) - TURNS} more turns (--all, or --format csv)" in text
    assert "more turns" not in spoken(items_blocks(told, 80, plain=True, everyone=True))


def test_few_trainees_are_told_why_there_is_no_figure() -> None:
    text = spoken(items_blocks(found(3), 80, plain=True, everyone=True))
    assert "not given: it needs 10 answers or more (here 3)" in text
    assert "Phi not given: it needs 30 trainees or more" in text


def test_change_names_who_has_no_partner_and_how_large_it_is() -> None:
    told = compared()
    assert (told.only_before, told.only_after) == (("wren-018", "wren-019"), ())
    text = spoken(compare_blocks(told), 1000)
    assert "Only before: wren-018, wren-019" in text
    assert "Only after: none" in text
    assert "Size, g_av:" in text
    assert "Reliably better:" in text
    assert "reliability 0.8 that you gave" in text
    assert "Reliabl" not in spoken(compare_blocks(compared(reliability=None)), 1000)


def test_change_of_few_pairs_has_its_mean_and_no_size() -> None:
    few = spoken(compare_blocks(compared(8, 7)), 1000)
    assert "not given: it needs 10 pairs or more (here 7)" in few
    assert "Reliable change: not given: it needs 10 pairs or more" in few
    none = spoken(compare_blocks(compared(4, 4)), 1000)
    assert "Mean change: not given: it needs 5 pairs or more (here 4)" in none
    assert "before," not in none


def test_who_met_too_few_moments_is_named_and_not_compared() -> None:
    first = cohort(several(1), 12, 1)
    told = compare(gathered(first), gathered(cohort(several(4), 12, 2)))
    assert any(score.too_few for score in told.scores)
    for score in told.scores:
        if score.of != "noticed":
            met = {one.attempt.trainee: one.skills[score.of] for one in first.scored if score.of in one.skills}
            few = {trainee for trainee, figures in met.items() if figures is None or figures.moments < 5}
            assert few <= set(score.too_few)
        assert len(score.pairs) + len(score.too_few) == 12
        if score.too_few:
            assert f"Too few moments: {', '.join(score.too_few)}" in spoken(compare_blocks(told), 2000)
