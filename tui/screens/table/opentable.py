"""A table that is looked at: what is in sight, what was read, and what to ask its source next."""

from __future__ import annotations

from tui.screens.table.pages import Block, Extent, Pages
from tui.screens.table.source import Arrangement, Condition, Shape, Sort, Source, SourceError
from tui.screens.table.window import TableWindow


class OpenTable:
    """Shows one source, and from when it answers a better one."""

    def __init__(self, source: Source, shape: Shape, better: Source | None) -> None:
        """`shape` is that of the source."""
        self.source = source
        self._better = better
        self._waiting: Arrangement | None = None
        self._has_failed = False
        self.window = TableWindow(shape, shape.lines)
        self.window.go(0, self.window.levels)
        self.pages = Pages()
        self.arrangement = Arrangement()

    @property
    def doing(self) -> str:
        """What takes a moment, in a word."""
        if self._waiting is None:
            return ""
        return "sorting" if self._waiting.sort != self.arrangement.sort else "filtering"

    @property
    def extent(self) -> Extent:
        """How large what is shown is."""
        return Extent(self.window.lines, len(self.window.shape.columns))

    def arrange(self, arrangement: Arrangement) -> None:
        """Have the lines sorted and filtered, once the source can."""
        self._waiting = arrangement

    def sort(self) -> None:
        """By the column of the cursor: up, then down, then not."""
        number, now = self.window.number(self.window.place), self.arrangement
        match now.sort:
            case Sort(column=column, is_descending=False) if column == number:
                sort = Sort(number, is_descending=True)
            case Sort(column=column) if column == number:
                sort = None
            case _:
                sort = Sort(number)
        self.arrange(Arrangement(sort, now.conditions))

    def filter(self, condition: Condition | None) -> None:
        """Show only lines for which that holds of the column of the cursor; None for any."""
        number, now = self.window.number(self.window.place), self.arrangement
        others = tuple(each for each in now.conditions if each.column != number)
        self.arrange(Arrangement(now.sort, others if condition is None else (*others, condition)))

    def condition(self) -> Condition | None:
        """What is asked of the column of the cursor."""
        number = self.window.number(self.window.place)
        return next((each for each in self.arrangement.conditions if each.column == number), None)

    def try_again(self) -> None:
        """What could not be read may be asked for once more."""
        self._has_failed = False

    def wants(self, width: int, height: int) -> bool:
        """Whether there is anything to ask for, with so much in sight."""
        return self._better is not None or self._wants_of_this(width, height)

    def can_ask(self, width: int, height: int) -> bool:
        """Whether there is something to ask for that would be answered soon."""
        if self._better is not None and self._better.is_ready():
            return True
        return self.source.is_ready() and self._wants_of_this(width, height)

    def _wants_of_this(self, width: int, height: int) -> bool:
        if self._waiting is not None:
            return True
        return not self._has_failed and self._missing(width, height) is not None

    async def ask(self, width: int, height: int) -> None:
        """Ask for the next thing, and take the answer. Raises SourceError."""
        try:
            await self._ask(width, height)
        except SourceError:
            self._has_failed = True
            raise

    async def _ask(self, width: int, height: int) -> None:
        if self._better is not None and self._better.is_ready():
            better, self._better = self._better, None
            await self._turn_to(better)
            return
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.window.lines = await self.source.arrange(waiting)
            self.arrangement = waiting
            self.pages.clear()
            self.window.go(0, self.window.place)
            return
        block = self._missing(width, height)
        if block is not None:
            lines = await self.source.read(self.extent.lines_of(block), self.extent.columns_of(block))
            self.pages.put(block, lines)

    async def _turn_to(self, better: Source) -> None:
        try:
            shape = await better.shape()
        except SourceError as error:
            raise SourceError(f"shown as it is in the output: {error}") from error
        line, place = self.window.line, self.window.place
        self.source, self.window = better, TableWindow(shape, shape.lines)
        self.pages.clear()
        self.arrangement = Arrangement()
        self.window.go(line, place)

    def _missing(self, width: int, height: int) -> Block | None:
        window = self.window
        lines = range(window.top, window.top + max(1, height))
        return self.pages.next_missing(lines, window.columns_in_sight(width), self.extent)
