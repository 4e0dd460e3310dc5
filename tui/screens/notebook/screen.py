"""The screen of an open notebook: holds its parts together, and shows what changed.

What input means (`routing`, and behind it every action) is loaded after the first frame.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual import events, on

from tui.actions import Mode
from tui.controller import Controller
from tui.document.notebook import Cell, CellKey, CellKind, Notebook
from tui.files.watching import FileWatch
from tui.render.languages import language_of
from tui.sanitize import clean
from tui.screens.newestsize import heed_newest_size
from tui.screens.notebook.backup import Backup
from tui.screens.notebook.finding import Finding
from tui.screens.notebook.folding import show_cells
from tui.screens.notebook.kernel import NotebookKernel
from tui.screens.notebook.listener import ScreenListener
from tui.screens.notebook.status import hints_for, status_of
from tui.screens.painting import PaintingScreen
from tui.terminal.clipboard import fits
from tui.view.celllook import Room
from tui.view.notebookview import NotebookView
from tui.view.viewstate import ViewState
from tui.widgets.body import Body
from tui.widgets.hintline import BottomLine, Message, Question, Severity, bottom_row
from tui.widgets.rowline import RowLine
from tui.widgets.rowlist import RowList
from tui.widgets.tabline import TabLine
from tui.widgets.topline import top_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from tui.config import Config
    from tui.files.notebookfile import NotebookFile
    from tui.kernelreach import Launch
    from tui.keymap import Keymap
    from tui.options import Options
    from tui.render.canvas import Canvas
    from tui.screens.notebook.debugging.keeping import BreakpointKeeping
    from tui.screens.notebook.program import Program
    from tui.screens.notebook.vimkeys import VimKeys
    from tui.screens.notebook.writing import Writing
    from tui.theme import Palette

Handler: TypeAlias = "Callable[[NotebookScreen], None]"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for its key."""

    question: Question
    answered: Callable[[str], None]
    once_idle: Callable[[], None] | None = None
    """What is to be asked or done in its place where it is about runs, and they are over."""


