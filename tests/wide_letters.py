"""Lines of a scenario full of wide, joined and invisible letters, each with one problem whose place is known."""

BEFORE = {
    "nothing": "",
    "latin": "a long and winding name " * 6,
    "cjk": "\u4e2d\u6587\u7684\u540d\u5b57\u5f88\u9577" * 8,
    "one wide letter": "\u4e2d",
    "hangul and latin": "\ud55c\uad6d a " * 14,
    "combining marks": "e\u0301a\u0323\u0302 " * 20,
    "emoji": "\U0001f600 \U0001f44d\U0001f3fd\u2764\ufe0f" * 12,
    "zwj sequences": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 6,
    "flags": "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7" * 9,
    "tabs": "a\tb " * 20,
    "what cannot be seen": "a\u202eb\u200b\u2066" * 12,
    "typographic": "\u201cso\u2026\u201d \u2013 " * 12,
}
"""What stands on the line in front of a name that is there a second time."""

KEYS = ("agee", "\u5e74\u9f62", "a\u0301ge\u0301", "\U0001f600\U0001f44d\U0001f3fd")
CODE = "AT031"


def line_with(before: str, key: str, after: str = "") -> str:
    """A group in braces in which `key` stands twice; the second time is the problem."""
    return f'v: {{{key}: "1", max: "{before}", {key}: "2{after}"}}'
