"""Vega and Vega-Lite, laid out by vl-convert where that is installed, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from kernelbridge.outputs import JsonObject, JsonValue
from tui.render.canvas import Canvas
from tui.render.content import Content
from tui.render.drawing import CannotDrawError, Drawing, Pending, Shortened
from tui.render.foreign import OPENING
from tui.render.jsontree.draw import draw_json
from tui.render.mimepatterns import VEGA
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean

_PATIENCE: Final = 20.0
_LONGEST: Final = 20_000_000
"""Characters of JSON, either way."""
_PLACEHOLDER_ROWS: Final = 20
_MOST_LOOKED_AT: Final = 20_000
_LONGEST_ADDRESS: Final = 80
_START: Final = (
    "import sys; sys.path[:0] = sys.argv[1:]; from tui.render.charts.vegaprocess import main; main()"
)
_NOTE: Final = Style(Role.MUTED)
_ONE_AT_A_TIME: Final = threading.Lock()


@cache
def is_installed() -> bool:
    """Whether there is a vl-convert."""
    return find_spec("vl_convert") is not None


def draw_without_library(content: Content, canvas: Canvas) -> Drawing:
    """What is missing to draw the chart, and its specification."""
    note = text_row(f"to draw charts of Vega: pip install 'tnb[charts]' · {OPENING}", _NOTE)
    tree = draw_json(content, canvas)
    rows = [*wrap(note, canvas.width), *(tree.draw() if isinstance(tree, Pending) else tree)]
    return Shortened(rows) if isinstance(tree, Shortened) else rows


def draw_vega(content: Content, canvas: Canvas) -> Drawing:
    """The chart of a specification. Data that it names by address is not fetched; a row says so.

    The drawing raises CannotDrawError when it cannot be laid out.
    """
    if not isinstance(content.data, Mapping):
        raise CannotDrawError("a chart without a specification")
    note = text_row("Vega chart, being drawn", Style(Role.MUTED, italic=True))
    return Pending([note, *[()] * (_PLACEHOLDER_ROWS - 1)], partial(_draw, content, content.data, canvas))


def _draw(content: Content, spec: JsonObject, canvas: Canvas) -> Sequence[Row]:
    from tui.render.charts.drawing import rows_of_chart
    from tui.render.charts.vegascene import arrangement_of

    notes = [f"its data is at {address}, which is not fetched · {OPENING}" for address in _addresses(spec)]
    try:
        scene = _laid_out(_Request(content.mime, spec), canvas)
    except CannotDrawError as error:
        if notes:
            raise CannotDrawError(notes[0]) from error
        raise
    rows = rows_of_chart(arrangement_of(scene, canvas.width), canvas)
    return [*rows, *(row for note in notes[:1] for row in wrap(text_row(clean(note), _NOTE), canvas.width))]


class _Request(NamedTuple):
    """What is laid out."""

    mime: str
    spec: JsonObject

    def written(self, config: JsonObject) -> str:
        """As the process reads it."""
        found = VEGA.fullmatch(self.mime)
        name, version = (found[1], int(found[2])) if found is not None else ("vega", 5)
        is_lite = name == "vegalite"
        return json.dumps({"is_lite": is_lite, "version": version, "spec": self.spec, "config": config})


def _laid_out(asked: _Request, canvas: Canvas) -> JsonValue:
    """The scene graph that a process of its own makes."""
    request = asked.written(_config(canvas))
    if len(request) > _LONGEST:
        raise CannotDrawError("too much data to draw")
    try:
        with _ONE_AT_A_TIME:
            done = subprocess.run(
                [sys.executable, "-I", "-S", "-X", "utf8", "-c", _START, *_folders()],
                input=request.encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                cwd="/",
                env={},
                check=True,
            )
        if len(done.stdout) > _LONGEST:
            raise CannotDrawError("a chart of too many marks to draw")
        return json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise CannotDrawError(f"the chart takes longer than {_PATIENCE:.0f} s to lay out") from error
    except (subprocess.CalledProcessError, OSError, ValueError) as error:
        raise CannotDrawError(f"vl-convert cannot lay it out · {OPENING}") from error


def _config(canvas: Canvas) -> JsonObject:
    """What makes a chart of Vega-Lite fit for letters in cells; the chart's own configuration wins."""
    from tui.render.charts.vegascene import CELL_WIDTH

    width = max(120.0, min(420.0, (canvas.width - 24) * CELL_WIDTH))
    labels: JsonObject = {"labelFontSize": 11, "titleFontSize": 11, "labelOverlap": True}
    return {
        "view": {
            "continuousWidth": width,
            "continuousHeight": 220,
            "discreteWidth": {"step": 36},
            "discreteHeight": {"step": 24},
        },
        "scale": {"bandPaddingInner": 0.3, "barBandPaddingInner": 0.3},
        "axis": labels,
        "axisX": {"labelAngle": 0},
        "axisY": {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -12, "tickCount": 6},
        "legend": {"labelFontSize": 11, "titleFontSize": 11, "rowPadding": 2},
    }


def _addresses(spec: JsonObject) -> list[str]:
    """The addresses of data in a specification, of the first 20,000 values that are in it."""
    found: list[str] = []
    waiting: list[JsonValue] = [spec]
    left = _MOST_LOOKED_AT
    while waiting and left:
        left -= 1
        one = waiting.pop()
        if isinstance(one, Mapping):
            url = one.get("url")
            found += [url[:_LONGEST_ADDRESS]] if isinstance(url, str) else []
            waiting += [child for child in one.values() if isinstance(child, Mapping | list)][:left]
        elif isinstance(one, list):
            waiting += [child for child in one[:left] if isinstance(child, Mapping | list)]
    return found


def _folders() -> list[str]:
    """Where the process finds what it imports."""
    places = (find_spec(name) for name in ("tui", "vl_convert"))
    found = [
        Path(place.origin).parent.parent for place in places if place is not None and place.origin is not None
    ]
    return [str(folder.resolve()) for folder in dict.fromkeys(found)]
