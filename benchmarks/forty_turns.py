"""A scenario of 40 turns with four responses each, as text: for benchmarks and for trying things out at size."""

TURNS = 40
SETTLED = 7
"""No conditions before this turn is over."""


def forty_turns() -> str:
    """The YAML text of a sound scenario `forty-turns`: every turn leads to one of the next two, some by condition."""
    lines = [
        "format: 1",
        "id: forty-turns",
        "title: Forty turns",
        "summary: A long scenario made by a program.",
        "patient: {name: Kim, age: 40, background: Made by a program.}",
        "briefing: Nothing here was written by a person.",
        "variables:",
        "  pressed: {start: 0, min: 0, max: 3}",
        "start: t00",
        "turns:",
    ]
    for number in range(TURNS):
        lines += _turn(number)
    lines += [
        "endings:",
        "  good: {outcome: resolved, debrief: It went well.}",
        "  half: {outcome: partly, debrief: It went half well.}",
        "  gone: {outcome: dropout, debrief: The patient left.}",
    ]
    return "\n".join(lines) + "\n"


def _turn(number: int) -> list[str]:
    late = number > TURNS - 14  # a withdrawal so late could be passed over for good
    marker = ("[]", "[cf-defends-self]" if late else "[wd-denial]", "[cf-complaint-therapist]")[number % 3]
    lines = [
        f"  t{number:02}:",
        "    patient:",
        f'      - "I said something in turn {number}, and then I said a little more about the week."',
        "      - shows: looks at the window",
        f'      - {{says: "You pressed me, in turn {number}.", when: pressed >= 2}}' if number > SETTLED else "",
        "    inside: What the patient feels is written here, in a sentence or two.",
        f"    markers: {marker}",
        "    responses:",
    ]
    for which in range(4):
        lines += _response(number, which)
    return [line for line in lines if line]


def _response(number: int, which: int) -> list[str]:
    ahead = min(number + 1 + which % 2, TURNS)
    to = f"t{ahead:02}" if ahead < TURNS else "good"
    rating = 2 - which
    return [
        f"      r{which}:",
        f'        says: "This is reply {which} of turn {number}, said in a dozen words or a few more."',
        f"        rates: {{recognition: {rating}, nondefensiveness: {(which + number) % 5 - 2},"
        f" metacommunication: {(which * 2 + number) % 5 - 2}}}",
        "        why: It is rated so because a program needed numbers, and for no other reason.",
        f"        effects: {{bond: {rating * 2:+}, tension: {-1 if rating > 0 else 1:+}, pressed: {which % 2:+}}}",
        *_ways(number, which, to),
    ]


def _ways(number: int, which: int, to: str) -> list[str]:
    """Where a response leads: in the first turns hardly anything can have happened that a condition could ask about."""
    if number <= SETTLED:
        return [f"        to: {to}"]
    bad = f"          - {{when: pressed >= 3 and tension >= 4, to: {'half' if number % 2 else 'gone'}}}"
    calm = f"          - {{when: tension <= 1 and pressed <= 1, to: {to if number % 3 else 'half'}}}"
    return [
        "        to:",
        *([bad] if which else []),
        *([calm] if which < 3 else []),
        f"          - to: {to}",
    ]
