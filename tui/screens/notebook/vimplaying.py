"""Keys that vim plays: macros, and `:normal` in one line after the other."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from tui.view.editor.vim.normal import in_line, is_done, without_marks
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.screens.notebook.screen import NotebookScreen
    from tui.screens.notebook.vimkeys import VimKeys

_MOST_KEYS: Final = 20_000
"""A macro that plays itself for ever ends after so many."""
_DEEPEST: Final = 10
"""As does a macro with a `:normal` that plays it."""


class Player:
    """Presses keys as a person would, until one of them finds nothing."""

    def __init__(self, screen: NotebookScreen, vim: VimKeys) -> None:
        self._screen = screen
        self._vim = vim
        self._coming: deque[str] | None = None
        """Keys of a macro that are still to come, while one is played."""
        self._left = 0
        """How many keys may still be pressed."""
        self._depth = 0
        """How many `:normal` are under way."""

    @property
    def is_playing(self) -> bool:
        """Whether keys are played, and not typed."""
        return self._coming is not None

    @property
    def is_one_step(self) -> bool:
        """Whether all that keys change now is one step to undo."""
        return self._depth > 0

    def stop(self) -> None:
        """A key found nothing: the rest of the macro is not played."""
        if self._coming is not None:
            self._coming.clear()

    def play(self, keys: Iterable[str]) -> None:
        """Press the keys; from within a macro, before the rest of it."""
        if self._coming is not None:
            self._coming.extendleft(reversed(tuple(keys)))
            return
        if not self._depth:
            self._left = _MOST_KEYS
        self._press_all(deque(keys))

    def play_in_lines(self, keys: tuple[str, ...], lines: tuple[int | str, ...]) -> None:
        """Press the keys in each of the lines, or where the cursor is."""
        if self._depth == _DEEPEST:
            self._give_up()
            return
        if self._coming is None and not self._depth:
            self._left = _MOST_KEYS
        outer, self._coming = self._coming, None
        self._depth += 1
        for line in lines or (None,):
            if not self._left or not self._screen.state.editing:
                break
            if line is None or self._goes_to(line):
                self._press_all(deque(keys))
                self._end_command()
        self._depth -= 1
        self._coming = outer
        if not self._depth and (scene := self._vim.scene()) is not None:
            self._vim.take(scene, without_marks(scene))
            self._screen.controller.document.break_here()

    def _press_all(self, keys: deque[str]) -> None:
        from tui.screens.notebook.routing import press_key

        self._coming = keys
        while keys and self._screen.state.editing and self._screen.asked is None:
            if not self._left:
                self._give_up()
                break
            self._left -= 1
            key = keys.popleft()
            press_key(self._screen, key, {"space": " "}.get(key, key if len(key) == 1 else None))
        self._coming = None

    def _give_up(self) -> None:
        self._left = 0
        self._screen.say("the macro was stopped: it would never end", Severity.WARNING)

    def _goes_to(self, line: int | str) -> bool:
        """Put the cursor into a line; whether there is such a line."""
        before = self._vim.scene()
        after = in_line(before, line) if before is not None else None
        if before is not None and after is not None:
            self._vim.take(before, after)
        return after is not None

    def _end_command(self) -> None:
        """Escape, as often as it takes to the normal mode, but not out of the cell."""
        while (scene := self._vim.scene()) is not None and self._screen.state.editing and not is_done(scene):
            self._vim.take_key("escape")
