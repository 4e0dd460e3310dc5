"""The visual modes: what is marked, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeAlias

from tui.document.selection import TextSelection
from tui.view.editor.rectangle import Rectangle
from tui.view.editor.vim import blockwise
from tui.view.editor.vim.blocks import block_between, place_in, widened
from tui.view.editor.vim.buffer import LAST_COLUMN, Buffer
from tui.view.editor.vim.commands import HEIGHTS, MARKING, mark_again, put_line
from tui.view.editor.vim.inserting import begin_insert
from tui.view.editor.vim.joining import join
from tui.view.editor.vim.numbers import IN_MARKED, add_in_span
from tui.view.editor.vim.operators import operate, taken
from tui.view.editor.vim.putting import put_register
from tui.view.editor.vim.reach import Reach, Span
from tui.view.editor.vim.registers import deleted, read
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import (
    Change,
    Command,
    Extent,
    FailedError,
    Marked,
    Mode,
    Vim,
)

Marking: TypeAlias = Callable[[Scene, Span, Change], Scene]

_OPERATORS: Final = {
    **{name: name for name in ("d", "c", "y", "<", ">", "=", "g~", "gu", "gU", "g?", "gq", "gc")},
    "x": "d",
    "delete": "d",
    "backspace": "d",
    "s": "c",
    "~": "g~",
    "u": "gu",
    "U": "gU",
    "X": "d",
    "D": "d",
    "Y": "y",
    "C": "c",
    "S": "c",
    "R": "c",
}
_ON_LINES: Final = frozenset("XDYCSR<>=") | {"gq", "gc"}
"""They take whole lines, whatever is marked."""


def marked_span(vim: Vim, buffer: Buffer, cursor: int) -> Span:
    """What is marked: the character at both ends is in it; of a block, its lines."""
    anchor = min(vim.anchor, len(buffer.text))
    start, end = min(anchor, cursor), max(anchor, cursor)
    if vim.mode is not Mode.VISUAL:
        start = min(buffer.start_at(anchor), cursor)
        return Span(start, end, is_linewise=True)
    return Span(start, min(buffer.after(end), len(buffer.text)))


def marked_block(scene: Scene) -> Rectangle:
    """The block that is marked."""
    anchor = min(scene.vim.anchor, len(scene.text))
    return block_between(scene.buffer, anchor, scene.cursor, to_ends=scene.goal == LAST_COLUMN)


def shown_as_marked(scene: Scene) -> TextSelection | Rectangle | None:
    """What is to be shown as marked; None where nothing is."""
    vim, buffer = scene.vim, scene.buffer
    if not vim.mode.is_visual:
        return None
    if vim.mode is Mode.VISUAL_BLOCK:
        return marked_block(scene)
    span = marked_span(vim, buffer, scene.cursor)
    if not span.is_linewise:
        return TextSelection(span.start, span.end)
    lines = span.lines(buffer)
    return TextSelection(buffer.start(lines[0]), min(buffer.end(lines[-1]) + 1, len(buffer.text)))


def unmarked(scene: Scene) -> Scene:
    """The normal mode again, with what was marked remembered."""
    vim = scene.vim
    if not vim.mode.is_visual:
        return scene
    places = replace(vim.places, marked=_marked(scene))
    return scene.with_vim(replace(vim, mode=Mode.NORMAL, places=places))


def _marked(scene: Scene) -> Marked:
    vim = scene.vim
    to_ends = vim.mode is Mode.VISUAL_BLOCK and scene.goal == LAST_COLUMN
    return Marked(vim.mode, vim.anchor, scene.cursor, to_ends)


def extended(scene: Scene, reach: Reach, command: Command) -> Scene:
    """With a motion's target, or a text object, marked too."""
    if reach.start is None:
        return scene.at(reach.offset, reach.goal)
    buffer, vim = scene.buffer, scene.vim
    is_lines = command.name[1:] == "p"
    end = reach.offset
    if not is_lines and command.name[1] in "\"'`()b[]{}B<>ts":
        end = max(reach.start, buffer.before(end))
    mode = Mode.VISUAL_LINE if is_lines else vim.mode
    if not is_lines and (vim.mode is Mode.VISUAL_LINE or command.name[1] in "()b[]{}B<>t"):
        mode = Mode.VISUAL
    return scene.with_vim(replace(vim, mode=mode, anchor=reach.start)).at(end)


