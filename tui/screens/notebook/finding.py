"""Finding text in the notebook, going from match to match, and replacing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from tui.document.history import Place
from tui.document.replacing import edits_of, line_changes
from tui.document.selection import TextSelection
from tui.render.rowops import plain
from tui.screens.notebook.jumping import leave_trail
from tui.view.gutter import CONTENT_COLUMN
from tui.view.highlights import highlights_of
from tui.view.outputspart import Fold
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.document.found import Found
    from tui.document.notebook import CellKey, Notebook
    from tui.document.replacing import LineChange
    from tui.screens.find.bar import FindScreen, Outcome
    from tui.screens.find.search import Search
    from tui.screens.notebook.screen import Handler, NotebookScreen
    from tui.view.viewport import Spot

_MOST_ROWS: Final = 5_000
"""Rows of a cell that are looked through for the one that shows a match."""
_BELOW: Final = 6
"""Rows that stay in sight below a match: over the last of them lies the bar."""


class Finding:
    """What is looked for in one notebook, and the bar while it is open."""

    def __init__(self, screen: NotebookScreen) -> None:
        self._screen = screen
        self._search: Search | None = None
        self._bar: FindScreen | None = None
        self._was_at: tuple[CellKey, TextSelection, Spot] | None = None

    @property
    def search(self) -> Search:
        """The search, begun when it is first asked for."""
        if self._search is None:
            from tui.screens.find.search import Search

            screen = self._screen
            self._search = Search(
                lambda: screen.notebook,
                lambda work: screen.run_worker(work, exclusive=True, group="find"),
                self._changed,
            )
        return self._search

    def note_change(self) -> None:
        """The notebook was edited."""
        if self._screen.state.found is not None:
            self.search.note_change()

    def open(self, *, replaces: bool) -> None:
        """Show the bar; what is found is shown while one types."""
        from tui.screens.find.bar import FindScreen

        screen, search = self._screen, self.search
        state = screen.state
        cursor = state.cursor(state.focus)
        self._was_at = state.focus, cursor, screen.view.top
        search.begin(state.focus, cursor.start if state.editing else 0)
        self._bar = FindScreen(search, screen.palette, self.turn, replaces=replaces)
        screen.program.lay_over(self._bar, self._answered)

    def _answered(self, outcome: Outcome) -> None:
        from tui.screens.find.bar import Outcome

        self._bar = None
        was_at, self._was_at = self._was_at, None
        match outcome:
            case Outcome.GO:
                self._say_where()
            case Outcome.PREVIEW:
                self._screen.run_worker(self._preview, exclusive=True, group="find")
            case Outcome.BACK:
                self.forget()
                if was_at is not None:
                    self._go_back(*was_at)

    def _go_back(self, key: CellKey, cursor: TextSelection, top: Spot) -> None:
        screen = self._screen
        if key in screen.notebook:
            screen.state.cursors[key] = cursor
            screen.focus_cell(key)
            screen.view.return_to(top)

    def _say_where(self) -> None:
        found, search, screen = self.search.current, self.search, self._screen
        if found is None or search.at is None:
            return
        following = screen.keymap.first_label("find.next", screen.mode)
        screen.say(f"{search.at + 1:,} of {len(search.found):,}; {following} goes to the next")

    def turn(self, step: int) -> None:
        """Go to the next match or the one before."""
        found = self.search.turn(step, self._screen.state.focus)
        if found is None:
            self._screen.say("nothing found" if self.search.is_active else "nothing was looked for yet")
        elif self._bar is None:
            self._say_where()

    def go_on(self, step: int) -> None:
        """Go to the next match of what was looked for last, even where that was forgotten."""
        search = self.search
        if search.is_active and self._screen.state.found is None:
            self._screen.run_worker(partial(self._look_and_turn, step), exclusive=True, group="find")
        else:
            leave_trail(self._screen)
            self.turn(step)

    async def _look_and_turn(self, step: int) -> None:
        await self.search.hunt()
        leave_trail(self._screen)
        self.turn(step)

    def forget(self) -> None:
        """Mark nothing any more."""
        if self._screen.state.found is not None:
            self.search.forget()
        self._screen.state.found = None
        self._screen.view.draw_soon()

    def _changed(self) -> None:
        """More was found, or one is at another match."""
        screen, search = self._screen, self.search
        before = screen.state.found
        current = search.current
        fresh = highlights_of(search.found, current)
        if current is None or (before is not None and before.current == current):
            screen.state.found = fresh if before is None else replace(fresh, drawn_at=before.drawn_at)
        else:
            screen.state.found = fresh
            self._show(current)
        screen.view.draw_soon()
        if self._bar is not None:
            self._bar.show()

    def _show(self, found: Found) -> None:
        """Bring a match into sight, with the cursor on it where it is in a source."""
        screen = self._screen
        if found.cell not in screen.notebook:
            return
        cell = screen.notebook.cell(found.cell)
        if found.output is None:
            if screen.state.is_source_hidden(cell):
                screen.state.hidden_sources[found.cell] = False
            screen.state.cursors[found.cell] = TextSelection(found.start, found.end)
        screen.focus_cell(found.cell)
        row, nth = self._place_of(found)
        if screen.state.found is not None:
            screen.state.found = replace(screen.state.found, drawn_at=(row, nth))
        screen.view.show_row(found.cell, row, _BELOW if self._bar is not None else 2)

    def _place_of(self, found: Found) -> tuple[int, int]:
        """The row of the cell that shows a match, as far as can be told, and how many are before it there."""
        screen = self._screen
        block = screen.view.block(found.cell)
        if found.output is None and block.source is not None:
            return block.source.layout.position(found.start)[0], 0
        is_whole = screen.state.fold(screen.notebook.cell(found.cell)) is Fold.OPEN
        if found.output is not None and not is_whole:
            screen.state.folds[found.cell] = Fold.OPEN
            block = screen.view.block(found.cell)
        highlights = screen.state.found
        if highlights is None or highlights.texts is None:
            return 0, 0
        first = 0 if found.output is None else block.source_height
        nth = sum(
            1
            for other in self.search.found
            if other.cell == found.cell
            and (other.output is None) is (found.output is None)
            and (other.output or 0, other.start) < (found.output or 0, found.start)
        )
        last = first
        for row in range(first, min(block.height - 1, first + _MOST_ROWS)):
            count = len(highlights.texts.findall(plain(block.row(row)), CONTENT_COLUMN - 1))
            if nth < count:
                return row, nth
            if count:
                last = row
                nth -= count
        return last, 0

    async def _preview(self) -> None:
        from tui.screens.find.preview import ReplacePreviewScreen

        screen, search = self._screen, self.search
        if not screen.is_editable():
            return
        await search.hunt()
        if search.complaint:
            screen.say(search.complaint, Severity.ERROR)
            return
        notebook = screen.notebook
        changes = line_changes(notebook, search.found)
        if not changes:
            screen.say("it was found in outputs only, which are never replaced", Severity.WARNING)
            return
        preview = ReplacePreviewScreen(changes, notebook, screen.palette)
        screen.program.lay_over(preview, lambda taken: self._replace(notebook, taken))

    def _replace(self, notebook: Notebook, changes: Sequence[LineChange]) -> None:
        """Make the changes in one step, unless the notebook is another by now."""
        screen = self._screen
        if any(
            change.cell not in screen.notebook
            or screen.notebook.cell(change.cell).source != notebook.cell(change.cell).source
            for change in changes
        ):
            screen.say("not replaced: the notebook has changed meanwhile; find again", Severity.WARNING)
            return
        edits = edits_of(changes)
        if edits and screen.is_editable():
            place = Place(screen.state.focus, None)
            screen.controller.perform(edits, place, place)
            count = "1 place" if len(edits) == 1 else f"{len(edits):,} places"
            screen.say(f"replaced in {count}; undo takes all of it back")
            for change in changes:
                screen.state.cursors.pop(change.cell, None)
            screen.view.show_focus()


HANDLERS: Mapping[str, Handler] = {
    "find.open": lambda screen: screen.finding.open(replaces=False),
    "find.replace": lambda screen: screen.finding.open(replaces=True),
    "find.next": lambda screen: screen.finding.go_on(1),
    "find.previous": lambda screen: screen.finding.go_on(-1),
    "find.forget": lambda screen: screen.finding.forget(),
}
