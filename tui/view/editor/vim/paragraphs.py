"""Paragraphs: lines between empty ones."""

from __future__ import annotations

from tui.view.editor.vim.buffer import Buffer
from tui.view.editor.vim.reach import Kind, Reach
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Command, FailedError


def by_paragraphs(scene: Scene, command: Command) -> Reach:
    """`}` and `{`: to the next empty line behind or before a paragraph, or to the text's end."""
    buffer, line = scene.buffer, scene.line
    step = 1 if command.name == "}" else -1
    for left in reversed(range(command.times)):
        in_text, is_first = False, True
        while True:
            in_text = in_text or not buffer.is_empty(line)
            if not is_first and in_text and buffer.is_empty(line):
                break
            is_first = False
            if not 0 <= line + step <= buffer.last_line:
                if left:
                    raise FailedError
                break
            line += step
    if line == buffer.last_line and step > 0 and not buffer.is_empty(line):
        return Reach(buffer.last_character(line), Kind.INCLUSIVE, is_jump=True, is_far=True)
    return Reach(buffer.start(line), is_jump=True, is_far=True)


def paragraph(scene: Scene, command: Command) -> Reach:
    """`ip` and `ap`."""
    buffer, first, around = scene.buffer, scene.line, command.name == "ap"
    if scene.vim.mode.is_visual and buffer.line_at(scene.vim.anchor) != first:
        return _extended(scene, command, around=around)
    in_space = buffer.is_blank(first)
    while first > 0 and buffer.is_blank(first - 1) == in_space:
        first -= 1
    last = _through(buffer, first - 1, blank=True)
    last = _paragraphs_on(buffer, last, command.times - (in_space and not around), in_space, around=around)
    if around and not in_space and not buffer.is_blank(last):
        while first > 0 and buffer.is_blank(first - 1):
            first -= 1
    return Reach(buffer.start(last), Kind.LINES, start=buffer.start(first))


def _paragraphs_on(buffer: Buffer, last: int, count: int, in_space: bool, *, around: bool) -> int:
    """The last line, so many paragraphs on from the line before the first of them."""
    for left in reversed(range(count)):
        if last == buffer.last_line:
            raise FailedError
        is_space = not around and buffer.is_blank(last + 1)
        if not is_space:
            last = _through(buffer, last, blank=False)
        if left == 0 and in_space and around:
            break
        if around or is_space:
            last = _through(buffer, last, blank=True)
    return last


def _extended(scene: Scene, command: Command, *, around: bool) -> Reach:
    """More of it, where lines are marked already."""
    buffer, line = scene.buffer, scene.line
    step = 1 if scene.cursor >= scene.vim.anchor else -1
    edge = buffer.last_line if step > 0 else 0
    for _ in range(command.times):
        if line == edge:
            raise FailedError
        was_blank = None
        for _ in range(2 if around else 1):
            if line == edge:
                break
            blank = buffer.is_blank(line + step)
            if blank is was_blank:
                break
            while line != edge and buffer.is_blank(line + step) == blank:
                line += step
            was_blank = blank
    return Reach(buffer.start(line), Kind.LINES)


def _through(buffer: Buffer, line: int, *, blank: bool) -> int:
    """The last of the lines after `line` that all are blank, or all are not."""
    while line < buffer.last_line and buffer.is_blank(line + 1) == blank:
        line += 1
    return line
