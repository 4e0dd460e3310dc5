"""What helps while a cell is written, held together: completions, help, history, several cursors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.notebook.completing import Completing
from tui.screens.notebook.explaining import Explaining
from tui.screens.notebook.helppane import HelpPane
from tui.screens.notebook.recalling import Recalling

if TYPE_CHECKING:
    from tui.screens.notebook.screen import NotebookScreen
    from tui.view.popup.overlay import PopupTouched


class Writing:
    """The popups of one screen, and what else is about the cell that is edited in it."""

    def __init__(self, screen: NotebookScreen) -> None:
        self._screen = screen
        self.completing = Completing(screen, self._show)
        self.explaining = Explaining(screen, self._show)
        self.recalling = Recalling(screen)
        self.help_pane = HelpPane(screen)

    def take_key(self, key: str) -> bool:
        """Whether a key was for what is open."""
        return self.completing.take_key(key) or self.explaining.take_key(key) or self._one_cursor(key)

    def _one_cursor(self, key: str) -> bool:
        """Escape leaves one of several cursors."""
        state = self._screen.state
        has_more = key == "escape" and bool(state.more_cursors(self._screen.focused_cell.source))
        if has_more:
            state.more = None
            self._screen.view.draw_soon()
        return has_more

    def follow(self) -> None:
        """The text, the cursor or the mode may be another."""
        self.completing.follow()
        self.explaining.follow()
        self.help_pane.follow()

    def end(self) -> None:
        """The screen ends: nothing is to be asked, nor waited for, any more."""
        self.completing.end()
        self.explaining.end()
        self.help_pane.end()

    def touched(self, event: PopupTouched) -> None:
        """The mouse did something with a popup."""
        if event.popup is self.explaining.popup:
            self.explaining.scroll(event.wheel)
        elif event.popup is self.completing.popup and event.wheel:
            self.completing.scroll(event.wheel)
        elif event.popup is self.completing.popup:
            self.completing.press(event.row)

    def _show(self) -> None:
        popups = (self.explaining.popup, self.completing.popup)
        self._screen.state.popups = tuple(popup for popup in popups if popup is not None)
        self._screen.view.draw_soon()
