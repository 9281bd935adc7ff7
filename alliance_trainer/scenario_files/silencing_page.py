"""The manual page of a comment that silences nothing."""

from alliance_trainer.core.manual import Page, page_of

CODE = "AT063"

SILENCING_PAGE: Page = page_of(
    CODE,
    "warning",
    """
A comment silences nothing.

A comment such as "# ignore AT083: both turns are meant to be hard" silences warnings with this code, or with several,
parted by commas. It stands at the end of the line that the warning names, or alone on the line right above it; alone
above the first key of the file it holds for the whole file. This one has no warning to silence any more, or is in
another place, or names a code that does not exist or that is an error: errors cannot be silenced. Of codes that only
`check --key` finds nothing is said.

Bad:

    briefing: It is her third session.   # ignore AT086: still to be written   # <- it is written by now

Good:

    briefing: TODO   # ignore AT086: is written after the first trial
""",
)
"""The one page of its kind; see `silencing`."""
