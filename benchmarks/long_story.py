"""A story of 40 turns, four bounded variables and some 20 million ways, as text: for the benchmarks of the proofs.

Fifteen steps deep: at each step one of two or three turns stands, and what was said before decides which.
"""

FREE = 4
"""In so many first layers no condition decides: hardly anything has been said yet."""

LAYERS = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o")


def turns_of(layer: int) -> list[str]:
    """The turns of a layer: one at the start, then two and three in turn, 40 in all."""
    if layer == 0:
        return ["a0"]
    return [f"{LAYERS[layer]}{number}" for number in range(3 if layer in (2, 3, 4, 6, 7, 9, 10, 12, 13, 14, 5) else 2)]


def long_story() -> str:
    """The YAML text of a sound scenario `long-story`."""
    lines = [
        "# ignore AT089, AT104: made by a program, which does not know what comes of its numbers",
        "format: 1",
        "id: long-story",
        "title: A long story",
        "summary: A long scenario made by a program.",
        "patient: {name: Kim, age: 40, background: Made by a program.}",
        "briefing: Nothing here was written by a person.",
        "variables:",
        "  pressed: {start: 0, min: 0, max: 4}",
        "  owned: {start: 0, min: 0, max: 4}",
        "alliance: {trust: 2, tension: 2}",
        "start: a0",
        "turns:",
    ]
    for layer in range(len(LAYERS)):
        for number, turn in enumerate(turns_of(layer)):
            lines += _turn(layer, number, turn)
    lines += [
        "endings:",
        "  good: {outcome: resolved, debrief: It went well.}",
        "  half: {outcome: partly, debrief: It went half well.}",
        "  gone: {outcome: dropout, debrief: It did not go well.}",
        "",
    ]
    return "\n".join(lines)


def _turn(layer: int, number: int, turn: str) -> list[str]:
    markers = "[]" if (layer + number) % 3 == 0 else "[cf-complaint-therapist]"
    lines = [
        f"  {turn}:",
        "    patient:",
        f'      - "This is what is said at {turn}, in a dozen words or so, no more than that."',
        "      - shows: looks up",
        f"    markers: {markers}",
        "    responses:",
    ]
    count = 4 if layer == 1 else 3
    for which in range(count):
        lines += _response(layer, number, which)
    return lines


def _response(layer: int, number: int, which: int) -> list[str]:
    rating = (2, -1, 0, 1)[(which + layer) % 4]
    lines = [
        f"      r{which}:",
        f'        says: "Reply {which} of {LAYERS[layer]}{number}, said in a dozen words or a few more of them."',
        f"        rates: {{recognition: {rating}, nondefensiveness: {(which + number) % 4 - 1},"
        f" metacommunication: {(which * 2 + layer) % 5 - 2}, responsibility: {rating if number else -rating}}}",
        "        why: It is rated so because a program needed numbers, and for no other reason.",
        f"        effects: {{trust: {(rating > 0) - (rating < 0):+}, tension: {1 if rating < 0 else -1:+},"
        f" pressed: {which % 2:+}, owned: {int(rating == 2):+}}}",
    ]
    return [*lines, *_ways(layer, which)]


def _ways(layer: int, which: int) -> list[str]:
    if layer == len(LAYERS) - 1:
        return [
            "        to:",
            "          - {when: trust >= 3 and owned >= 2, to: good}",
            "          - {when: tension <= 3, to: half}",
            "          - to: gone",
        ]
    after = turns_of(layer + 1)
    if layer < FREE:
        return [f"        to: {after[which % len(after)]}"]
    lines = ["        to:"]
    if len(after) == 3:
        lines.append(f"          - {{when: trust >= 3 and owned >= 1, to: {after[2]}}}")
    lines.append(f"          - {{when: tension >= 3 or pressed > 2, to: {after[1]}}}")
    return [*lines, f"          - to: {after[0]}"]
