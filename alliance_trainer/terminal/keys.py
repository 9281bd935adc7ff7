"""Lists with arrow keys on a full terminal: all keys that leave, a search by typing, colours that can be read."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # 60 ms, and only a full terminal needs it
    import questionary


def style() -> "questionary.Style":
    """Bold and nothing else: questionary's own colours are too faint on white."""
    import questionary  # 60 ms, and only a full terminal needs it

    return questionary.Style([(name, "noinherit bold") for name in ("qmark", "question", "answer", "highlighted")])


def with_all_keys(asked: "questionary.Question") -> "questionary.Question":
    """A list that can also be left with Ctrl-D and by an outside interrupt, and stopped with Ctrl-Z."""
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings  # it comes with questionary
    from prompt_toolkit.utils import suspend_to_background_supported  # the same

    keys = KeyBindings()
    keys.add("c-d")(lambda event: event.app.exit(exception=EOFError))
    keys.add("<sigint>")(lambda event: event.app.exit(exception=KeyboardInterrupt))
    if suspend_to_background_supported():
        keys.add("c-z")(lambda event: event.app.suspend_to_background())
    bound = asked.application.key_bindings
    asked.application.key_bindings = merge_key_bindings([bound, keys] if bound is not None else [keys])
    return asked


NOTHING_FOUND = "Nothing is called that; here are all.\nBackspace takes a letter back."


def taking_only_what_is_found(asked: "questionary.Question") -> "questionary.Question":
    """A list to search in that says when nothing is found, and then takes nothing."""
    from prompt_toolkit.filters import Condition  # it comes with questionary
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings  # the same
    from prompt_toolkit.layout import ConditionalContainer, FormattedTextControl, HSplit, Window  # the same
    from questionary.prompts.common import InquirerControl  # the same

    layout = asked.application.layout
    (choices,) = (control for control in layout.find_all_controls() if isinstance(control, InquirerControl))

    def found_nothing() -> bool:
        return bool(choices.search_filter and choices.filtered_choices) and not choices.found_in_search

    nothing = Condition(found_nothing)
    told = Window(FormattedTextControl(NOTHING_FOUND), wrap_lines=True, dont_extend_height=True)
    assert isinstance(layout.container, HSplit), "a list stands below its question"
    layout.container.children.append(ConditionalContainer(told, filter=nothing))
    keys = KeyBindings()
    keys.add("enter", eager=True, filter=nothing)(lambda _: None)
    bound = asked.application.key_bindings
    asked.application.key_bindings = merge_key_bindings([bound, keys] if bound is not None else [keys])
    return asked
