"""Vim's keys in the cell that is edited: what `tui.view.editor.vim` makes of a key comes to the notebook.

Loaded only where a person chose these keys.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from tui.actions import Mode as KeyMode
from tui.document.history import MergeRule
from tui.document.selection import TextSelection
from tui.document.textchange import difference
from tui.screens.notebook.vimplaying import Player
from tui.view.cursorlook import CursorLook
from tui.view.editor.vim.buffer import Buffer
from tui.view.editor.vim.confirming import ANSWERS
from tui.view.editor.vim.effects import (
    CopyText,
    Effect,
    GoBeyond,
    Height,
    LeaveCell,
    PassOn,
    Perform,
    Play,
    PlayInLines,
    PutLine,
    Tell,
)
from tui.view.editor.vim.inserting import noted
from tui.view.editor.vim.machine import adopted, pasted, press, undone_at
from tui.view.editor.vim.marking import shown_as_marked
from tui.view.editor.vim.scene import Scene, Surroundings
from tui.view.editor.vim.searching import awaited_match, shown_matches
from tui.view.editor.vim.state import Inserting, Mode, Places, Vim
from tui.view.viewstate import Sought
from tui.widgets.hintline import Hint, Hints, Message, Severity

if TYPE_CHECKING:
    from tui.document.notebook import CellKey
    from tui.screens.notebook.screen import NotebookScreen
    from tui.view.editor.state import EditorResult

_MOST_TIMES: Final = 10_000
_UNDOING: Final = ("edit.undo", "edit.redo")


class VimKeys:
    """What vim remembers, for one screen; registers and searches are the same in all of its cells."""

    def __init__(self, screen: NotebookScreen) -> None:
        self._screen = screen
        self._vim = Vim()
        self._cell: CellKey | None = None
        self._places: dict[CellKey, Places] = {}
        self._player = Player(screen, self)
        if screen.state.editing:
            self.enter()

    # -- the cell that is edited ----

    def enter(self) -> None:
        """A cell is edited from now on: in the normal mode."""
        self._turn_to(self._screen.state.focus)
        self._vim = replace(self._vim.idle(), mode=Mode.NORMAL, inserting=None)
        if (scene := self.scene()) is not None:
            self.take(scene, scene.at(scene.buffer.on_character(scene.cursor)))

    def leave(self) -> None:
        """No cell is edited any more."""
        self._vim = replace(self._vim.idle(), mode=Mode.NORMAL, inserting=None)
        self._screen.state.marked = None
        self._screen.state.sought = Sought()
        self._screen.state.cursor_look = CursorLook.BLOCK

    def _turn_to(self, key: CellKey) -> None:
        """Marks are those of this cell; an insert session begins anew in it."""
        if key == self._cell:
            return
        if self._cell is not None:
            self._places[self._cell] = self._vim.places
        self._cell = key
        inserting = self._vim.inserting
        if inserting is not None:
            inserting = Inserting(inserting.began_by, self._screen.state.cursor(key).head)
        mode = self._vim.mode if self._vim.mode.types else Mode.NORMAL
        places = self._places.get(key, Places())
        self._vim = replace(self._vim, mode=mode, places=places, inserting=inserting)

    @property
    def is_typing(self) -> bool:
        """Whether keys put text in, as they do without these keys."""
        return self._vim.mode.types

    # -- what comes in ----

    def take_key(self, key: str) -> bool:
        """A key; whether it was vim's. What is not means the same as everywhere."""
        self._turn_to(self._screen.state.focus)
        before = self.scene()
        if before is None or (before.vim.mode.types and not self._screen.may_write):
            return False
        after = press(before, key, is_typed=not self._player.is_playing)
        if before.text != after.text and not self._screen.is_editable():
            self._vim = self._vim.idle()
            return True
        document = self._screen.controller.document
        if not before.vim.goes_on and not self._player.is_one_step:
            document.break_here()
        self.take(before, after)
        if not after.vim.goes_on and not self._player.is_one_step:
            document.break_here()
        if after.failed:
            self._player.stop()
        done = [self._do(effect) for effect in after.effects]
        return all(done)

    def take_paste(self, text: str) -> bool:
        """Pasted text; whether it was vim's to put it in."""
        self._turn_to(self._screen.state.focus)
        before = self.scene()
        if before is None or self._vim.mode.types:
            return False
        if self._vim.prompt is not None:
            prompt = replace(self._vim.prompt, text=self._vim.prompt.text + text.partition("\n")[0])
            self._vim = replace(self._vim, prompt=prompt)
        elif self._screen.is_editable():
            self._screen.controller.document.break_here()
            self.take(before, pasted(before, text.replace("\r\n", "\n").replace("\r", "\n")))
            self._screen.controller.document.break_here()
        return True

    def adopt(self) -> None:
        """The cursor was put somewhere, or text selected, by other means than vim's keys."""
        self._turn_to(self._screen.state.focus)
        if (scene := self.scene()) is not None and self._screen.state.editing:
            self.take(scene, adopted(scene, self._screen.state.cursor(self._screen.state.focus)))

    def note(self, result: EditorResult) -> None:
        """The editor changed the text, or moved the cursor."""
        self._turn_to(self._screen.state.focus)
        self._vim = noted(self._vim, result.change, result.selection.head)
        if (change := result.change) is not None:
            spans = self._screen.state.sought.spans
            moved = ((change.map_offset(start), change.map_offset(end)) for start, end in spans)
            self._screen.state.sought = Sought(tuple(moved))

    # -- what goes out ----

    def scene(self) -> Scene | None:
        """The focused cell as vim sees it; None where its source is not shown."""
        screen = self._screen
        key = screen.state.focus
        block = screen.view.block(key)
        if block.source is None:
            return None
        selection, layout = screen.state.cursor(key), block.source.layout
        height = max(1, screen.view.size.height)
        where = Surroundings(
            block.source.language,
            page_rows=height,
            rows_in_sight=screen.view.rows_in_sight(key),
            clipboard=screen.clipboard.text,
        )
        cursor = min(selection.head, len(layout.text))
        return Scene(self._vim, Buffer(layout), cursor, where, selection.goal_column)

    def take(self, before: Scene, after: Scene) -> None:
        """Make what became of the scene so."""
        screen = self._screen
        key, self._vim = screen.state.focus, after.vim
        screen.state.cursors[key] = TextSelection(after.cursor, after.cursor, after.goal)
        if after.text != before.text:
            place = TextSelection.at(before.cursor if after.undo_at is None else after.undo_at)
            change = difference(before.text, after.text)
            screen.controller.change_text(key, change, place, place, MergeRule.SESSION)
        screen.state.marked = shown_as_marked(after)
        screen.state.sought = Sought(shown_matches(after), awaited_match(after))
        screen.state.cursor_look = CursorLook.UNDERLINE if after.vim.mode.types else CursorLook.BLOCK
        if (after.cursor, after.text) != (before.cursor, before.text):
            screen.view.show_focus()
        else:
            screen.view.draw_soon()

    def _do(self, effect: Effect) -> bool:
        """Do what a key asked for; False where the key is to mean what it means everywhere."""
        screen = self._screen
        match effect:
            case PassOn():
                return False
            case Perform(action, times):
                self._perform(action, times)
            case CopyText(text):
                screen.copy_text(text)
            case Tell(text, is_warning):
                screen.say(text, Severity.WARNING if is_warning else Severity.INFORMATION)
            case PutLine(height):
                rows = screen.view.size.height
                above = {Height.TOP: 0, Height.MIDDLE: (rows - 1) // 2, Height.BOTTOM: rows - 1}
                screen.view.put_place(above[height])
            case LeaveCell():
                screen.set_editing(editing=False)
            case GoBeyond(step):
                self._go_beyond(step)
            case Play(keys):
                self._player.play(keys)
            case PlayInLines(keys, lines):
                self._player.play_in_lines(keys, lines)
            case _:
                assert_never(effect)
        return True

    def _perform(self, action: str, times: int) -> None:
        for _ in range(min(times, _MOST_TIMES)):
            self._screen.perform(action)
        if action in _UNDOING and self._screen.state.editing:
            self._turn_to(self._screen.state.focus)
            if (scene := self.scene()) is not None:
                selection = self._screen.state.cursor(self._screen.state.focus)
                self.take(scene, scene.at(undone_at(scene.buffer, selection.head)))

    def _go_beyond(self, step: int) -> None:
        from tui.screens.notebook.editing import leave_to

        leave_to(self._screen, step)
        self._turn_to(self._screen.state.focus)
        if (scene := self.scene()) is not None:
            self.take(scene, scene.at(scene.buffer.on_character(scene.cursor)))

    # -- what is shown ----

    def bottom_line(self) -> Hints | Message:
        """The mode, the keys that matter in it and what of a command was typed; or the line behind `:`."""
        vim = self._vim
        if vim.prompt is not None:
            typed = f"{vim.prompt.sign}{vim.prompt.text}"
            room = max(8, self._screen.size.width - 4)
            return Message(f"{typed if len(typed) <= room else typed[-room:]}▏")
        if vim.confirming is not None:
            return Message(f"replace with {vim.confirming.replacement} ({ANSWERS})?")
        mode = vim.mode.value
        if vim.recording is not None:
            mode += f" recording @{vim.recording.register}"
        pending = "".join(vim.pending) or "".join(self._screen.typed)
        return Hints((Hint(mode, ""), *self._hints()), pending)

    def _hints(self) -> tuple[Hint, ...]:
        """The keys that matter: those of the notebook that have another meaning here are not among them."""
        if self._vim.mode is not Mode.NORMAL:
            return (Hint("Esc", "normal mode"),)
        label = self._screen.keymap.first_label
        others = [(label("app.palette", KeyMode.EDIT), "commands"), (label("app.help", KeyMode.EDIT), "help")]
        hints = [("Esc", "leave the cell"), ("i", "insert"), (":run", "run"), (":w", "save"), *others]
        return tuple(Hint(key, title) for key, title in hints if key)