def act(scene: Scene, command: Command) -> Scene | None:
    """Does what the command does with what is marked; None where it is none of those."""
    if command.name in _SWITCHES:
        return _SWITCHES[command.name](scene, command)
    if command.name not in _OPERATORS and command.name not in _ACTIONS:
        return None
    if scene.vim.mode is Mode.VISUAL_BLOCK and command.name in blockwise.ACTIONS:
        block = marked_block(scene)
        block = widened(scene.buffer, block) if command.name in blockwise.TO_ENDS else block
        columns = LAST_COLUMN if block.to_ends else block.width
        change = Change(command, extent=Extent(Mode.VISUAL_BLOCK, len(block.lines) - 1, columns))
        done = blockwise.act_on_block(unmarked(scene), block, change)
    else:
        span = marked_span(scene.vim, scene.buffer, scene.cursor)
        change = Change(command, extent=_extent(scene, span))
        done = apply(unmarked(scene), span, change)
    if done.vim.mode.types or _OPERATORS.get(command.name) == "y":
        return done
    return done.with_memory(replace(done.memory, change=change))


def apply(scene: Scene, span: Span, change: Change) -> Scene:
    """The command done with a span, here or, by `.`, elsewhere; the cursor goes to its start first."""
    name = change.command.name
    command = replace(change.command, operator=_OPERATORS.get(name, ""))
    change = replace(change, command=command)
    if name in _ON_LINES and not span.is_linewise:
        at = span.end if span.end == span.start else scene.buffer.before(span.end)
        span = Span(span.start, at, is_linewise=True)
    scene = scene.at(span.start)
    if name in _ACTIONS:
        return _ACTIONS[name](scene, span, change)
    return operate(scene, span, change)


def apply_again(scene: Scene, extent: Extent, change: Change) -> Scene:
    """The command done from the cursor on with as much as was marked when it was done first."""
    if extent.mode is not Mode.VISUAL_BLOCK:
        return apply(scene, _extent_span(scene, extent), change)
    buffer, line = scene.buffer, scene.line
    left = buffer.layout.unwrapped_column(scene.cursor)
    lines = range(line, min(line + extent.lines, buffer.last_line) + 1)
    if extent.columns == LAST_COLUMN:
        block = widened(buffer, Rectangle(lines, left, left + 1))
    else:
        block = Rectangle(lines, left, left + extent.columns)
    return blockwise.act_on_block(scene, block, change)


def _extent_span(scene: Scene, extent: Extent) -> Span:
    """As much from the cursor on as was marked when the change was made."""
    buffer, line = scene.buffer, scene.line
    last = min(line + extent.lines, buffer.last_line)
    if extent.mode is Mode.VISUAL_LINE:
        return Span(scene.cursor, buffer.start(last) if last > line else scene.cursor, is_linewise=True)
    column = buffer.layout.unwrapped_column(scene.cursor) if last == line else 0
    end = buffer.at_column(last, column + extent.columns - 1, past_end=True)
    return Span(scene.cursor, min(buffer.after(max(end, scene.cursor)), len(buffer.text)))


def _extent(scene: Scene, span: Span) -> Extent:
    buffer = scene.buffer
    lines = span.lines(buffer)
    start = span.start if len(lines) == 1 else buffer.start(lines[-1])
    end = min(span.end, buffer.end(lines[-1]))
    columns = buffer.layout.unwrapped_column(end) - buffer.layout.unwrapped_column(start)
    mode = Mode.VISUAL_LINE if span.is_linewise else scene.vim.mode
    return Extent(mode, len(lines) - 1, columns + (span.end > end))


def _put_over(scene: Scene, span: Span, change: Change) -> Scene:
    """`p`: what was marked goes to the unnamed register."""
    command = change.command
    register = read(scene, command.register)
    scene = scene.undoing_to(span.start)
    old = taken(scene, span)
    if command.name != "P" and old.text:
        scene = deleted(scene, "", old, is_large=span.is_linewise or "\n" in old.text)
    buffer = scene.buffer
    if span.is_linewise:
        lines = span.lines(buffer)
        start, end = buffer.start(lines[0]), buffer.end(lines[-1])
        text = (register.text if register.is_linewise else register.text + "\n") * command.times
        scene = scene.replaced(start, end, text.removesuffix("\n"))
        return scene.at(scene.buffer.text_start(scene.buffer.line_at(start)))
    if register.is_linewise:
        text = register.text * command.times
        scene = scene.replaced(span.start, span.end, "\n" + text)
        return scene.at(scene.buffer.text_start(scene.buffer.line_at(span.start) + 1))
    scene = scene.replaced(span.start, span.end, "").at(span.start)
    return put_register(scene, register, command.times, before=True)


