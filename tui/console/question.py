"""A line of input that running code asks for: its question, and the answer while it is typed."""

from __future__ import annotations

from typing import Final

from kernelbridge.events import InputRequested
from kernelbridge.streamtext import StreamText
from tui.console.livearea import Place
from tui.console.promptkeys import COMMAND_IDS
from tui.document.selection import TextSelection
from tui.render.languages import PLAIN
from tui.render.rowops import row_width, text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.render.stream import StreamRows
from tui.sanitize import clean
from tui.terminal.inputs import KeyPress
from tui.view.editor.commands import COMMANDS
from tui.view.editor.inserting import insert_text
from tui.view.editor.layout import TextLayout
from tui.view.editor.state import EditorContext, EditorState

_ANSWER: Final = Style(Role.TEXT, bold=True)
_NO_COMMANDS: Final = frozenset({"editor.newline", "editor.up", "editor.down"})
_LONGEST: Final = 20_000
"""Characters of a question that are shown: its end."""


class Question:
    """One question. A password is kept only until it is sent, and never shown."""

    def __init__(self, asked: InputRequested) -> None:
        self.asked = asked
        self._state = EditorState("", TextSelection.at(0))

    @property
    def answer(self) -> str:
        """What was typed so far."""
        return self._state.text

    @property
    def echo(self) -> str:
        """The question and its answer as they stay on the screen."""
        shown = "" if self.asked.password else self._state.text
        return f"{self.asked.prompt[-_LONGEST:]}{shown}\n"

    def key(self, press: KeyPress) -> None:
        """Edits the answer."""
        context = EditorContext(TextLayout.of(self._state.text, 0), 1, PLAIN)
        command_id = "editor.delete-right" if press.name == "ctrl+d" else COMMAND_IDS.get(press.name)
        if command_id is not None and command_id not in _NO_COMMANDS:
            self._state = COMMANDS[command_id](self._state, context).applied(self._state.text)
        elif press.character is not None:
            self._type(press.character, context)

    def paste(self, text: str) -> None:
        """Puts text in at the cursor, up to its first line end."""
        context = EditorContext(TextLayout.of(self._state.text, 0), 1, PLAIN)
        self._type(text.split("\n", 1)[0], context)

    def rows(self, width: int) -> tuple[list[Row], Place]:
        """The question with the answer behind it, and the cursor's place."""
        width = max(4, width - 1)  # one cell is the cursor's behind a row that is full
        above = list(StreamRows(StreamText.of(self.asked.prompt[-_LONGEST:]), width))
        last: Row = () if self.asked.prompt.endswith("\n") or not above else above.pop()
        if self.asked.password:
            return [*above, last], Place(len(above), row_width(last))
        head = self._state.selection.head
        before = (*last, *text_row(clean(self._state.text[:head]), _ANSWER))
        whole = (*before, *text_row(clean(self._state.text[head:]), _ANSWER))
        up_to_cursor = wrap(before, width)
        place = Place(len(above) + len(up_to_cursor) - 1, row_width(up_to_cursor[-1]))
        return [*above, *wrap(whole, width)], place

    def _type(self, text: str, context: EditorContext) -> None:
        self._state = insert_text(self._state, context, text).applied(self._state.text)
