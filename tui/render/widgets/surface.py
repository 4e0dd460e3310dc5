"""What widgets are drawn upon: a width, the other widgets, and which control has the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from kernelbridge.outputs import Output
from kernelbridge.widgets.model import Life, Model, ModelId
from tui.render.rowops import crop, pad, text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.render.widgets.block import Block, ControlId
from tui.render.width import cell_width
from tui.sanitize import clean

if TYPE_CHECKING:
    from kernelbridge.widgets.known import KnownModels

_MOST_WIDGETS = 250
"""Drawn of one tree; the others cost a line that says how many."""
_DEEPEST = 32
"""Boxes in boxes."""
_MOST_ROWS = 3000
_LONGEST_TEXT = 20_000
"""Code points of a text that are drawn."""
_WIDEST_LABEL = 24
"""Cells of a description."""

DrawOutput: TypeAlias = Callable[[Output, int], Sequence[Row]]
"""The rows of an output in an Output widget, at a width; of a slow one, what stands in its place so far."""


class Place(Enum):
    """Where a widget stands."""

    ALONE = "alone"
    IN_LINE = "in line"
    """Beside others: short, without what those may say."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Text that is being typed into a control."""

    text: str
    cursor: int
    """Code points before it."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The control that keys go to."""

    control: ControlId
    entry: Entry | None = None


@dataclass(slots=True)
class _Progress:
    """What was drawn so far of one tree."""

    seen: set[ModelId] = field(default_factory=set["ModelId"])
    left: int = _MOST_WIDGETS
    rows_left: int = _MOST_ROWS
    has_dead: bool = False


Renderer: TypeAlias = "Callable[[Model, Surface], Block]"


@dataclass(frozen=True, slots=True)
class Surface:
    """Where a widget is drawn."""

    width: int
    """In cells; no row is wider."""
    models: KnownModels
    renderer_of: Callable[[Model], Renderer]
    draw_output: DrawOutput
    focus: Focus | None = None
    place: Place = Place.ALONE
    label_width: int = 0
    """Cells that descriptions are padded to, so that what stands below each other is aligned."""
    _above: tuple[ModelId, ...] = ()
    """The widgets that this one is in."""
    _progress: _Progress = field(default_factory=_Progress)

    def of_width(self, width: int, place: Place = Place.ALONE, label_width: int = 0) -> Surface:
        """A part of this one."""
        return replace(self, width=max(2, width), place=place, label_width=label_width)

    @property
    def seen(self) -> frozenset[ModelId]:
        """The models that were looked at: what is drawn depends on no others."""
        return frozenset(self._progress.seen)

    # -- other widgets ----

    def model(self, model: ModelId | None) -> Model | None:
        """A model, if there is one."""
        if model is None:
            return None
        self._progress.seen.add(model)
        return self.models.get(model)

    def children(self, model: Model) -> Iterator[Model]:
        """The children of a box that are to be seen, as many as are drawn."""
        for child in islice(model.children(), _MOST_WIDGETS + 1):
            known = self.model(child)
            if known is not None and not self._is_hidden(known):
                yield known

    def draw(self, model: Model) -> Block:
        """A widget; a message for one that is in itself, too deep, or one too many."""
        progress = self._progress
        progress.seen.add(model.id)
        if model.id in self._above:
            return self.note("a widget that holds itself")
        if len(self._above) >= _DEEPEST:
            return self.note("widgets too deep to draw")
        if progress.left <= 0 or progress.rows_left <= 0:
            return Block()
        progress.left -= 1
        if self._is_hidden(model):
            return Block()
        block = self.renderer_of(model)(model, replace(self, _above=(*self._above, model.id)))
        if "children" not in model.state:
            progress.rows_left -= len(block.rows)
        if progress.left > 0 and progress.rows_left > 0:
            return block
        progress.left, progress.rows_left = -1, 1
        return replace(block, rows=[*block.rows, *self.note("… more widgets, which are not drawn").rows])

    def _is_hidden(self, model: Model) -> bool:
        layout = self.model(model.reference("layout"))
        if layout is None:
            return False
        return layout.text("display") == "none" or layout.text("visibility") == "hidden"

    # -- text ----

    def note(self, text: str) -> Block:
        """A message in the place of what is not drawn."""
        return Block(wrap(text_row(clean(text), Style(Role.MUTED)), self.width))

    def line(self, text: str, style: Style) -> Row:
        """Text of a widget as one row, cut where it is too long."""
        row = text_row(short(text), style)
        if sum(span.width for span in row) <= self.width:
            return row
        return (*crop(row, 0, self.width - 1), *text_row("…", style))

    def label(self, model: Model) -> Row:
        """The description, and a blank behind it; nothing where there is none and nothing is aligned."""
        width = min(self.label_width or label_width(model), _WIDEST_LABEL, max(0, self.width // 2 - 1))
        if not width:
            return ()
        row = text_row(short(model.text("description")), self.style(model, Role.TEXT))
        if sum(span.width for span in row) > width:
            row = (*crop(row, 0, width - 1), *text_row("…", row[0].style))
        return (*pad(row, width), *text_row(" "))

    # -- focus ----

    def is_usable(self, model: Model) -> bool:
        """Whether a person can change it; that there is a control without a kernel is noted."""
        if model.life is not Life.LIVE:
            self._progress.has_dead = True
        return _is_usable(model)

    @property
    def has_dead(self) -> bool:
        """Whether there are controls without a kernel."""
        return self._progress.has_dead

    def is_focused(self, control: ControlId) -> bool:
        """Whether keys go to it."""
        return self.focus is not None and self.focus.control == control

    def entry(self, control: ControlId) -> Entry | None:
        """What is being typed into it."""
        return self.focus.entry if self.focus is not None and self.focus.control == control else None

    def style(self, model: Model, role: Role, control: ControlId | None = None) -> Style:
        """How a piece of a control looks: reversed with the focus, faint where it cannot be changed."""
        if control is not None and self.is_focused(control):
            return Style(role, bold=True, reverse=True)
        if _is_usable(model):
            return Style(role)
        return Style(Role.MUTED if role is Role.TEXT else Role.FAINT)


def _is_usable(model: Model) -> bool:
    return model.life is Life.LIVE and model.state.get("disabled") is not True


def label_width(model: Model) -> int:
    """The cells of a widget's description."""
    return min(cell_width(short(model.text("description"))), _WIDEST_LABEL)


def short(text: str) -> str:
    """Text of a widget made safe, as one line; more than is drawn is cut."""
    return clean(text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…")


def long(text: str) -> str:
    """Text as it is, up to what is drawn; not made safe."""
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"
