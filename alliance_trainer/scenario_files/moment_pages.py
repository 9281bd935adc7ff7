"""Manual pages of what the format of moments refuses beyond that of scenarios."""

from alliance_trainer.core.manual import Page, page_of

MOMENT_PAGES: tuple[Page, ...] = tuple(
    page_of(code, "error", text)
    for code, text in {
        "AT064": """
A moment has markers and is called a foil.

A foil is a moment in which nothing is wrong between patient and therapist, although at first sight it may look so.
So it has no markers. A moment with markers is a rupture and has no `foil`.

Bad:

    moments:
      title: First sessions
      items:
        at-the-door:
          context: Third session. You have said that the time is up.
          patient: It's fine. Really.
          markers: [wd-denial]
          foil: thinking-time   # <- it is one or the other
          why: He closes a topic that was just opened.

Good:

    moments:
      title: First sessions
      items:
        at-the-door:
          context: Third session. You have said that the time is up.
          patient: It's fine. Really.
          markers: [wd-denial]
          why: He closes a topic that was just opened.
""",
        "AT065": """
A moment has no markers and does not say what it is instead.

An empty list of markers means that nothing is wrong here. Then `foil` says which kind of moment it is, so that those
who take it for a rupture can be told what it was: honest-disagreement, named-tiredness, working-story or
thinking-time.

Bad:

    moments:
      title: First sessions
      items:
        the-bus:
          context: Third session. You have asked what happened on the way here.
          patient: The bus stopped, and I counted the seats until my hands were warm again.
          markers: []   # <- what is it, then?
          why: A story with much detail, and the detail is the work.

Good:

    moments:
      title: First sessions
      items:
        the-bus:
          context: Third session. You have asked what happened on the way here.
          patient: The bus stopped, and I counted the seats until my hands were warm again.
          markers: []
          foil: working-story
          why: A story with much detail, and the detail is the work.
""",
        "AT066": """
A beat of a moment has a condition.

A moment is shown by itself. It has no variables, and nothing was chosen before it, so that a condition would have
nothing to ask about. Beats with `when` belong in scenarios.

Bad:

    moments:
      title: First sessions
      items:
        at-the-door:
          context: Third session. You have said that the time is up.
          patient:
            - It's fine. Really.
            - says: Same time next week?
              when: trust >= 3   # <- whose trust, since when?
          markers: [wd-denial]
          why: He closes a topic that was just opened.

Good:

    moments:
      title: First sessions
      items:
        at-the-door:
          context: Third session. You have said that the time is up.
          patient:
            - It's fine. Really.
            - Same time next week?
          markers: [wd-denial]
          why: He closes a topic that was just opened.
""",
    }.items()
)
"""By their codes."""
