"""Where in a field of cells a chart's parts stand: terminal text and pictures are made of the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from tui.render.charts.axes import AxisKind
from tui.render.charts.chart import Axis, Chart, Domain, Gradient, LegendEntry, Panel, Round
from tui.render.charts.colors import Rgba
from tui.render.charts.labels import LegendPlace, legend_places, shortened, spaced
from tui.render.charts.marks import Mark
from tui.render.charts.ticks import Range, Tick
from tui.render.rows import Role
from tui.render.width import cell_width

_LEAST_COLUMNS, _LEAST_ROWS = 4, 2  # of a plot area
_LONGEST_LABEL: Final = 16
_ALMOST: Final = 1e-6
_LEGEND_ROWS: Final = 3
GRADIENT_CELLS: Final = 20
_ROWS_A_TICK: Final = 3
_CELLS_A_TICK: Final = 11
_UNIT: Final = Range(-1.02, 1.02)


class Text(NamedTuple):
    """Words that begin in a cell."""

    column: int
    row: int
    text: str
    role: Role = Role.TEXT
    bold: bool = False
    color: Rgba | None = None


class Swatch(NamedTuple):
    """A colour scale in a row of cells."""

    column: int
    row: int
    colors: Sequence[Rgba]


@dataclass(frozen=True, slots=True)
class Planted:
    """The marks of a plane and the ranges that fill the area."""

    x: Range
    y: Range
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Field:
    """A plot area: the cells that it takes, what is in it, and the places of ticks as shares of it."""

    left: int
    top: int
    columns: int
    rows: int
    planes: Sequence[Planted]
    x_ticks: Sequence[float] = ()
    y_ticks: Sequence[float] = ()
    right_ticks: Sequence[float] = ()
    framed: bool = True


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A chart in a field of cells."""

    columns: int
    rows: int
    fields: Sequence[Field]
    texts: Sequence[Text]
    swatches: Sequence[Swatch] = ()
    rules: Sequence[Text] = ()
    """Lines as characters, below everything else."""


class _Slot(NamedTuple):
    """Cells that a panel may use with all that belongs to it; ends are exclusive."""

    left: int
    right: int
    top: int
    bottom: int


def arrange(chart: Chart, columns: int, rows: int) -> Arrangement:
    """The chart in so many cells."""
    texts: list[Text] = []
    swatches: list[Swatch] = []
    top, bottom = 0, rows
    if chart.title:
        texts.append(_centred(chart.title, 0, columns, 0, bold=True))
        top = 1
    right = columns
    if chart.legend and all(isinstance(panel, Round) for panel in chart.panels):
        right = _side_legend(chart.legend, columns, top, bottom, texts)
    elif chart.legend:
        places = legend_places([entry.text for entry in chart.legend], columns, _LEGEND_ROWS)
        texts += _legend_texts(chart.legend, places, top)
        top += max(place.row for place in places) + 1
    for gradient in chart.gradients[:3]:
        _explain(gradient, columns, top, texts, swatches)
        top += 1
    for note in chart.notes[: max(0, rows - 10)]:
        bottom -= 1
        texts.append(Text(0, bottom, shortened(note, columns), Role.MUTED))
    fields: list[Field] = []
    domains = [panel.domain for panel in chart.panels]
    for panel in chart.panels:
        slot = _slot(panel.domain, domains, _Slot(0, right, top, bottom))
        field = _round(panel, slot, texts) if isinstance(panel, Round) else _panel(panel, slot, texts)
        if field is not None:
            fields.append(field)
    return Arrangement(columns, rows, fields, texts, swatches)


