"""A notation for the editor's states: `|` is the cursor, `‹` and `›` hold what is selected.

"ab|cd" is a cursor between b and c; "a‹bc|›d" a selection made to the right, "a‹|bc›d" one made to the left.
"""

from __future__ import annotations

from tui.document.selection import TextSelection
from tui.render.languages import PYTHON, Language
from tui.view.editor.commands import COMMANDS
from tui.view.editor.layout import TextLayout
from tui.view.editor.state import EditorContext, EditorResult, EditorState


def state(marked: str) -> EditorState:
    """The state that a marked text shows."""
    text = marked.translate({ord(mark): None for mark in "|‹›"})
    head = marked.replace("‹", "").replace("›", "").index("|")
    if "‹" not in marked:
        return EditorState(text, TextSelection.at(head))
    start = marked.replace("|", "").index("‹")
    end = marked.replace("|", "").replace("‹", "").index("›")
    return EditorState(text, TextSelection(start if head == end else end, head))


def marked(shown: EditorState) -> str:
    """The state in the notation."""
    text, selection = shown.text, shown.selection
    if selection.is_empty:
        return f"{text[: selection.head]}|{text[selection.head :]}"
    inner = text[selection.start : selection.end]
    inner = f"|{inner}" if selection.head < selection.anchor else f"{inner}|"
    return f"{text[: selection.start]}‹{inner}›{text[selection.end :]}"


def context(
    shown: EditorState, *, language: Language = PYTHON, width: int = 0, page_rows: int = 10
) -> EditorContext:
    """Where a state is shown."""
    return EditorContext(TextLayout.of(shown.text, width), page_rows, language)


def result(
    command: str, before: str, *, language: Language = PYTHON, width: int = 0, page_rows: int = 10
) -> EditorResult:
    """What `editor.<command>` answers."""
    shown = state(before)
    where = context(shown, language=language, width=width, page_rows=page_rows)
    return COMMANDS[f"editor.{command}"](shown, where)


def after(
    commands: str, before: str, *, language: Language = PYTHON, width: int = 0, page_rows: int = 10
) -> str:
    """The state after commands, which are separated by spaces."""
    shown = state(before)
    for command in commands.split():
        where = context(shown, language=language, width=width, page_rows=page_rows)
        shown = COMMANDS[f"editor.{command}"](shown, where).applied(shown.text)
    return marked(shown)
