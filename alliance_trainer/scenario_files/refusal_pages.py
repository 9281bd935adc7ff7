"""Pages of what YAML allows and a scenario does not: references, types, doubles and sizes without end."""

from alliance_trainer.scenario_files.page import FilePage

REFUSAL_PAGES: tuple[FilePage, ...] = (
    FilePage(
        code="AT024",
        title="A text is given a name for references",
        explanation="& at the start of a text is a YAML anchor. Scenarios have none: every text stands where it "
        "is read. A text that begins with & needs quotes.",
        bad="says: &greeting Hello.\n",
        good="says: Hello.\n",
    ),
    FilePage(
        code="AT025",
        title="A reference to another place",
        explanation="* at the start of a text is a YAML alias. Scenarios have none. A text that begins with a "
        "star needs quotes; a stage direction is a beat of its own (`shows`).",
        bad="says: *greeting\n",
        good='says: "*greeting"\n',
    ),
    FilePage(
        code="AT026",
        title="A type of data is named",
        explanation="! at the start of a text is a YAML tag, which could name any type of data. Scenarios decide "
        "themselves what is a number. A text that begins with ! needs quotes.",
        bad="difficulty: !!int 2\n",
        good="difficulty: 2\n",
    ),
    FilePage(
        code="AT027",
        title="Entries are merged in with <<",
        explanation="<< copies entries from another place of the file. Scenarios have no references: write the "
        "entries out.",
        bad="patient:\n  <<: {name: Marcus}\n  age: 45\n",
        good="patient:\n  name: Marcus\n  age: 45\n",
    ),
    FilePage(
        code="AT028",
        title="An order to the YAML parser",
        explanation="A line that begins with % at the start of a file is a YAML directive. Scenarios need none.",
        bad="%YAML 1.2\n---\ntitle: It's fine\n",
        good="---\ntitle: It's fine\n",
    ),
    FilePage(
        code="AT029",
        title="A second document in the file",
        explanation="Three dashes on a line of their own begin another document. A file holds one scenario; a "
        "line of dashes to separate parts must be a comment.",
        bad="title: It's fine\n---\ntitle: The clock\n",
        good="title: It's fine\n# --- the clock stands in a file of its own\n",
    ),
    FilePage(
        code="AT030",
        title="A list or group where a name is due",
        explanation="In front of a colon stands a plain word. Here it is a list or a group in brackets; if the "
        "brackets belong to a text, put the text in quotes.",
        bad="[looks, away]: fine\n",
        good='shows: "[looks away]: fine"\n',
    ),
    FilePage(
        code="AT031",
        title="The same name twice",
        explanation="Within one group each name may stand once. YAML would silently keep the last one and lose "
        "the first.",
        bad="title: It's fine\nsession: 4\ntitle: The clock\n",
        good="title: It's fine\nsession: 4\n",
    ),
    FilePage(
        code="AT032",
        title="Lists and groups lie too deep in each other",
        explanation="A scenario needs about eight levels; 24 are allowed. More is a slip with brackets or dashes.",
        bad="title: [[[[[[[[[[[[[[[[[[[[[[[[[fine]]]]]]]]]]]]]]]]]]]]]]]]]\n",
        good="title: fine\n",
    ),
    FilePage(
        code="AT033",
        title="The file has too many parts",
        explanation="A scenario may have 50,000 texts, names, lists and groups, ten times what a long one needs.",
        bad="- fine\n",
        repeat=50_001,
        good="title: fine\n",
    ),
    FilePage(
        code="AT034",
        title="A text is too long",
        explanation="A text may have 2,000 characters; what a patient says at once is far shorter. Divide it into "
        "several beats or turns.",
        bad="very long and ",
        repeat=150,
        good="summary: short\n",
    ),
)
