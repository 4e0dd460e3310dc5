"""What of a cell's outputs can be walked through as a tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from kernelbridge.outputs import DisplayData, ExecuteResult
from tui.render.jsontree.line import container_of

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonValue, Output
    from tui.screens.notebook.screen import NotebookScreen

_JSON: Final = re.compile(r"(application|[^;]+)/([^;]*[+.])?json")
_LONGEST_LITERAL: Final = 500_000
_DEEPEST_LITERAL: Final = 60


class Tree(NamedTuple):
    """A value, and what to call it."""

    title: str
    value: JsonValue


def trees_of(outputs: Sequence[Output]) -> list[Tree]:
    """The values in outputs, in their order: JSON of any vendor, or dicts and lists that Python wrote."""
    return [tree for output in outputs if (tree := _tree_of(output)) is not None]


def _tree_of(output: Output) -> Tree | None:
    if not isinstance(output, DisplayData | ExecuteResult):
        return None
    for mime, value in output.data.items():
        if _JSON.fullmatch(mime) and container_of(value):
            return Tree(mime, value)
    text = output.data.get("text/plain")
    value = literal_of(text) if isinstance(text, str) else None
    return Tree("Python", value) if value is not None else None


def literal_of(text: str) -> JsonValue:
    """The dict, list, tuple or set that a text spells in Python; None for any other text, and for a long one.

    Nothing is run. Keys become text.
    """
    text = text.strip()
    if len(text) > _LONGEST_LITERAL or text[:1] not in "{[(" or not _is_shallow(text):
        return None
    try:
        value: object = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return _as_json(value) if value.__class__ in (dict, list, tuple, set) else None


def _is_shallow(text: str) -> bool:
    """Whether brackets stand in each other no deeper than Python's parser takes with ease."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\](){}]", text):
        depth += 1 if bracket in "[({" else -1
        deepest = max(deepest, depth)
    return deepest <= _DEEPEST_LITERAL


def _as_json(value: object) -> JsonValue:
    if isinstance(value, dict):
        items = cast("dict[object, object]", value).items()
        return {key if isinstance(key, str) else repr(key): _as_json(child) for key, child in items}
    if isinstance(value, list | tuple | set):
        return [_as_json(child) for child in cast("list[object]", value)]
    return value if value is None or isinstance(value, str | int | float) else repr(value)


def explore(screen: NotebookScreen) -> None:
    """Walk through the first value in the outputs of the focused cell."""
    trees = trees_of(screen.focused_cell.outputs)
    if trees:
        from tui.screens.jsontree.screen import JsonTreeScreen

        tree = trees[0]
        screen.program.lay_over(JsonTreeScreen(tree.value, tree.title, screen.palette, screen.copy_text))
    else:
        screen.say("there is no JSON, dict or list in this cell's outputs")
