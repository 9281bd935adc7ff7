"""Manual pages of what is wrong within a part: conditions, beats, routes and variables."""

from alliance_trainer.core.manual import Page, page_of

RULE_PAGES: tuple[Page, ...] = tuple(
    page_of(code, "error", text)
    for code, text in {
        "AT053": """
A condition cannot be read.

A condition compares a variable with a whole number (< <= == != >= >), or asks chose(turn.response) or visited(turn).
Join conditions by and, or, not, with parentheses where they are needed. Two equals signs mean "is exactly".

Bad:

    turns:
      opening:
        patient:
          - I nearly did not come today.
          - shows: looks at the door
            when: tension = 2   # <- write tension == 2
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done

Good:

    turns:
      opening:
        patient:
          - I nearly did not come today.
          - shows: looks at the door
            when: tension == 2
        responses:
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            to: done
          insist:
            says: You should come every week.
            why: Lectures.
            effects: {tension: +1}
            to: opening
""",
        "AT058": """
A beat is not exactly one thing.

Each thing that the patient does is an entry of its own: a text that is said, `shows` for what can be seen, or `silence`
in seconds. A split between words and feeling can only be noticed if each is written down.

Bad:

    turns:
      opening:
        patient:
          - says: "I nearly did not come today."   # <- two things in one beat
            shows: laughs
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done

Good:

    turns:
      opening:
        patient:
          - says: I nearly did not come today.
          - shows: laughs
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done
""",
        "AT059": """
The last way on has a condition.

The entries of `to` are tried from top to bottom. If the last one has a condition, too, all may be false, and the play
would be stuck. So the last one has none.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to:
              - to: done
                when: trust >= 3   # <- and if trust is 2?

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            effects: {trust: +1}
            to:
              - to: opening
                when: trust < 4
              - to: done
""",
        "AT060": """
A way on without a condition stands above others.

The entries of `to` are tried from top to bottom. One without `when` always holds, so what stands below it is never
used: it belongs at the end.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to:
              - to: done   # <- always holds
              - to: opening

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            effects: {trust: +1}
            to:
              - to: opening
                when: trust < 4
              - to: done
""",
        "AT061": """
The numbers of a variable do not go together.

A variable begins at `start` and is kept between `min` and `max`. Without a line of their own, start and min are 0 and
max is 10.

Bad:

    variables:
      apologies:   # <- starts above its highest value
        start: 5
        max: 3

Good:

    variables:
      apologies:
        start: 1
        max: 3
    turns:
      opening:
        patient:
          - I nearly did not come today.
          - shows: sighs
            when: apologies >= 2
        responses:
          wonder:
            says: And yet you are here.
            rates: {recognition: 1}
            why: Meets both halves.
            to: done
          insist:
            says: You should come every week.
            rates: {recognition: -1}
            why: Lectures.
            effects: {apologies: +1}
            to: opening
""",
    }.items()
)
"""Pages of AT053 and AT058 to AT061."""
