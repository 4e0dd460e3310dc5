"""Vim's keys pressed in the model, with a document behind it: what the screen does, without one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tui.document.document import Document
from tui.document.edits import ChangeText
from tui.document.history import MergeRule, Place
from tui.document.notebook import Cell, CellKind, Notebook, new_key
from tui.document.selection import TextSelection
from tui.document.textchange import difference
from tui.render.languages import Language, language_named
from tui.view.editor.commands import COMMANDS
from tui.view.editor.inserting import insert_text
from tui.view.editor.layout import TextLayout
from tui.view.editor.state import EditorCommand, EditorContext, EditorState
from tui.view.editor.vim.buffer import Buffer
from tui.view.editor.vim.effects import CopyText, Effect, PassOn, Perform, Play, PlayInLines
from tui.view.editor.vim.inserting import noted
from tui.view.editor.vim.machine import press, undone_at
from tui.view.editor.vim.normal import in_line, is_done, without_marks
from tui.view.editor.vim.scene import Scene, Surroundings
from tui.view.editor.vim.state import Mode, Vim

_NOTATION = re.compile(r"<(esc|cr|bs|tab|del|left|right|up|down|home|end|c-.)>|(.)", re.DOTALL)
_NAMED = {"esc": "escape", "cr": "enter", "bs": "backspace", "del": "delete"}
_EDITOR_KEYS = {
    "enter": "newline",
    "backspace": "delete-left",
    "delete": "delete-right",
    "left": "left",
    "right": "right",
    "up": "up",
    "down": "down",
    "home": "line-start",
    "end": "line-end",
}
PLAIN = language_named("text")


def keys_of(notation: str) -> list[str]:
    """The keys of a sequence as people write it: `3dw`, `ifoo<esc>`, `<c-r>`."""
    keys: list[str] = []
    for named, plain in _NOTATION.findall(notation):
        if named.startswith("c-"):
            keys.append(f"ctrl+{named[2:]}")
        else:
            keys.append(_NAMED.get(named, named) or ("space" if plain == " " else plain))
    return keys


@dataclass
class Typist:
    """Presses keys in a cell."""

    text: str
    cursor: int = 0
    language: Language = PLAIN
    vim: Vim = field(default_factory=Vim)
    goal: int | None = None
    effects: list[Effect] = field(default_factory=list)
    clipboard: str = ""
    width: int = 0
    depth: int = 0
    """How many `:normal` are under way."""

    def __post_init__(self) -> None:
        cell = Cell(new_key(), CellKind.CODE, self.text)
        self.key = cell.key
        self.document = Document(Notebook((cell,)))

    def type(self, notation: str) -> Typist:
        """Presses all keys of a sequence."""
        for key in keys_of(notation):
            self.press(key)
        return self

    def press(self, key: str, *, is_typed: bool = True) -> bool:
        """Presses one key; whether it found what it needed."""
        before = self.scene()
        after = press(before, key, is_typed=is_typed)
        if not before.vim.goes_on and not self.depth:
            self.document.break_here()
        self.take(before, after)
        if not after.vim.goes_on and not self.depth:
            self.document.break_here()
        for effect in after.effects:
            self._do(effect, key)
        self.effects += after.effects
        return not after.failed

    def scene(self) -> Scene:
        buffer = Buffer(TextLayout.of(self.text, self.width))
        where = Surroundings(self.language, page_rows=20, clipboard=self.clipboard)
        return Scene(self.vim, buffer, self.cursor, where, self.goal)

    def take(self, before: Scene, after: Scene) -> None:
        """Makes what a key made of the scene so."""
        self.vim = after.vim
        undo_at = before.cursor if after.undo_at is None else after.undo_at
        self._change(after.text, undo_at, after.cursor)
        self.goal = after.goal

    def _change(self, text: str, undo_at: int, cursor: int) -> None:
        if text != self.text:
            edit = ChangeText(self.key, difference(self.text, text))
            places = (Place(self.key, TextSelection.at(at)) for at in (undo_at, undo_at))
            self.document.perform([edit], *places, MergeRule.SESSION)
        self.text, self.cursor = text, cursor

    def _do(self, effect: Effect, key: str) -> None:
        match effect:
            case Perform("edit.undo" | "edit.redo" as action, times):
                for _ in range(times):
                    self._travel(action)
            case PassOn() if self.vim.mode.types:
                self._edit(key)
            case Play(keys):
                for one in keys:
                    if not self.press(one, is_typed=False):
                        break
            case PlayInLines(keys, lines):
                self._play_in_lines(keys, lines)
            case CopyText(text):
                self.clipboard = text
            case _:
                pass

    def _play_in_lines(self, keys: tuple[str, ...], lines: tuple[int | str, ...]) -> None:
        if self.depth == 10:
            return
        self.depth += 1
        for line in lines or (None,):
            if line is not None:
                before = self.scene()
                if (found := in_line(before, line)) is None:
                    continue
                self.take(before, found)
            for one in keys:
                if not self.press(one, is_typed=False):
                    break
            while not is_done(self.scene()):
                self.press("escape", is_typed=False)
        self.vim = without_marks(self.scene()).vim
        self.depth -= 1
        if not self.depth:
            self.document.break_here()

    def _travel(self, action: str) -> None:
        travelled = self.document.undo() if action == "edit.undo" else self.document.redo()
        if travelled is None or travelled.place.text is None:
            return
        self.text = self.document.notebook.cell(self.key).source
        self.cursor = undone_at(self.scene().buffer, travelled.place.text.head)
        self.goal = None

    def _edit(self, key: str) -> None:
        """What the editor does with a key in the insert mode."""
        text = {"space": " ", "tab": "\t"}.get(key, key)
        if key in _EDITOR_KEYS:
            command: EditorCommand = COMMANDS[f"editor.{_EDITOR_KEYS[key]}"]
        elif len(text) == 1:

            def command(state, context):
                return insert_text(state, context, text)
        else:
            return
        layout = TextLayout.of(self.text, 0)
        state = EditorState(self.text, TextSelection.at(self.cursor))
        result = command(state, EditorContext(layout, 20, self.language))
        if result.change is None and result.selection.head != self.cursor and not self.depth:
            self.document.break_here()
        if result.change is not None or result.selection.head != self.cursor:
            self.vim = noted(self.vim, result.change, result.selection.head)
        self._change(result.applied(self.text).text, self.cursor, result.selection.head)

    @property
    def mode(self) -> Mode:
        """The mode that the keys left."""
        return self.vim.mode
