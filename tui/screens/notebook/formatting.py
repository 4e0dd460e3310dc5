"""Formatting cells with ruff or black, whichever the kernel's own environment has: the kernel runs it."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final, cast

from kernelbridge.keeper.jsontypes import EMPTY, text_in
from tui.document.edits import ChangeText
from tui.document.history import Place
from tui.document.maskedcode import MaskedCode, masked
from tui.document.notebook import CellKind
from tui.document.textchange import difference
from tui.sanitize import clean
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kernelbridge.outputs import JsonValue
    from kernelbridge.replies import Evaluations
    from tui.document.notebook import Cell
    from tui.screens.notebook.screen import Handler, NotebookScreen

_TOLD: Final = "told"
_CALL: Final = (
    "(lambda place: (exec({code!r}, place), place['formatted']({sources!r}))[1])({{'__name__': ''}})"
)


@dataclass(frozen=True, slots=True)
class _Formatted:
    """What the kernel's formatter said of each source."""

    tool: str
    """Empty where the environment has none."""
    texts: tuple[str | None, ...]
    """None where it cannot be formatted."""
    problem: str
    """What was wrong with the first of those."""


def _format_cells(screen: NotebookScreen, cells: Sequence[Cell]) -> None:
    session = screen.controller.session
    code = [cell for cell in cells if cell.kind is CellKind.CODE]
    if not screen.is_editable():
        return
    if screen.view.language.name != "python":
        screen.say("only Python can be formatted", Severity.WARNING)
    elif session is None or not session.answers_now:
        busy = "the kernel is busy, and formats when it is not"
        screen.say("formatting needs the kernel" if session is None else busy, Severity.WARNING)
    else:
        screen.run_worker(_format(screen, code), exclusive=True, group="format")


async def _format(screen: NotebookScreen, cells: Sequence[Cell]) -> None:
    session = screen.controller.session
    parts = [(cell, code) for cell in cells if (code := masked(cell.source)) is not None]
    if session is None or not parts:
        screen.say("nothing here to format")
        return
    text = files("tui.screens.notebook").joinpath("formatcode.py").read_text("utf-8")
    sources = [code.code for _, code in parts]
    call = _CALL.format(code=text, sources=sources)
    told = _read(await session.evaluate({_TOLD: call}, beside=True), len(sources))
    if told is None:
        screen.say("the kernel said nothing that could be understood", Severity.ERROR)
    elif not told.tool:
        screen.say("the kernel's environment has neither ruff nor black", Severity.WARNING)
    else:
        _apply(screen, parts, told)


def _read(evaluated: Evaluations | None, count: int) -> _Formatted | None:
    """What the kernel answered, if it is an answer."""
    text = None if evaluated is None else evaluated.values.get(_TOLD, {}).get("text/plain")
    try:
        told = cast("JsonValue", json.loads(str(ast.literal_eval(text)))) if isinstance(text, str) else None
    except (ValueError, SyntaxError, RecursionError):
        return None
    results = told.get("results") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(results, list):
        return None
    tool, each = text_in(told, "tool"), [one if isinstance(one, dict) else EMPTY for one in results]
    texts = tuple(text_in(one, "text") if "text" in one else None for one in each)
    problem = next((text_in(one, "error") for one in each if "error" in one), "")
    return _Formatted(tool, texts, problem) if not tool or len(texts) == count else None


def _apply(screen: NotebookScreen, parts: Sequence[tuple[Cell, MaskedCode]], told: _Formatted) -> None:
    """Change what is to be changed in one step; what changed meanwhile is left alone."""
    if not screen.is_editable():
        return
    edits: list[ChangeText] = []
    failed = 0
    for (cell, code), text in zip(parts, told.texts, strict=True):
        source = None if text is None else code.restored(text)
        is_there = cell.key in screen.notebook and screen.notebook.cell(cell.key).source == cell.source
        if source is None:
            failed += 1
        elif source != cell.source and is_there:
            edits.append(ChangeText(cell.key, difference(cell.source, source)))
    key = screen.state.focus
    before = screen.state.cursor(key)
    own = [edit.change for edit in edits if edit.key == key]
    after = before.mapped(own[0]) if own else before
    if edits:
        screen.controller.perform(edits, Place(key, before), Place(key, after))
        screen.state.cursors[key] = after
        screen.view.show_focus()
    _say(screen, told, len(edits), failed)


def _say(screen: NotebookScreen, told: _Formatted, changed: int, failed: int) -> None:
    what = "nothing to change" if not changed else f"{changed} cell{'s' if changed > 1 else ''} formatted"
    if failed:
        problem = clean(told.problem.split("\n", maxsplit=1)[0])[:100] or "its own lines lost their place"
        screen.say(f"{told.tool}: {what}, {failed} left as they were: {problem}", Severity.WARNING)
    else:
        screen.say(f"{told.tool}: {what}")


HANDLERS: Mapping[str, Handler] = {
    "cell.format": lambda screen: _format_cells(screen, screen.selected_cells()),
    "cell.format-all": lambda screen: _format_cells(screen, screen.notebook.cells),
}