def _side_legend(
    legend: Sequence[LegendEntry], columns: int, top: int, bottom: int, texts: list[Text]
) -> int:
    """The legend as a list at the right; returns where it begins."""
    width = min(max(cell_width(entry.text) for entry in legend) + 3, columns // 2)
    room = bottom - top
    shown = legend[: room - 1] if len(legend) > room else legend
    start = columns - width
    row = top + max(0, (room - len(shown)) // 2)
    for index, entry in enumerate(shown):
        texts.append(Text(start, row + index, "■", color=entry.color))
        texts.append(Text(start + 2, row + index, shortened(entry.text, width - 2)))
    if len(shown) < len(legend):
        texts.append(Text(start, row + len(shown), f"… {len(legend) - len(shown)} more", Role.MUTED))
    return start


def _legend_texts(legend: Sequence[LegendEntry], places: Sequence[LegendPlace], top: int) -> list[Text]:
    texts: list[Text] = []
    for place in places:
        if place.entry is None:
            texts.append(Text(place.column, top + place.row, place.text, Role.MUTED))
            continue
        texts.append(Text(place.column, top + place.row, "■", color=legend[place.entry].color))
        texts.append(Text(place.column + 2, top + place.row, place.text))
    return texts


def _explain(gradient: Gradient, columns: int, row: int, texts: list[Text], swatches: list[Swatch]) -> None:
    """A colour scale with the numbers at its ends."""
    scale = gradient.scale
    low, high = (f"{value:.3g}" for value in (scale.low, scale.high))
    title = shortened(gradient.title, columns // 3)
    cells = max(2, min(GRADIENT_CELLS, columns - len(low) - len(high) - cell_width(title) - 4))
    width = cell_width(title) + len(low) + len(high) + cells + (3 if title else 2)
    at = max(0, (columns - width) // 2)
    if title:
        texts.append(Text(at, row, title, Role.MUTED))
        at += cell_width(title) + 1
    texts.append(Text(at, row, low, Role.MUTED))
    at += len(low) + 1
    colors = scale.colors
    swatches.append(
        Swatch(at, row, [colors[index * (len(colors) - 1) // max(1, cells - 1)] for index in range(cells)])
    )
    texts.append(Text(at + cells + 1, row, high, Role.MUTED))


def _slot(domain: Domain, others: Sequence[Domain], whole: _Slot) -> _Slot:
    """The cells for a panel: its domain, and the gaps left of it and below, where its labels stand.

    Panels at the left and at the bottom get such gaps as well, so that all are of one size.
    """
    beside = [one for one in others if one.bottom < domain.top and one.top > domain.bottom]
    over = [one for one in others if one.left < domain.right and one.right > domain.left]
    x_gap = _gap([(one.left, one.right) for one in beside])
    y_gap = _gap([(one.bottom, one.top) for one in over])
    left = max((one.right for one in beside if one.right <= domain.left + _ALMOST), default=-x_gap)
    right = domain.right if any(one.left >= domain.right - _ALMOST for one in beside) else 1.0
    low = max((one.top for one in over if one.top <= domain.bottom + _ALMOST), default=-y_gap)
    high = domain.top if any(one.bottom >= domain.top - _ALMOST for one in over) else 1.0
    columns = (whole.right - whole.left) / (1 + x_gap)
    rows = (whole.bottom - whole.top) / (1 + y_gap)
    return _Slot(
        whole.left + round((left + x_gap) * columns) + (1 if left > 0 else 0),
        whole.left + round((right + x_gap) * columns),
        whole.top + round((1 - high) * rows),
        whole.top + round((1 - low) * rows),
    )


def _gap(spans: Sequence[tuple[float, float]]) -> float:
    """The smallest gap between spans that follow each other; 0 where there is none."""
    gaps = [start - end for _, end in spans for start, _ in spans if start > end + _ALMOST]
    return min(gaps, default=0.0)


def _panel(panel: Panel, slot: _Slot, texts: list[Text]) -> Field | None:
    plane = panel.planes[0]
    right_axis = next((one.y for one in panel.planes[1:] if one.y is not plane.y), None)
    x_title, y_title = plane.x.title, plane.y.title
    right_title = right_axis.title if right_axis is not None else ""
    top, bottom = slot.top + bool(panel.title), slot.bottom
    top += bool(y_title or right_title)
    has_x_labels = bool(plane.x.ticks(2))
    rows = bottom - top - 1 - has_x_labels
    if x_title and rows > _LEAST_ROWS + 2:
        rows -= 1
    else:
        x_title = ""
    if rows < _LEAST_ROWS:
        return None
    room = min(_LONGEST_LABEL if _is_numeric(plane.y) else 28, (slot.right - slot.left) // 3)
    labels = _labels_beside(plane.y, rows, room)
    margin = max((cell_width(label) for _, label in labels), default=0)
    right_labels = _labels_beside(right_axis, rows, room) if right_axis is not None else []
    right_margin = max((cell_width(label) for _, label in right_labels), default=-1) + 1
    left = slot.left + margin + 1
    columns = slot.right - left - right_margin - 1
    if columns < _LEAST_COLUMNS:
        return None
    if panel.title:
        texts.append(_centred(panel.title, left, slot.right, slot.top, role=Role.STRONG))
    if y_title:
        texts.append(Text(slot.left, top - 1, shortened(y_title, slot.right - slot.left), Role.MUTED))
    if right_title:
        shown = shortened(right_title, (slot.right - slot.left) // 2)
        texts.append(Text(slot.right - cell_width(shown), top - 1, shown, Role.MUTED))
    for share, label in labels:
        texts.append(Text(left - 1 - cell_width(label), top + _row_of(share, rows), label, Role.MUTED))
    for share, label in right_labels:
        texts.append(Text(left + columns + 1, top + _row_of(share, rows), label, Role.MUTED))
    x_ticks = plane.x.ticks(max(2, columns // _CELLS_A_TICK))
    shares = [(plane.x.range.share(tick.at), tick.label) for tick in x_ticks]
    under = spaced(shares, columns, slot.left - left, slot.right - left)
    for column, label, _ in under:
        texts.append(Text(left + column, top + rows + 1, label, Role.MUTED))
    if x_title:
        texts.append(_centred(x_title, left, slot.right, top + rows + 1 + has_x_labels, role=Role.MUTED))
    planes = [Planted(one.x.range, one.y.range, one.marks) for one in panel.planes]
    return Field(
        left,
        top,
        columns,
        rows,
        planes,
        [share for _, _, share in under],
        [share for share, _ in labels],
        [share for share, _ in right_labels],
    )


def _is_numeric(axis: Axis) -> bool:
    return axis.measure.kind is not AxisKind.CATEGORY


def _row_of(share: float, rows: int) -> int:
    """The row of a share of the height, which is counted from below."""
    return min(rows - 1, max(0, int((1 - share) * rows)))


def _labels_beside(axis: Axis, rows: int, room: int) -> list[tuple[float, str]]:
    """Shares of the height with their labels, at most one a row."""
    ticks: list[Tick] = axis.ticks(max(2, rows // _ROWS_A_TICK))
    taken: set[int] = set()
    labels: list[tuple[float, str]] = []
    for tick in ticks:
        share = axis.range.share(tick.at)
        if (row := _row_of(share, rows)) not in taken:
            taken.add(row)
            labels.append((share, shortened(tick.label, room)))
    return labels


def _round(panel: Round, slot: _Slot, texts: list[Text]) -> Field | None:
    top = slot.top + bool(panel.title)
    rows = min(slot.bottom - top, (slot.right - slot.left) // 2)
    if rows < _LEAST_ROWS:
        return None
    left = slot.left + (slot.right - slot.left - 2 * rows) // 2
    top += (slot.bottom - top - rows) // 2
    if panel.title:
        texts.append(_centred(panel.title, slot.left, slot.right, top - 1, role=Role.STRONG))
    return Field(left, top, 2 * rows, rows, [Planted(_UNIT, _UNIT, panel.marks)], framed=False)


def _centred(
    text: str, left: int, right: int, row: int, role: Role = Role.TEXT, *, bold: bool = False
) -> Text:
    shown = shortened(text, right - left)
    return Text(left + (right - left - cell_width(shown)) // 2, row, shown, role, bold)