def _join(scene: Scene, span: Span, change: Change) -> Scene:
    lines = span.lines(scene.buffer)
    last = max(lines[-1], lines[0] + 1)
    return join(scene, lines[0], last, with_spaces=change.command.name == "J")


def _replace(scene: Scene, span: Span, change: Change) -> Scene:
    """`r`: every character of it becomes another."""
    key = change.command.argument
    character = {"enter": "\n", "tab": "\t", "space": " "}.get(key, key)
    if len(character) != 1:
        raise FailedError
    start, end = span.start, span.end
    if span.is_linewise:
        lines = span.lines(scene.buffer)
        start, end = scene.buffer.start(lines[0]), scene.buffer.end(lines[-1])
    buffer, parts, at = scene.buffer, list[str](), start
    while at < end:
        parts.append("\n" if scene.text[at] == "\n" else character)
        at = buffer.after(at)
    scene = scene.undoing_to(start).replaced(start, end, "".join(parts))
    return scene.at(scene.buffer.on_character(start))


def _insert(scene: Scene, span: Span, change: Change) -> Scene:
    """`I` and `A`: text at the start of its first line, or behind its last character."""
    buffer = scene.buffer
    line = buffer.line_at(span.start)
    if change.command.name == "I":
        at = buffer.start(line)
    else:
        last = span.end if span.is_linewise else buffer.before(span.end)
        at = min(buffer.after(last), buffer.end_at(last))
    return begin_insert(scene.undoing_to(span.start).at(at), change)


_ACTIONS: Final[Mapping[str, Marking]] = MappingProxyType(
    {
        **dict.fromkeys(IN_MARKED, add_in_span),
        **dict.fromkeys(("p", "P", "gp", "gP"), _put_over),
        **dict.fromkeys(("J", "gJ"), _join),
        "r": _replace,
        **dict.fromkeys("IA", _insert),
    }
)


def _other_end(scene: Scene, _command: Command) -> Scene:
    anchor = scene.vim.anchor
    return scene.with_vim(replace(scene.vim, anchor=scene.cursor)).at(anchor)


def _other_corner(scene: Scene, command: Command) -> Scene:
    """`O`: in a block, the other corner of the cursor's line."""
    if scene.vim.mode is not Mode.VISUAL_BLOCK:
        return _other_end(scene, command)
    buffer, line = scene.buffer, scene.line
    block = block_between(buffer, scene.vim.anchor, scene.cursor, to_ends=False)
    anchor_line = buffer.line_at(scene.vim.anchor)
    left, right = block.left, block.right - 1
    anchor, at, goal = place_in(buffer, anchor_line, left), place_in(buffer, line, right), right
    if at == scene.cursor:
        anchor, at, goal = place_in(buffer, anchor_line, right), place_in(buffer, line, left), left
    return scene.with_vim(replace(scene.vim, anchor=anchor)).at(at, goal)


def _switch(scene: Scene, command: Command) -> Scene:
    """`v`, `V` and `ctrl+v` change how it is marked, or end it."""
    mode = MARKING[command.name]
    return unmarked(scene) if scene.vim.mode is mode else scene.in_mode(mode)


def _mark_again(scene: Scene, command: Command) -> Scene:
    """`gv` takes what was marked before, and remembers this."""
    here = _marked(scene)
    scene = mark_again(scene, Change(command))
    return scene.with_places(replace(scene.vim.places, marked=here))


_SWITCHES: Final[Mapping[str, Callable[[Scene, Command], Scene]]] = MappingProxyType(
    {
        **dict.fromkeys(MARKING, _switch),
        **dict.fromkeys(HEIGHTS, put_line),
        "o": _other_end,
        "O": _other_corner,
        "gv": _mark_again,
    }
)
