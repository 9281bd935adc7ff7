"""A second scorer, written from the rules in another style, slowly: whatever both say is likely right.

It shares no scoring, engine or automaton code. An illegal record ends in a LookupError or ValueError.
"""

import re
from fractions import Fraction
from functools import cache
from math import sqrt

from alliance_trainer.core.conditions import write

WORTH = {"dropout": 0, "impasse": 1, "sealed": 1, "partly": 2, "resolved-immediate": 3, "resolved": 4, "worked-on": 4}
FOUR = ["recognition", "nondefensiveness", "metacommunication", "responsibility"]
SEVEN = [*FOUR, "inquiry", "empathy", "shifts"]
SIDES = {"none": "", "withdrawal": "w", "confrontation": "c", "mixed": "wc"}


@cache
def code(when):
    text = re.sub(r"chose\((\S+?)\)", r"('\1' in C)", write(when))
    text = re.sub(r"visited\((\S+?)\)", r"('\1' in V)", text)
    return compile(re.sub(r"([a-z][a-z0-9-]*) ([<>=!]+) ", r"N.get('\1', 0) \2 ", text), "when", "eval")


def true(when, world):
    return when is None or eval(code(when), {"N": dict(world[1]), "V": world[2], "C": world[3]})


def start(scenario):
    return scenario.start, tuple(sorted(scenario.start_values.items())), frozenset(), frozenset()


kept = [None, {}]


def moves(scenario, world):
    """Where each response on offer leads; kept for one scenario, of which many plays go through the same worlds."""
    if kept[0] is not scenario:
        kept[:] = scenario, {}
    if world not in kept[1]:
        kept[1][world] = ways(scenario, world)
    return kept[1][world]


def rule(response):
    total = sum(response.rates.get(skill, 0) for skill in FOUR)
    return {"bond": 3 * total, "tension": response.harm + (total < -1) - (total > 3)}


def ways(scenario, world):
    place, found = world[0], {}
    for name, response in scenario.turns[place].responses.items() if place in scenario.turns else ():
        if not true(response.when, world):
            continue
        values = dict(world[1])
        for variable, change in (rule(response) if response.effects is None else response.effects).items():
            low, high = scenario.bounds[variable]
            values[variable] = sorted((low, values[variable] + change, high))[1]
        after = tuple(sorted(values.items())), world[2] | {place}, world[3] | {f"{place}.{name}"}
        found[name] = (next(way.to for way in response.to if true(way.when, (None, *after))), *after)
    return found


def reach(scenario, cap=250):
    """The best outcome still in reach from every world, or None where there are too many worlds."""
    graph, todo = {}, {start(scenario)}
    while todo:
        world = todo.pop()
        graph[world] = list(moves(scenario, world).values())
        todo |= {to for to in graph[world] if to not in graph}
        if len(graph) + len(todo) > cap:
            return None
    best = {w: WORTH[scenario.endings[w[0]].outcome] if w[0] in scenario.endings else -1 for w in graph}
    while True:
        after = {w: max([best[w], *(best[to] for to in tos)]) for w, tos in graph.items()}
        if after == best:
            return best
        best = after


def negative(response):
    return response.harm > 0 or min([0, *response.rates.values()]) < 0


def skill_points(scenario, moment, skill):
    """(weight, chosen, all ratings) of one moment for one skill, or None."""
    turn, chosen, offered, _ = moment
    rates = {name: scenario.turns[turn].responses[name].rates for name in offered}
    ratings = [rate.get(skill, 0) for rate in rates.values()]
    if any(skill in rate for rate in rates.values()) and len(set(ratings)) > 1:
        return scenario.turns[turn].weight, rates[chosen].get(skill, 0), ratings
    return None


def skill(scenario, first, name):
    """S, chance, K, n_eff, n*, low, high, moments, points, offered; None if never met."""
    met = [found for moment in first if (found := skill_points(scenario, moment, name))]
    if not met:
        return None
    num = sum(w * (r - min(rs)) for w, r, rs in met)
    den = sum(w * (max(rs) - min(rs)) for w, _, rs in met)
    share, chance = (
        Fraction(num, den),
        sum(w * Fraction(sum(r - min(rs) for r in rs), len(rs)) for w, _, rs in met) / den,
    )
    spread = sum(Fraction(w * w * sum((len(rs) * r - sum(rs)) ** 2 for r in rs), len(rs) ** 3) for w, _, rs in met)
    trials = chance * (1 - chance) * den * den / spread
    n, p, z = float(trials), float(share), 1.9599639845400545
    middle, half = p + z * z / 2 / n, z * sqrt(p * (1 - p) / n + (z / 2 / n) ** 2)
    ends = [min(1, max(0, (middle + side * half) / (1 + z * z / n))) for side in (-1, 1)]
    n_eff = Fraction(den**2, sum((w * (max(rs) - min(rs))) ** 2 for w, _, rs in met))
    return [share, chance, (share - chance) / (1 - chance), n_eff, trials, *ends, len(met), num, den]


