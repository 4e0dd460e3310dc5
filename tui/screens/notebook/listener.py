"""What the controller and the kernel tell, shown on the screen of a notebook."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kernelbridge.outputs import DisplayData
from kernelbridge.state import Idle
from tui.render.languages import language_named, language_of
from tui.screens.notebook.files import in_turn, reread
from tui.screens.notebook.folding import show_cells
from tui.screens.notebook.notifying import LongRuns
from tui.screens.notebook.trouble import trouble_of
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from textual.timer import Timer

    from kernelbridge.keeperframes import Attached
    from kernelbridge.outputs import MimeBundle
    from tui.document.changes import Changes
    from tui.document.notebook import CellKey
    from tui.screens.notebook.screen import NotebookScreen


class ScreenListener:
    """Heeds what changed in the document, the runs and the kernel of one screen."""

    def __init__(self, screen: NotebookScreen) -> None:
        self._screen = screen
        self._clock: Timer | None = None
        self._writer: Attached | None = None
        """Another frontend that had the right to edit when this was looked at last."""
        self._knows_of_logout = False
        self._long_runs = LongRuns(screen.options.config.notify_seconds)
        self._trouble = ""
        """Why code could not be run when this was looked at last."""

    def is_editable(self) -> bool:
        """Whether the notebook may be changed; says why when not."""
        return self._screen.is_editable()

    def document_changed(self, changes: Changes) -> None:
        """Cells changed: draw them, and keep focus and selection on cells that are there."""
        screen = self._screen
        if not changes:
            return
        if changes.structure:
            self._keep_focus()
        if changes.metadata:
            screen.controller.widgets.models.store(screen.notebook.metadata)
            screen.view.set_language(language_of(screen.notebook.metadata))
        screen.controller.debugger.follow()
        show_cells(screen)
        screen.backup.note_change()
        screen.finding.note_change()
        screen.refresh_status()

    def _keep_focus(self) -> None:
        screen = self._screen
        notebook, state = screen.notebook, screen.state
        if state.selection is not None and not all(
            key in notebook for key in (state.selection.anchor, state.selection.head)
        ):
            state.selection = None
        if state.focus not in notebook:
            state.focus = notebook.cells[0].key
            state.editing = False
            state.control = None

    def runs_changed(self) -> None:
        """Run states changed; while something runs, its time is drawn every second."""
        screen = self._screen
        self._notify()
        screen.view.draw_soon()
        screen.body.heed_runs()
        asked = screen.asked
        if asked is not None and asked.once_idle is not None and not screen.controller.runs.active():
            screen.asked = None
            asked.once_idle()
        screen.refresh_status()
        if self._clock is None and screen.view.has_running:
            self._clock = screen.set_interval(1, self._tick)

    def _notify(self) -> None:
        """Tell who looks elsewhere that what ran for long is over; what was over before is no news."""
        screen = self._screen
        if screen.kernel.is_catching_up:
            self._long_runs.forget()
        elif text := self._long_runs.heed(screen.controller.runs, screen.notebook):
            screen.program.notify_elsewhere(screen.file.path.name, text)

    def _tick(self) -> None:
        screen = self._screen
        screen.view.tick()
        if not screen.view.has_running and self._clock is not None:
            self._clock.stop()
            self._clock = None

    def kernel_changed(self) -> None:
        """The kernel is in another state, or said what it is."""
        screen = self._screen
        self._heed_writer()
        self._tell_trouble()
        metadata, info = screen.notebook.metadata, screen.kernel.info
        if info is not None and "language_info" not in metadata and "kernelspec" not in metadata:
            screen.view.set_language(language_named(info.language))
        screen.body.heed_runs()
        screen.refresh_status()
        if not self._knows_of_logout and isinstance(screen.kernel.state, Idle):
            from tui.screens.notebook.logout import warn_of_logout

            self._knows_of_logout = True
            warn_of_logout(screen)

    def _tell_trouble(self) -> None:
        """As soon as code cannot be run any more, say why; the message goes with the trouble."""
        screen = self._screen
        before, self._trouble = self._trouble, trouble_of(screen)
        if self._trouble and self._trouble != before:
            screen.say(self._trouble, Severity.ERROR)
        elif not self._trouble and screen.message is not None and screen.message.text == before:
            screen.message = None

    def _heed_writer(self) -> None:
        """Who edits may have changed: whoever may now begins with what the other left in the file."""
        screen = self._screen
        screen.kernel.claim_if_free()
        if screen.kernel.writer is None and not screen.kernel.may_edit:
            return
        writer = screen.kernel.writer
        before, self._writer = self._writer, writer
        if before is None and writer is not None:
            if screen.state.editing:
                screen.set_editing(editing=False)
            if screen.controller.document.is_modified:
                screen.say(
                    f"{screen.kernel.writer_name} took over; what is unsaved here stays",
                    Severity.WARNING,
                )
        elif before is not None and writer is None and not screen.controller.document.has_edits:
            in_turn(screen, partial(reread, screen))

    def debugger_changed(self) -> None:
        """Code stopped or went on, or is to stop elsewhere."""
        from tui.screens.notebook.debugging.showing import show_debugger

        if self._screen.is_attached:
            show_debugger(self._screen)

    def others_changed(self) -> None:
        """Runs that belong to no cell came, or changed."""
        self._screen.refresh_status()

    def told(self, text: str) -> None:
        """Something happened that a person should know."""
        self._screen.say(text, Severity.WARNING)

    def input_requested(self, cell: CellKey) -> None:
        """A cell asks: the answer is typed right there, unless another cell is being edited."""
        screen = self._screen
        if not screen.state.editing and cell in screen.notebook:
            screen.focus_cell(cell)
        else:
            screen.say("a cell asks for input")

    def page_arrived(self, data: MimeBundle) -> None:
        """The kernel shows a text: in a screen of its own."""
        self._screen.program.open_page(DisplayData(data))
