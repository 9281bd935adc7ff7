"""Pages of the slips in writing YAML: quotes, colons, brackets, dashes and indentation."""

from alliance_trainer.scenario_files.page import FilePage

SLIP_PAGES: tuple[FilePage, ...] = (
    FilePage(
        code="AT010",
        title="The file cannot be read from here on",
        explanation="The rules of YAML do not allow what stands here, and no better explanation was found. "
        "Quotes, brackets, colons and indentation are the usual reasons, on this line or the one above.",
        bad="{What he says (twice):[It's fine]}\n",
        good="What he says (twice): [It's fine]\n",
    ),
    FilePage(
        code="AT011",
        title="A text without quotes has a colon followed by a space",
        explanation="A colon followed by a space ends the name of an entry. Where a text has one, the whole text "
        "must be in quotes.",
        bad="says: Patient: hello\n",
        good='says: "Patient: hello"\n',
    ),
    FilePage(
        code="AT012",
        title="A text begins with a quoted word",
        explanation="A quote at the start of a text opens a text in quotes, and the next one closes it; nothing "
        "may follow. Put the whole text in quotes of the other kind.",
        bad="says: 'Maybe' she said\n",
        good="says: \"'Maybe' she said\"\n",
    ),
    FilePage(
        code="AT013",
        title="A text begins with a bracket",
        explanation="A bracket or brace at the start of a text opens a list, and nothing may follow where it is "
        "closed. Put the whole text in quotes.",
        bad="shows: [looks away] fine\n",
        good='shows: "[looks away] fine"\n',
    ),
    FilePage(
        code="AT014",
        title="A line is set in with a tab",
        explanation="YAML lines are set in with spaces; tabs look different in every editor and are not allowed. "
        "Further problems may be found only once the line is mended.",
        bad="patient:\n\tname: Marcus\n",
        good="patient:\n  name: Marcus\n",
    ),
    FilePage(
        code="AT015",
        title="The indentation is uneven",
        explanation="Entries that belong together begin in the same column, and entries of a list all begin with "
        "a dash. This line begins somewhere else than its neighbours, or is of another kind: it has no dash, or "
        "one that a word processor put there. Further problems may be found only once the line is mended.",
        bad="patient:\n    name: Marcus\n  age: 45\n",
        good="patient:\n    name: Marcus\n    age: 45\n",
    ),
    FilePage(
        code="AT016",
        title="A quote is not closed",
        explanation="A quote at the start of a text needs another one at its end. If it is missing, everything up "
        "to the next quote in the file becomes part of the text.",
        bad='says: "It\'s fine.\nwhy: "He closes the topic."\n',
        good='says: "It\'s fine."\nwhy: "He closes the topic."\n',
    ),
    FilePage(
        code="AT017",
        title="The dash of a list lacks its space",
        explanation="A list entry is a dash, a space, and the entry. Without the space the dash is part of a text.",
        bad="authors:\n  -A. Author\n  -B. Author\n",
        good="authors:\n  - A. Author\n  - B. Author\n",
    ),
    FilePage(
        code="AT018",
        title="A text begins with a sign that has a meaning in YAML",
        explanation="Texts that begin with % @ ` * & ? , ] or } must be in quotes.",
        bad="says: @home I am fine\n",
        good='says: "@home I am fine"\n',
    ),
    FilePage(
        code="AT019",
        title="Typographic quotes are used as quotes",
        explanation="Word processors turn straight quotes into curved ones, which YAML takes for letters. The "
        "program sets quotes around speech itself; use straight ones only where YAML needs them.",
        bad="says: \u201cIt's fine\u201d\n",
        good='says: "It\'s fine"\n',
    ),
    FilePage(
        code="AT020",
        title="Brackets do not match, or a comma is missing",
        explanation="What is opened with [ or { must be closed with ] or }, and its entries are separated by "
        "commas. A bracket that belongs to a text needs quotes around the text.",
        bad="authors: [A. Author, B. Author\ntitle: It's fine\n",
        good="authors: [A. Author, B. Author]\ntitle: It's fine\n",
    ),
    FilePage(
        code="AT021",
        title="The colon behind a name lacks its space",
        explanation="A name ends with a colon and a space. Without the space the whole line is one text.",
        bad="id: its-fine\ntitle:It's fine\n",
        good="id: its-fine\ntitle: It's fine\n",
    ),
    FilePage(
        code="AT022",
        title="A backslash in double quotes starts no known code",
        explanation="In double quotes a backslash begins a code such as \\n for a new line. In single quotes, or "
        "without quotes, it is a backslash.",
        bad='says: "and\\or"\n',
        good="says: 'and\\or'\n",
    ),
    FilePage(
        code="AT023",
        title="A line has no name with a colon",
        explanation="Among entries with a name and a colon each line must have both, unless it goes on with the "
        "text above; then it is set further in than that text's name.",
        bad="summary: A widower says\nthat it does not matter.\nlanguage: en\n",
        good="summary: A widower says\n  that it does not matter.\nlanguage: en\n",
    ),
    FilePage(
        code="AT035",
        title="A name is missing or begins with a question mark",
        explanation="In front of a colon stands a name. A question mark followed by a space at the start of a "
        "line has a meaning of its own in YAML, so a text that begins so needs quotes.",
        bad="? title\n: It's fine\n",
        good="title: It's fine\n",
    ),
    FilePage(
        code="AT036",
        title="A text follows directly after | or >",
        explanation="The signs | and > say that a text of several lines follows below, set further in. On their "
        "own line nothing may follow them.",
        bad="briefing: | You are late.\n",
        good="briefing: |\n  You are late.\n",
    ),
    FilePage(
        code="AT037",
        title="A list begins in the middle of a line",
        explanation="A list with dashes begins on the line below its name. A text that begins with a dash and a "
        "space needs quotes.",
        bad="authors: - A. Author\n",
        good="authors:\n  - A. Author\n",
    ),
    FilePage(
        code="AT039",
        severity="warning",
        title="What stands behind # is not part of the text",
        explanation="A space and a # begin a comment, also behind a text without quotes: the text ends there, and "
        "nobody sees the rest. Where the # belongs to the text, the whole text must be in quotes; a comment on a text "
        "stands on a line of its own. Behind ids, numbers and conditions comments may stand as they are.",
        bad="says: You are not the # 1 on my list.\n",
        good='says: "You are not the # 1 on my list."\n',
    ),
)
