"""Motions by characters, lines and words; `MOTIONS` has all there are, also those of other files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tui.view.editor.vim import finding, pairs, paragraphs, searching, sentences, words
from tui.view.editor.vim.buffer import LAST_COLUMN, Walk
from tui.view.editor.vim.marks import to_mark
from tui.view.editor.vim.reach import Kind, Motion, Reach
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Command, FailedError


def _left(scene: Scene, command: Command) -> Reach:
    start, at = scene.buffer.start_at(scene.cursor), scene.cursor
    if at == start:
        raise FailedError
    for _ in range(min(command.times, at - start)):
        at = max(start, scene.buffer.before(at))
    return Reach(at)


def _right(scene: Scene, command: Command) -> Reach:
    buffer, at, line = scene.buffer, scene.cursor, scene.line
    end = buffer.end(line) if command.operator or scene.vim.mode.is_visual else buffer.last_character(line)
    if at >= end:
        raise FailedError
    for _ in range(min(command.times, end - at)):
        at = min(end, buffer.after(at))
    return Reach(at)


def _back_over_lines(scene: Scene, command: Command) -> Reach:
    walk = Walk(scene.buffer, scene.cursor)
    for _ in range(min(command.times, len(scene.text) + 1)):
        if walk.at == 0:
            break
        walk.back_over_end()
    if walk.at == scene.cursor:
        raise FailedError
    return Reach(walk.at)


def _on_over_lines(scene: Scene, command: Command) -> Reach:
    buffer, at = scene.buffer, scene.cursor
    for left in reversed(range(min(command.times, len(scene.text) + 1))):
        line = buffer.line_at(at)
        last = buffer.last_character(line)
        if at < last or (at == last and left == 0 and command.operator and at < buffer.end(line)):
            at = buffer.after(at)
        elif line < buffer.last_line:
            at = buffer.start(line + 1)
        else:
            break
    if at == scene.cursor:
        raise FailedError
    return Reach(at)


def _to_column_zero(scene: Scene, _command: Command) -> Reach:
    return Reach(scene.buffer.start_at(scene.cursor))


def _to_text(scene: Scene, _command: Command) -> Reach:
    return Reach(scene.buffer.text_start(scene.line))


def _to_end(scene: Scene, command: Command) -> Reach:
    line = scene.line + command.times - 1
    if line > scene.buffer.last_line:
        if scene.line == scene.buffer.last_line:
            raise FailedError
        line = scene.buffer.last_line
    at = scene.buffer.end(line) if scene.vim.mode.is_visual else scene.buffer.last_character(line)
    return Reach(at, Kind.INCLUSIVE, LAST_COLUMN)


def _to_end_of_text(scene: Scene, command: Command) -> Reach:
    buffer = scene.buffer
    line = min(scene.line + command.times - 1, buffer.last_line)
    text = buffer.line(line).rstrip(" \t")
    at = buffer.start(line) + len(text)
    return Reach(buffer.before(at) if text else buffer.start(line), Kind.INCLUSIVE)


def _to_column(scene: Scene, command: Command) -> Reach:
    return Reach(scene.buffer.at_column(scene.line, command.times - 1), goal=command.times - 1)


def _to_line(scene: Scene, command: Command, *, default: int) -> Reach:
    buffer = scene.buffer
    line = default if command.count is None else max(0, command.count - 1)
    return Reach(buffer.text_start(min(line, buffer.last_line)), Kind.LINES, is_jump=True)


def _first_line(scene: Scene, command: Command) -> Reach:
    return _to_line(scene, command, default=0)


def _last_line(scene: Scene, command: Command) -> Reach:
    return _to_line(scene, command, default=scene.buffer.last_line)


def _lines_away(scene: Scene, lines: int) -> int:
    """The line so many lines down or up, as far as there are any."""
    line, last = scene.line, scene.buffer.last_line
    if (lines > 0 and line == last) or (lines < 0 and line == 0):
        raise FailedError
    return max(0, min(last, line + lines))


def _vertically(scene: Scene, lines: int) -> Reach:
    goal = scene.buffer.column(scene.cursor) if scene.goal is None else scene.goal
    return _to_goal(scene, _lines_away(scene, lines), goal)


def _to_goal(scene: Scene, line: int, goal: int) -> Reach:
    return Reach(scene.buffer.at_column(line, goal, past_end=scene.vim.mode.is_visual), Kind.LINES, goal)


def _down(scene: Scene, command: Command) -> Reach:
    return _vertically(scene, command.times)


def _up(scene: Scene, command: Command) -> Reach:
    return _vertically(scene, -command.times)


def _down_to_text(scene: Scene, command: Command) -> Reach:
    return Reach(scene.buffer.text_start(_lines_away(scene, command.times)), Kind.LINES)


def _up_to_text(scene: Scene, command: Command) -> Reach:
    return Reach(scene.buffer.text_start(_lines_away(scene, -command.times)), Kind.LINES)


def _to_text_here(scene: Scene, command: Command) -> Reach:
    if command.times == 1:
        return Reach(scene.buffer.text_start(scene.line), Kind.LINES)
    return Reach(scene.buffer.text_start(_lines_away(scene, command.times - 1)), Kind.LINES)


def _by_rows(scene: Scene, rows: int) -> Reach:
    layout = scene.buffer.layout
    row, column = layout.position(scene.cursor)
    target = max(0, min(layout.row_count - 1, row + rows))
    if target == row:
        raise FailedError
    at = scene.buffer.on_character(layout.offset_at(target, column))
    return Reach(at, goal=scene.buffer.column(at))


def _row_down(scene: Scene, command: Command) -> Reach:
    return _by_rows(scene, command.times)


def _row_up(scene: Scene, command: Command) -> Reach:
    return _by_rows(scene, -command.times)


def _lines_in_sight(scene: Scene) -> range:
    rows, layout = scene.surroundings.rows_in_sight, scene.buffer.layout
    if not rows:
        return range(layout.line_count)
    first, last = layout.line_of_row(rows[0]), layout.line_of_row(min(rows[-1], layout.row_count - 1))
    return range(first, last + 1)


def _to_sight(scene: Scene, line: int) -> Reach:
    return Reach(scene.buffer.text_start(line), Kind.LINES, is_jump=True)


def _top_of_sight(scene: Scene, command: Command) -> Reach:
    lines = _lines_in_sight(scene)
    return _to_sight(scene, min(lines[0] + command.times - 1, lines[-1]))


def _middle_of_sight(scene: Scene, _command: Command) -> Reach:
    lines = _lines_in_sight(scene)
    return _to_sight(scene, lines[(len(lines) - 1) // 2])


def _bottom_of_sight(scene: Scene, command: Command) -> Reach:
    lines = _lines_in_sight(scene)
    return _to_sight(scene, max(lines[-1] - command.times + 1, lines[0]))


def _page(scene: Scene, rows: int) -> Reach:
    goal = scene.buffer.column(scene.cursor) if scene.goal is None else scene.goal
    return _to_goal(scene, _lines_away(scene, rows), goal)


def _half_page_down(scene: Scene, command: Command) -> Reach:
    return _page(scene, command.count or max(1, scene.surroundings.page_rows // 2))


def _half_page_up(scene: Scene, command: Command) -> Reach:
    return _page(scene, -(command.count or max(1, scene.surroundings.page_rows // 2)))


def _page_down(scene: Scene, command: Command) -> Reach:
    return _page(scene, command.times * max(1, scene.surroundings.page_rows - 2))


def _page_up(scene: Scene, command: Command) -> Reach:
    return _page(scene, -command.times * max(1, scene.surroundings.page_rows - 2))


# -- words ----


def _word(scene: Scene, command: Command) -> Reach:
    big = command.name == "W"
    walk = Walk(scene.buffer, scene.cursor, big)
    if command.operator == "c" and walk.kind:
        words.forward_to_end(walk, command.times, stays_in_word=True)
        return Reach(_settled(scene, walk), Kind.INCLUSIVE)
    found = words.forward_to_start(walk, command.times, stops_at_line_end=bool(command.operator))
    if not found and not command.operator and walk.at == _last_place(scene):
        raise FailedError
    return Reach(walk.at if command.operator else _settled(scene, walk))


def _word_end(scene: Scene, command: Command) -> Reach:
    walk = Walk(scene.buffer, scene.cursor, command.name == "E")
    found = words.forward_to_end(walk, command.times)
    at = _settled(scene, walk)
    if not found and not command.operator and at == scene.cursor:
        raise FailedError
    return Reach(at, Kind.INCLUSIVE)


def _word_back(scene: Scene, command: Command) -> Reach:
    walk = Walk(scene.buffer, scene.cursor, command.name == "B")
    if not words.back_to_start(walk, command.times) and walk.at == scene.cursor:
        raise FailedError
    return Reach(walk.at)


def _word_end_back(scene: Scene, command: Command) -> Reach:
    walk = Walk(scene.buffer, scene.cursor, command.name == "gE")
    if not words.back_to_end(walk, command.times) and walk.at == scene.cursor:
        raise FailedError
    return Reach(_settled(scene, walk), Kind.INCLUSIVE)


def _last_place(scene: Scene) -> int:
    return scene.cursor if scene.cursor == scene.buffer.last_character(scene.buffer.last_line) else -1


def _settled(scene: Scene, walk: Walk) -> int:
    """On a character: a walk may end behind the last of a line, where only marking may."""
    at, buffer = walk.at, scene.buffer
    if scene.vim.mode.is_visual:
        return at
    line = buffer.line_at(at)
    return buffer.last_character(line) if at == buffer.end(line) and at > buffer.start(line) else at


MOTIONS: Final[Mapping[str, Motion]] = MappingProxyType(
    {
        **dict.fromkeys(("h", "left"), _left),
        **dict.fromkeys(("backspace", "ctrl+h"), _back_over_lines),
        **dict.fromkeys(("l", "right"), _right),
        " ": _on_over_lines,
        **dict.fromkeys(("0", "home"), _to_column_zero),
        "^": _to_text,
        **dict.fromkeys(("$", "end"), _to_end),
        "g_": _to_end_of_text,
        "|": _to_column,
        **dict.fromkeys(("j", "down", "ctrl+n"), _down),
        **dict.fromkeys(("k", "up"), _up),
        **dict.fromkeys(("+", "enter"), _down_to_text),
        "-": _up_to_text,
        "_": _to_text_here,
        **dict.fromkeys(("gg", "ctrl+home"), _first_line),
        "G": _last_line,
        "ctrl+end": _last_line,
        **dict.fromkeys(("gj", "gdown"), _row_down),
        **dict.fromkeys(("gk", "gup"), _row_up),
        "H": _top_of_sight,
        "M": _middle_of_sight,
        "L": _bottom_of_sight,
        "ctrl+d": _half_page_down,
        "ctrl+u": _half_page_up,
        **dict.fromkeys(("ctrl+f", "pagedown"), _page_down),
        **dict.fromkeys(("ctrl+b", "pageup"), _page_up),
        **dict.fromkeys(("w", "W"), _word),
        **dict.fromkeys(("e", "E"), _word_end),
        **dict.fromkeys(("b", "B"), _word_back),
        **dict.fromkeys(("ge", "gE"), _word_end_back),
        **dict.fromkeys("fFtT", finding.find),
        **dict.fromkeys(";,", finding.find_again),
        "%": pairs.to_partner,
        **dict.fromkeys(("[(", "[{", "])", "]}"), pairs.to_unmatched),
        **dict.fromkeys("{}", paragraphs.by_paragraphs),
        **dict.fromkeys("()", sentences.by_sentences),
        **dict.fromkeys("'`", to_mark),
        **dict.fromkeys("/?", searching.search),
        **dict.fromkeys("nN", searching.search_again),
        **dict.fromkeys(("*", "#", "g*", "g#"), searching.search_word),
    }
)
"""By their keys. `_`, `j` and such take whole lines for an operator."""
