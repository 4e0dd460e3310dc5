"""What operators do with the text that a motion, an object or marking gave them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from tui.document.selection import TextSelection
from tui.view.editor.comments import toggle_comment
from tui.view.editor.indentation import indentation_after, indentation_of
from tui.view.editor.measuring import TAB_STOP
from tui.view.editor.state import EditorContext, EditorState
from tui.view.editor.vim.inserting import begin_insert
from tui.view.editor.vim.reach import Span
from tui.view.editor.vim.registers import deleted, yanked
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Change, Command, FailedError, Register

Operator: TypeAlias = Callable[[Scene, Span, Change], Scene]

_TEXT_WIDTH: Final = 79


def taken(scene: Scene, span: Span) -> Register:
    """What a span is of."""
    if not span.is_linewise:
        return Register(scene.text[span.start : span.end])
    lines = span.lines(scene.buffer)
    start, end = scene.buffer.start(lines[0]), scene.buffer.end(lines[-1])
    return Register(scene.text[start:end] + "\n", is_linewise=True)


def remove(scene: Scene, span: Span) -> Scene:
    """Without the text, the cursor where it was."""
    buffer = scene.buffer
    if not span.is_linewise:
        scene = scene.replaced(span.start, span.end, "")
        return scene.at(scene.buffer.on_character(span.start))
    lines = span.lines(buffer)
    start, end = buffer.start(lines[0]), buffer.end(lines[-1])
    if lines[-1] < buffer.last_line:
        scene = scene.replaced(start, end + 1, "")
    else:
        scene = scene.replaced(max(0, start - 1), end, "")
    return scene.at(scene.buffer.text_start(min(lines[0], scene.buffer.last_line)))


def _yank(scene: Scene, span: Span, change: Change) -> Scene:
    scene = yanked(scene, change.command.register, taken(scene, span))
    ends = {"[": span.start, "]": span.end if span.is_linewise else max(span.start, span.end - 1)}
    return scene.with_marks(ends).at(span.start)


def _into_register(scene: Scene, span: Span, command: Command) -> Scene:
    register = taken(scene, span)
    is_large = span.is_linewise or span.is_far or "\n" in register.text
    return deleted(scene, command.register, register, is_large=is_large)


def _delete(scene: Scene, span: Span, change: Change) -> Scene:
    if span.start == span.end and not span.is_linewise:
        return scene.undoing_to(span.start)
    scene = _into_register(scene, span, change.command).undoing_to(span.start)
    return remove(scene, span)


def _change_text(scene: Scene, span: Span, change: Change) -> Scene:
    scene = scene.undoing_to(span.start)
    if not span.is_linewise:
        if span.start < span.end:
            scene = _into_register(scene, span, change.command).replaced(span.start, span.end, "")
        return begin_insert(scene.at(span.start), change)
    buffer = scene.buffer
    lines = span.lines(buffer)
    start, end = buffer.start(lines[0]) + buffer.indent(lines[0]), buffer.end(lines[-1])
    scene = _into_register(scene, span, change.command).replaced(start, end, "")
    return begin_insert(scene.at(start), change, is_indented=True)


def _each_line(scene: Scene, span: Span, change: Callable[[str], str]) -> Scene:
    """With every line of the span changed."""
    lines = span.lines(scene.buffer)
    start, end = scene.buffer.start(lines[0]), scene.buffer.end(lines[-1])
    scene = scene.undoing_to(span.start)
    return scene.replaced(start, end, "\n".join(map(change, scene.text[start:end].split("\n"))))


def shifted(line: str, levels: int, unit: str) -> str:
    """A line so many levels deeper; one without text stays empty."""
    if not line.strip(" \t"):
        return line if not line else shift_space(line, levels, unit)
    return shift_space(indentation_of(line), levels, unit) + line.lstrip(" \t")


def shift_space(indentation: str, levels: int, unit: str) -> str:
    """An indentation so many levels deeper."""
    size = TAB_STOP if unit == "\t" else len(unit)
    width = max(0, len(indentation.expandtabs(TAB_STOP)) + levels * size)
    return "\t" * (width // TAB_STOP) + " " * (width % TAB_STOP) if unit == "\t" else " " * width


def _shifting(direction: int) -> Operator:
    def shift(scene: Scene, span: Span, change: Change) -> Scene:
        levels = direction * (change.command.times if change.extent is not None else 1)
        unit = scene.surroundings.language.indent
        first = span.lines(scene.buffer)[0]
        scene = _each_line(scene, span, lambda line: shifted(line, levels, unit))
        return scene.at(scene.buffer.text_start(first))

    return shift


def _indent(scene: Scene, span: Span, _change: Change) -> Scene:
    """Moves the lines to where the first of them should be by the line above; their steps stay."""
    buffer, language = scene.buffer, scene.surroundings.language
    lines = span.lines(buffer)
    above = next((buffer.line(at) for at in range(lines[0] - 1, -1, -1) if not buffer.is_blank(at)), "")
    first = next((buffer.line(at) for at in lines if not buffer.is_blank(at)), "")
    wanted = len(indentation_after(above, language).expandtabs(TAB_STOP)) if above else 0
    by = wanted - len(indentation_of(first).expandtabs(TAB_STOP))
    unit = language.indent

    def moved(line: str) -> str:
        if not line.strip(" \t"):
            return ""
        width = max(0, len(indentation_of(line).expandtabs(TAB_STOP)) + by)
        space = "\t" * (width // TAB_STOP) + " " * (width % TAB_STOP) if unit == "\t" else " " * width
        return space + line.lstrip(" \t")

    scene = _each_line(scene, span, moved)
    return scene.at(scene.buffer.text_start(lines[0]))


def _format(scene: Scene, span: Span, _change: Change) -> Scene:
    """Fills lines up to 79 columns, paragraph by paragraph."""
    lines = span.lines(scene.buffer)
    start, end = scene.buffer.start(lines[0]), scene.buffer.end(lines[-1])
    filled: list[str] = []
    paragraph: list[str] = []
    for line in (*scene.text[start:end].split("\n"), None):
        if line is not None and line.strip(" \t"):
            paragraph.append(line)
            continue
        if paragraph:
            space = indentation_of(paragraph[0])
            words = " ".join(one.strip(" \t") for one in paragraph)
            filled += textwrap.wrap(
                words,
                _TEXT_WIDTH,
                initial_indent=space,
                subsequent_indent=space,
                break_long_words=False,
                break_on_hyphens=False,
            )
            paragraph = []
        if line is not None:
            filled.append(line)
    scene = scene.undoing_to(span.start).replaced(start, end, "\n".join(filled))
    return scene.at(scene.buffer.text_start(min(lines[0] + len(filled) - 1, scene.buffer.last_line)))


def _comment(scene: Scene, span: Span, _change: Change) -> Scene:
    """Comments lines out, or in again where all of them are."""
    lines, buffer = span.lines(scene.buffer), scene.buffer
    selection = TextSelection(buffer.start(lines[0]), buffer.end(lines[-1]))
    context = EditorContext(buffer.layout, 1, scene.surroundings.language)
    change = toggle_comment(EditorState(scene.text, selection), context).change
    if change is None:
        raise FailedError("This language has no comments up to the end of the line")
    scene = scene.undoing_to(span.start)
    scene = scene.replaced(change.start, change.start + len(change.removed), change.inserted)
    return scene.at(scene.buffer.text_start(lines[0]))


def _recasing(recase: Callable[[str], str]) -> Operator:
    def operator(scene: Scene, span: Span, _change: Change) -> Scene:
        at = span.start
        start, end = span.start, span.end
        if span.is_linewise:
            lines = span.lines(scene.buffer)
            start, end = scene.buffer.start(lines[0]), scene.buffer.end(lines[-1])
        scene = scene.undoing_to(at)
        return scene.replaced(start, end, recased(scene.text[start:end], recase)).at(at)

    return operator


def recased(text: str, recase: Callable[[str], str]) -> str:
    """Each character in another case; one that would become several stays."""
    return "".join(other if len(other := recase(one)) == 1 else one for one in text)


def swapped(character: str) -> str:
    """The character in the other case."""
    return character.lower() if character.isupper() else character.upper()


def rotated(character: str) -> str:
    """Thirteen letters on."""
    for first in "aA":
        place = ord(character) - ord(first)
        if 0 <= place < 26:
            return chr(ord(first) + (place + 13) % 26)
    return character


OPERATORS: Final[Mapping[str, Operator]] = MappingProxyType(
    {
        "d": _delete,
        "c": _change_text,
        "y": _yank,
        ">": _shifting(1),
        "<": _shifting(-1),
        "=": _indent,
        "gq": _format,
        "gc": _comment,
        "g~": _recasing(swapped),
        "gu": _recasing(str.lower),
        "gU": _recasing(str.upper),
        "g?": _recasing(rotated),
    }
)
"""By their keys."""


def operate(scene: Scene, span: Span, change: Change) -> Scene:
    """What the operator of the command does with a span."""
    return OPERATORS[change.command.operator](scene, span, change)


def whole_lines(scene: Scene, command: Command) -> Span:
    """So many lines from the cursor's on. Raises FailedError where there is none but that."""
    count = command.times
    last = scene.line + count - 1
    if last > scene.buffer.last_line:
        if scene.line == scene.buffer.last_line and count > 1:
            raise FailedError
        last = scene.buffer.last_line
    if command.operator == "y":
        return Span(scene.cursor, max(scene.cursor, scene.buffer.start(last)), is_linewise=True)
    ends = (scene.cursor, scene.buffer.text_start(last))
    return Span(min(ends), max(ends), is_linewise=True)