class NotebookScreen(PaintingScreen, inherit_bindings=False):
    """One notebook on the whole terminal."""

    DEFAULT_CSS: ClassVar[str] = "NotebookScreen { layout: vertical; overflow: hidden; }"
    AUTO_FOCUS = None

    def __init__(
        self,
        file: NotebookFile,
        options: Options,
        keymap: Keymap,
        palette: Palette,
        program: Program,
        launch: Launch,
    ) -> None:
        super().__init__()
        self.file = file
        self.options = options
        self.program = program
        self.palette = palette
        self.clipboard = program.clipboard
        notebook = _with_a_cell(file.notebook)
        listener = ScreenListener(self)
        self.controller = Controller(notebook, listener, file.place.identity)
        self.controller.records_times = options.config.record_times
        self.backup = Backup(self.controller.document, lambda: self.file, self.told)
        self.file_watch = FileWatch()
        self.file_in_use = asyncio.Lock()
        """Held by who reads or writes the file."""
        self.kernel = NotebookKernel(self.controller, options, file.path, listener.kernel_changed, launch)
        self.state = ViewState(
            notebook.cells[0].key,
            wraps=options.config.wrap_outputs,
            numbered=options.config.line_numbers,
        )
        self.view = NotebookView(
            notebook,
            self.controller.runs,
            self.state,
            language_of(notebook.metadata),
            palette,
            _with_keys(program.canvas, keymap),
            options.config.output_rows,
            self.controller.widgets.models,
            Room(options.config.cell_spacing, options.config.max_width),
        )
        self.body = Body(self.view)
        self.keymap = keymap
        self.finding = Finding(self)
        self.vim: VimKeys | None = None
        """Vim's keys, where they are chosen."""
        self.typed: tuple[str, ...] = ()
        self.message: Message | None = None
        self.asked: Asked | None = None
        self._tabs = TabLine(palette)
        self._top = RowLine(palette, "surface")
        self._bottom = RowLine(palette, "surface")
        self._status_due = False
        self._early: list[events.Key | events.Paste] | None = []
        """What was typed before the notebook was drawn, and so before there was a place for it."""

    def compose(self) -> ComposeResult:
        """The line at the top, the notebook, the line at the bottom."""
        yield self._tabs
        yield self._top
        yield self.body
        yield self._bottom

    def on_mount(self) -> None:
        """The kernel is on its way already."""
        self.refresh_status()
        self.kernel.start_on_opening()

    @on(NotebookView.FirstDrawn)
    def _show_first_frame(self) -> None:
        """From here on frames are shown whole; what input means comes right behind the first."""
        self.program.show_frames()
        self.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        if self.options.config.editor.keys == "vim":
            self.use_vim()
        early, self._early = self._early or [], None
        for event in early:
            self.program.pass_on(event)
        import_module("tui.screens.notebook.routing")  # so that the first key finds it loaded
        if self.file.warning:
            self.told(self.file.warning)
        from tui.screens.notebook.recovering import offer_leftovers

        self.run_worker(partial(offer_leftovers, self), group="leftovers")
        self.run_worker(self.breakpoints.bring_back, group="breakpoints")

    async def on_unmount(self) -> None:
        """The kernel is its keeper's; what is unsaved is for the next time."""
        self.writing.end()
        await self.backup.close()
        await self.breakpoints.close()
        await self.controller.debugger.close()
        await self.kernel.close()

    # -- what there is ----

    @property
    def notebook(self) -> Notebook:
        """The notebook as it is now."""
        return self.controller.document.notebook

    @property
    def focus_index(self) -> int:
        """Where the focused cell is."""
        return self.notebook.index_of(self.state.focus)

    @property
    def focused_cell(self) -> Cell:
        """The focused cell."""
        return self.notebook.cell(self.state.focus)

    def selected_range(self) -> range:
        """Where the selected cells are, else the focused one; with the last, all of its section if folded."""
        block = range(self.focus_index, self.focus_index + 1)
        if self.state.selection is not None:
            block = self.state.selection.indices(self.notebook)
        return range(block.start, block.stop + self.state.folded.get(self.notebook.cells[block[-1]].key, 0))

    def selected_cells(self) -> tuple[Cell, ...]:
        """The selected cells; the focused one where no more are selected."""
        block = self.selected_range()
        return self.notebook.cells[block.start : block.stop]

    @property
    def may_write(self) -> bool:
        """Whether the notebook may be changed and saved from here."""
        return self.file.read_only is None and self.kernel.may_edit

    def is_editable(self) -> bool:
        """Whether the notebook may be changed; says why when not."""
        if self.may_write:
            return True
        if self.file.read_only is not None:
            self.say(self.file.read_only.reason, Severity.WARNING)
        else:
            self.say(
                f"{self.kernel.writer_name} edits this notebook; {self._take_over_hint()}", Severity.WARNING
            )
        return False

    def _take_over_hint(self) -> str:
        return f"{self.keymap.first_label('file.take-over', Mode.COMMAND) or 'a command'} takes over"

    @cached_property
    def writing(self) -> Writing:
        """What helps while a cell is written; loaded with the first key."""
        from tui.screens.notebook.writing import Writing

        return Writing(self)

    @cached_property
    def breakpoints(self) -> BreakpointKeeping:
        """What keeps them; loaded behind the first frame."""
        from tui.screens.notebook.debugging.keeping import BreakpointKeeping

        return BreakpointKeeping(self)

    # -- what actions do to the screen ----

    def focus_cell(self, key: CellKey) -> None:
        """Focus a cell and bring it into sight; a selection of more cells ends."""
        if (
            self.state.editing
            and key != self.state.focus
            and self.notebook.cell(key).kind is CellKind.MARKDOWN
        ):
            self.state.editing = False
        self.state.selection = None
        if key != self.state.focus:
            self.state.control = None
        self.state.focus = key
        if key not in self.view.notebook:
            show_cells(self)
        self.view.show_focus()
        self.refresh_status()

    def use_vim(self) -> None:
        """Take vim's keys in cells from now on."""
        from tui.screens.notebook.vimkeys import VimKeys

        self.vim = VimKeys(self)

    def set_editing(self, *, editing: bool) -> None:
        """Go to edit mode or to command mode."""
        if editing != self.state.editing:
            self.state.editing = editing
            self.state.control = None
            self.controller.document.break_here()
            if self.vim is not None:
                _ = self.vim.enter() if editing else self.vim.leave()
        self.view.show_focus()
        self.refresh_status()

    def say(self, text: str, severity: Severity = Severity.INFORMATION) -> None:
        """Show a message in the bottom line until the next action."""
        self.message = Message(text, severity)
        self.refresh_status()

    def told(self, text: str) -> None:
        """Something happened that a person should know."""
        self.say(text, Severity.WARNING)

    def ask(
        self,
        question: Question,
        answered: Callable[[str], None],
        once_idle: Callable[[], None] | None = None,
    ) -> None:
        """Ask a question that one key answers; escape answers nothing.

        With `once_idle` it is about runs: that is done in its place when they end before a key is pressed.
        """
        self.asked = Asked(question, answered, once_idle)
        self.refresh_status()

    def copy_text(self, text: str) -> None:
        """Keep text to paste it here, and give it to the terminal's clipboard."""
        self.clipboard.text = text
        lines = text.count("\n") + (not text.endswith("\n"))
        copied = "copied 1 line" if lines == 1 else f"copied {lines:,} lines"
        if fits(text):
            self.program.copy_text(text)
            self.say(copied)
        else:
            self.say(f"{copied}, to paste here only: too much for a terminal's clipboard", Severity.WARNING)

    def come_back(self) -> None:
        """The person is at this terminal again."""
        from tui.screens.notebook.noticing import look_again

        self.run_worker(partial(look_again, self), exclusive=True, group="others writing")

    def leave(self) -> None:
        """Leave the notebook, as the person wants to."""
        ends = self.kernel.leave_on_purpose()
        if self.controller.runs.active():
            self.program.leave("What runs goes on: open the notebook again, or see tnb ps.")
        else:
            self.program.leave(self._last_words_of_server() if ends else "")

    def interrupt_and_leave(self) -> None:
        """Leave the notebook, and have nothing go on."""
        ends = self.kernel.interrupt_and_leave()
        self.program.leave(self._last_words_of_server() if ends else "")

    def _last_words_of_server(self) -> str:
        """A server that is out of reach cannot be told to end a kernel."""
        away = clean(self.kernel.away)
        return f"The kernel may run on: its server is out of reach ({away})." if away else ""

    def set_canvas(self, canvas: Canvas) -> None:
        """Draw outputs for another terminal or theme."""
        self.view.set_canvas(_with_keys(canvas, self.keymap))

    def take_config(self, config: Config) -> None:
        """Look as another configuration says."""
        self.options = replace(self.options, config=config)
        self.state.numbered = config.line_numbers
        self.view.set_room(Room(config.cell_spacing, config.max_width), config.output_rows)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.palette = palette
        lines = (self._tabs, self._top, self._bottom)
        for widget in (*lines, self.view, self.body, *self.query(RowList)):
            widget.set_palette(palette)

    def refresh_status(self) -> None:
        """Draw the lines at the top and the bottom once, when what goes on now is done."""
        if not self._status_due and self.is_attached:
            self._status_due = True
            asyncio.get_running_loop().call_soon(self._draw_status)

    def _draw_status(self) -> None:
        self._status_due = False
        width = self.size.width
        if width:
            self._tabs.show_tabs(self.program.tab_titles(), width)
            self._top.show(top_row(status_of(self), width))
            self._bottom.show(bottom_row(self._bottom_line(), width))

    def _bottom_line(self) -> BottomLine:
        if self.asked is not None:
            return self.asked.question
        if self.message is not None:
            return self.message
        if self.vim is not None and self.state.editing:
            return self.vim.bottom_line()
        return hints_for(self, self.typed)

    # -- input ----

    @property
    def mode(self) -> Mode:
        """Which keys apply."""
        return Mode.EDIT if self.state.editing else Mode.COMMAND

    def on_key(self, event: events.Key) -> None:
        """Every key is for the notebook."""
        event.stop()
        event.prevent_default()
        self._take(event)

    def perform(self, action: str) -> None:
        """Do an action by its id."""
        from tui.screens.notebook.routing import perform

        perform(self, action)

    def on_paste(self, event: events.Paste) -> None:
        """Text pasted by the terminal."""
        event.stop()
        self._take(event)

    def _take(self, event: events.Key | events.Paste) -> None:
        if self._early is not None:
            self._early.append(event)
            return
        from tui.screens.notebook.routing import take_key, take_paste

        if isinstance(event, events.Key):
            take_key(self, event)
        else:
            take_paste(self, event.text)

    @on(TabLine.Chosen)
    def _tab_chosen(self, event: TabLine.Chosen) -> None:
        self.program.pick_tab(event.index)

    def on_screen_resume(self) -> None:
        """This notebook is in front again: others may have been opened, closed or changed meanwhile."""
        self.refresh_status()

    @on(NotebookView.Pressed)
    def _pressed(self, event: NotebookView.Pressed) -> None:
        from tui.screens.notebook.routing import take_press

        take_press(self, event)

    @on(NotebookView.Dragged)
    def _dragged(self, event: NotebookView.Dragged) -> None:
        from tui.screens.notebook.routing import take_drag

        take_drag(self, event)

    @on(NotebookView.Swept)
    def _swept(self, event: NotebookView.Swept) -> None:
        if event.text:
            self.copy_text(event.text)

    @on(NotebookView.HeadPressed)
    def _head_pressed(self, event: NotebookView.HeadPressed) -> None:
        from tui.screens.notebook.folding import toggle_section

        self.focus_cell(event.key)
        toggle_section(self)

    @on(NotebookView.RunPressed)
    def _run_pressed(self, event: NotebookView.RunPressed) -> None:
        from tui.screens.notebook.routing import take_run_press

        take_run_press(self, event)

    @on(NotebookView.FoldPressed)
    def _fold_pressed(self, event: NotebookView.FoldPressed) -> None:
        from tui.screens.notebook.routing import take_fold_press

        take_fold_press(self, event)

    @on(NotebookView.PopupTouched)
    def _popup_touched(self, event: NotebookView.PopupTouched) -> None:
        self.writing.touched(event)

    @on(NotebookView.ControlPressed)
    def _control_pressed(self, event: NotebookView.ControlPressed) -> None:
        from tui.screens.notebook.routing import take_control_press

        take_control_press(self, event)

    def asks_here(self) -> bool:
        """Whether keys answer the focused cell's `input()`."""
        run = self.controller.runs.asking()
        return run is not None and run.cell == self.state.focus and not self.state.editing

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as wide as the screen."""
        heed_newest_size(self, event)
        self.refresh_status()
        self.call_after_refresh(self.view.show_focus)


def _with_keys(canvas: Canvas, keymap: Keymap) -> Canvas:
    """The canvas, on which a table says what opens it."""
    return replace(canvas, table_key=keymap.first_label("output.view-table", Mode.COMMAND))


def _with_a_cell(notebook: Notebook) -> Notebook:
    """The notebook with a place to type, which comes into the file only once something is typed."""
    if notebook.cells:
        return notebook
    from tui.document.cells import new_cell

    return replace(notebook, cells=(new_cell(notebook, CellKind.CODE),))
