"""Manual pages of what is wrong with the shape of a scenario: keys, ids, lists and their lengths."""

from alliance_trainer.core.manual import Page, page_of

SHAPE_PAGES: tuple[Page, ...] = tuple(
    page_of(code, "error", text)
    for code, text in {
        "AT040": """
There is a key that the format does not have.

Every key of a scenario has a fixed spelling, so that a misspelt one is never silently ignored. The hint names the
nearest key, or the part in which the key belongs: most often it is misspelt, or its line is indented too far or not
far enough.

Bad:

    patient:
      name: Ines
      agee: 38   # <- the key is age
      age: 38

Good:

    patient:
      name: Ines
      age: 38
""",
        "AT041": """
A key is missing.

Some keys are needed: a scenario without a title, a response without words or without a reason cannot be played or
explained. The hint shows a line to write. The finding stands at the part that lacks the key.

Bad:

    patient:   # <- how old is she?
      name: Ines

Good:

    patient:
      name: Ines
      age: 38
""",
        "AT047": """
A list or keys stand where a text belongs.

Often the text begins with a bracket or a brace, which mean something in YAML. Put such a text in quotes.

Bad:

    briefing: [It is her third session.]   # <- brackets make a list

Good:

    briefing: "[It is her third session.]"
""",
        "AT048": """
Something else stands where a list belongs.

A list is written in brackets with commas, or with a dash and a space in front of each entry. A list with one entry
needs them, too. For an empty list write [].

Bad:

    authors: A. Author   # <- one author is a list of one

Good:

    authors: [A. Author]
""",
        "AT049": """
Something else stands where keys with values belong.

Parts such as the patient, a turn or an ending consist of keys, each with a colon and a value, indented below the
part's own key. Turns, endings, responses and variables stand under ids of their own, without dashes.

Bad:

    patient: Ines   # <- what is her name, how old is she?

Good:

    patient:
      name: Ines
      age: 38
""",
        "AT050": """
This cannot be an id.

Ids are names for programs: attempts record them for ever. An id begins with a small letter from a to z; small letters,
digits and hyphens may follow, 64 at most. Capitals, spaces, underscores and accents are not possible, so that an id
is the same on every computer.

Bad:

    variables:
      Too_Late:   # <- write too-late
        max: 3

Good:

    variables:
      too-late:
        max: 3
    turns:
      opening:
        patient:
          - I nearly did not come today.
          - shows: sighs
            when: too-late >= 1
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
            effects: {too-late: +1}
            to: opening
""",
        "AT051": """
This id is a name that Windows keeps for itself.

No file can be called con, prn, aux, nul, com1 to com9 or lpt1 to lpt9 on Windows, whatever its ending. Choose another.

Bad:

    id: aux   # <- no file can have this name on Windows

Good:

    id: aux-1
""",
        "AT055": """
The id is not the name of the file.

A scenario is asked for by its id and looked for by its name: its-fine lies in its-fine.yaml. Rename the file, or change
the id; once people have played the scenario, better rename the file, because attempts record the id.

Bad:

    id: something-else   # <- the file has another name

Good:

    id: minimal
""",
        "AT056": """
There are too many entries.

The format has limits, so that what is played fits on a screen and what is checked ends in time: 9 responses a turn, 40
beats, 20 entries of `to`, 200 turns, 40 endings.

Bad:

    turns:
      opening:
        patient:   # <- 41 beats
          [a, b, c, d, e, f, g, h, i, j, a, b, c, d, e, f, g, h, i, j, a, b, c, d, e, f, g, h, i, j,
           a, b, c, d, e, f, g, h, i, j, k]
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done

Good:

    turns:
      opening:
        patient: [a, b, c, d, e, f, g, h, i, j, k]
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done
""",
        "AT057": """
There is not one entry where at least one is needed.

A scenario needs a turn and an ending, a turn needs a response and something that the patient does, and a response has
to lead somewhere.

Bad:

    turns:
      opening:
        patient: I nearly did not come today.
        responses: {}   # <- nothing to say

Good:

    turns:
      opening:
        patient: I nearly did not come today.
        responses:
          wonder:
            says: And yet you are here.
            why: Meets both halves.
            to: done
""",
        "AT069": """
Something does not fit.

The format refuses this, and this version has no better words for it: no file that is known brings it up. Please report
it with the lines that it is about. The example is made up.

Bad:

    patient: Ines   # <- not refused in words of its own

Good:

    patient:
      name: Ines
      age: 38
""",
    }.items()
)
"""Pages of AT040, AT041, AT047 to AT051, AT055 to AT057 and AT069."""