def noticed(scenario, first):
    """Mean quarters at ruptures and at foils, averaged; and how many of each."""
    sums = {True: [], False: []}
    for turn, _, _, answer in first:
        gold = scenario.turns[turn].rupture
        if scenario.turns[turn].notice and answer is not None:
            a, b = SIDES[gold], SIDES[answer]
            half = 2 if a and b and (a in b or b in a) else 1 if a and b else 0
            sums[gold != "none"].append(4 if gold == answer else half)
    both = [Fraction(sum(got), 4 * len(got)) for got in sums.values() if got]
    return (sum(both) / 2 if len(both) == 2 else None), len(sums[True]), len(sums[False])


def episodes(scenario, worlds, choices):
    """(first, turns, trainee-made, worsened, resolved, turns to a strong answer) of each episode."""
    turns, found = [world[0] for world in worlds], []
    marks = "".join("R" if t in scenario.turns and scenario.turns[t].rupture != "none" else "-" for t in turns)
    for run in re.finditer("R+", marks[:-1]):
        said = [scenario.turns[t].responses[c] for t, c in zip(turns, choices, strict=False)]
        after, strong = turns[run.end()], None
        for place in reversed(range(*run.span())):
            one = (turns[place], choices[place], list(moves(scenario, worlds[place])), None)
            points = [met for name in FOUR if (met := skill_points(scenario, one, name))]
            got, can = sum(r - min(rs) for _, r, rs in points), sum(max(rs) - min(rs) for _, _, rs in points)
            strong = place - run.start() + 1 if can and 4 * got >= 3 * can else strong
        resolved = WORTH[scenario.endings[after].outcome] >= 3 if after in scenario.endings else marks[run.end()] == "-"
        made = run.start() > 0 and negative(said[run.start() - 1])
        still = after in scenario.turns and marks[run.end()] == "R"
        worse = any(map(negative, said[slice(*run.span())]))
        found.append((run.start(), len(run[0]), made, worse, None if still else resolved, strong))
    return found


def naive_score(scenario, steps, status, best):
    worlds, choices, log, rewound = [start(scenario)], [], [], False
    for step in steps:
        if step.rewind is not None:
            rewound = True
            if step.rewind not in scenario.turns:
                raise ValueError(step)
            if step.rewind in [world[0] for world in worlds[:-1]]:
                worlds.pop(), choices.pop()
            while worlds[-1][0] != step.rewind:
                worlds.pop(), choices.pop()
        else:
            options = moves(scenario, worlds[-1])
            if step.turn != worlds[-1][0] or step.notice not in (None, *SIDES):
                raise ValueError(step)
            worlds.append(options[step.response])
            choices.append(step.response)
            log.append((step.turn, step.response, list(options), step.notice))
    ended = worlds[-1][0] in scenario.endings
    if status == "complete" and not ended:
        raise ValueError(status)
    first = list({moment[0]: moment for moment in reversed(log)}.values())
    harm = [scenario.turns[turn].responses[chosen].harm for turn, chosen, _, _ in first]
    ways = best and [max(0, best[world]) for world in worlds]
    return {
        "skills": {name: skill(scenario, first, name) for name in SEVEN},
        "noticed": noticed(scenario, first),
        "harm": (harm.count(1), harm.count(2)),
        "ending": worlds[-1][0] if ended else None,
        "outcome": WORTH[scenario.endings[worlds[-1][0]].outcome] if ended and not rewound else None,
        "lost": ways
        and [(w[0], c, a - b) for w, c, a, b in zip(worlds, choices, ways, ways[1:], strict=False) if a > b],
        "rewound": rewound,
        "answers": len(log),
        "episodes": [] if rewound else episodes(scenario, worlds, choices),
        "curve": [tuple(dict(world[1])[name] for name in ("bond", "task", "goal", "tension")) for world in worlds],
    }
