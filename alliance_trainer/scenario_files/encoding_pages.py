"""Pages of the problems that a file has before any YAML is read: its size, encoding and characters."""

from alliance_trainer.scenario_files.page import FilePage

_GOOD = "title: It's fine\n"

ENCODING_PAGES: tuple[FilePage, ...] = (
    FilePage(
        code="AT001",
        title="The file is too large",
        explanation="A scenario file may have 1 MiB, ten times what a long scenario needs. Larger files are not "
        "read at all: most likely this is another file, or something was pasted many times.",
        bad="# The same comment again and again.\n",
        repeat=30_000,
        good="# One comment.\n" + _GOOD,
    ),
    FilePage(
        code="AT002",
        title="The file is not saved as UTF-8",
        explanation="Scenario files are UTF-8, the encoding that can write every language. Files from older "
        "Windows programs often are not; letters with accents and typographic quotes then come out wrong.",
        bad="title: Le caf\xe9\n",
        encoding="latin-1",
        good="title: Le caf\xe9\n",
    ),
    FilePage(
        code="AT003",
        title="The file is saved as UTF-16",
        explanation='Some editors (on Windows, under the name "Unicode") save two bytes for each letter. Save '
        "the file again and choose UTF-8.",
        bad=_GOOD,
        encoding="utf-16",
        good=_GOOD,
    ),
    FilePage(
        code="AT004",
        title="There is a control character in the file",
        explanation="Control characters cannot be seen, but a terminal obeys them: they move the cursor, change "
        "colours or hide text. They may not stand anywhere in a scenario, and a text may not have a tab either.",
        bad="title: It's\x1b[31m fine\n",
        good=_GOOD,
    ),
    FilePage(
        code="AT005",
        title="There is an invisible character in the file",
        explanation="Zero-width characters and marks that turn the direction of writing cannot be seen and make "
        "two texts look the same that are not. They mostly come in with text pasted from web pages or chats.",
        bad="title: It's\u200b fine\n",
        good=_GOOD,
    ),
    FilePage(
        code="AT006",
        title="There is an unusual line end in the file",
        explanation="A few rare characters (U+0085, U+2028, U+2029, a carriage return alone) end a line for some "
        "programs and not for others. Press Enter where a new line is meant.",
        bad="title: It's\u2028 fine\n",
        good=_GOOD,
    ),
    FilePage(
        code="AT007",
        title="A text has a forbidden character behind a backslash",
        explanation="In double quotes a backslash begins a code for a character: \\e is the escape character, "
        "\\t a tab. What may not stand in a text may not be written this way either.",
        bad='title: "It\'s \\e[31mfine"\n',
        good='title: "It\'s fine"\n',
    ),
    FilePage(
        code="AT008",
        title="The file is empty",
        explanation="There are only blank lines or comments in this file. `alliance-trainer new` writes a small "
        "scenario to begin with.",
        bad="# to be written\n",
        good=_GOOD,
    ),
    FilePage(
        code="AT009",
        title="The file is not made of named entries",
        explanation="A scenario is a group of entries, each with a name, a colon and a value. This file is one "
        "list or one single text.",
        bad="- It's fine\n- The clock\n",
        good=_GOOD,
    ),
    FilePage(
        code="AT038",
        title="A space is not a plain one",
        explanation="Web pages and word processors use spaces that do not break lines (U+00A0) or have another "
        "width. YAML takes them for letters, so a line set in with them is not set in at all.",
        bad="patient:\n\xa0\xa0name: Marcus\n",
        good="patient:\n  name: Marcus\n",
    ),
)
