"""A text, its cursor and all that is remembered, while one key does its work."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tui.document.textchange import TextChange
from tui.render.languages import Language
from tui.view.editor.vim.buffer import Buffer
from tui.view.editor.vim.effects import Effect
from tui.view.editor.vim.state import Memory, Mode, Places, Register, Vim


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the text is shown, and what it is written in."""

    language: Language
    page_rows: int = 10
    """Rows of the screen."""
    rows_in_sight: range | None = None
    """Those of the text; None where all are."""
    clipboard: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a command works on, and what it leaves."""

    vim: Vim
    buffer: Buffer
    cursor: int
    surroundings: Surroundings
    goal: int | None = None
    """The column, in cells of the line, that going up and down tries to keep."""
    undo_at: int | None = None
    """Where undoing puts the cursor, if not where it was."""
    effects: tuple[Effect, ...] = ()
    failed: bool = False
    """Whether the key did not find what it needed, which ends a macro."""

    @property
    def text(self) -> str:
        """The whole text."""
        return self.buffer.text

    @property
    def line(self) -> int:
        """The line of the cursor."""
        return self.buffer.line_at(self.cursor)

    @property
    def memory(self) -> Memory:
        """What outlives the cell."""
        return self.vim.memory

    def at(self, offset: int, goal: int | None = None) -> Scene:
        """With the cursor elsewhere."""
        return replace(self, cursor=offset, goal=goal)

    def replaced(self, start: int, end: int, inserted: str) -> Scene:
        """With other text in the place of a stretch; the cursor stays where it is."""
        if self.text[start:end] == inserted:
            return self
        buffer, change = self.buffer.changed(start, end, inserted)
        places = _with_ends(self.vim.places.mapped(change), change)
        cursor = min(self.cursor, len(buffer.text))
        return replace(self, buffer=buffer, cursor=cursor, vim=replace(self.vim, places=places))

    def with_vim(self, vim: Vim) -> Scene:
        """With something else remembered."""
        return replace(self, vim=vim)

    def with_memory(self, memory: Memory) -> Scene:
        """With something else remembered for all cells."""
        return replace(self, vim=replace(self.vim, memory=memory))

    def with_places(self, places: Places) -> Scene:
        """With other marks."""
        return replace(self, vim=replace(self.vim, places=places))

    def with_marks(self, offsets: dict[str, int]) -> Scene:
        """With marks set, whatever their names are."""
        places = self.vim.places
        return self.with_places(replace(places, marks={**places.marks, **offsets}))

    def with_register(self, name: str, register: Register) -> Scene:
        """With a register filled."""
        memory = self.memory
        return self.with_memory(replace(memory, registers={**memory.registers, name: register}))

    def in_mode(self, mode: Mode) -> Scene:
        """In another mode."""
        return replace(self, vim=replace(self.vim, mode=mode))

    def asking(self, *effects: Effect) -> Scene:
        """With something asked of the program."""
        return replace(self, effects=(*self.effects, *effects))

    def undoing_to(self, offset: int) -> Scene:
        """With the place to which undoing comes back; the first that is said counts."""
        return self if self.undo_at is not None else replace(self, undo_at=offset)


def _with_ends(places: Places, change: TextChange) -> Places:
    """With the marks of where the last change was."""
    last = max(change.start, change.start + len(change.inserted) - 1)
    ends = {".": change.start, "[": change.start, "]": last}
    return Places({**places.marks, **ends}, places.marked)
