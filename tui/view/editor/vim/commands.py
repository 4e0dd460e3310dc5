"""Commands of the normal mode that stand alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeAlias

from tui.view.editor.indentation import indentation_of
from tui.view.editor.vim.buffer import LAST_COLUMN
from tui.view.editor.vim.effects import Height, Perform, PutLine, Tell
from tui.view.editor.vim.inserting import begin_insert, open_line
from tui.view.editor.vim.joining import join
from tui.view.editor.vim.marks import set_mark
from tui.view.editor.vim.motions import MOTIONS
from tui.view.editor.vim.numbers import add
from tui.view.editor.vim.operators import operate, swapped, whole_lines
from tui.view.editor.vim.overtyping import begin_replace
from tui.view.editor.vim.putting import put
from tui.view.editor.vim.reach import span_of
from tui.view.editor.vim.registers import deleted
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Change, Command, FailedError, Mode, Recording, Register

Action: TypeAlias = Callable[[Scene, Change], Scene]

_SHORT_FOR: Final = {
    "x": ("d", "l"),
    "delete": ("d", "l"),
    "X": ("d", "h"),
    "D": ("d", "$"),
    "C": ("c", "$"),
    "s": ("c", "l"),
}


def _short(scene: Scene, change: Change) -> Scene:
    """What is short for an operator with a motion; on an empty line `s` and `C` only insert."""
    name = change.command.name
    operator, motion = _SHORT_FOR[name]
    command = replace(change.command, operator=operator, name=motion)
    done = replace(change, command=command)
    is_empty = scene.buffer.is_empty(scene.line)
    if name == "D" and command.times == 1 and is_empty:
        raise FailedError
    if operator == "c" and is_empty and (motion == "l" or command.times == 1):
        if name == "C":
            scene = deleted(scene, command.register, Register(""), is_large=False)
        return begin_insert(scene.undoing_to(scene.cursor), change)
    scene = operate(scene, span_of(scene, MOTIONS[motion](scene, command), command), done)
    inserting = scene.vim.inserting
    if inserting is None:
        return scene
    return scene.with_vim(replace(scene.vim, inserting=replace(inserting, began_by=change)))


def _lines(operator: str) -> Action:
    def action(scene: Scene, change: Change) -> Scene:
        command = replace(change.command, operator=operator)
        return operate(scene, whole_lines(scene, command), replace(change, command=command))

    return action


def _joining(*, with_spaces: bool) -> Action:
    def action(scene: Scene, change: Change) -> Scene:
        count = max(2, change.command.times)
        if count > 2 and scene.line == scene.buffer.last_line:
            raise FailedError
        return join(scene, scene.line, scene.line + count - 1, with_spaces=with_spaces)

    return action


def _replace(scene: Scene, change: Change) -> Scene:
    """`r`: so many characters become another, or a newline."""
    buffer, at, end = scene.buffer, scene.cursor, scene.cursor
    for _ in range(change.command.times):
        if end >= buffer.end_at(at):
            raise FailedError
        end = buffer.after(end)
    character = _typed(change.command.argument)
    scene = scene.undoing_to(at)
    if character == "\n":
        space = indentation_of(buffer.line(scene.line))
        while buffer.character(end) in (" ", "\t"):
            end += 1
        scene = scene.replaced(at, end, f"\n{space}")
        return scene.at(at + max(1, len(space)))
    scene = scene.replaced(at, end, character * change.command.times)
    return scene.at(at + len(character) * (change.command.times - 1))


def _typed(key: str) -> str:
    """The text that a key types. Raises FailedError for one that types none."""
    text = {"enter": "\n", "tab": "\t", "space": " "}.get(key, key)
    if len(text) != 1:
        raise FailedError
    return text


def _swap_case(scene: Scene, change: Change) -> Scene:
    buffer, at, end = scene.buffer, scene.cursor, scene.cursor
    last = buffer.end_at(at)
    if at == last:
        raise FailedError
    for _ in range(min(change.command.times, last - at)):
        end = min(last, buffer.after(end))
    text = "".join(other if len(other := swapped(one)) == 1 else one for one in scene.text[at:end])
    scene = scene.undoing_to(at).replaced(at, end, text)
    return scene.at(scene.buffer.on_character(end))


def _insert(scene: Scene, change: Change) -> Scene:
    buffer, at, line = scene.buffer, scene.cursor, scene.line
    match change.command.name:
        case "a":
            at = min(buffer.after(at), buffer.end(line))
        case "A":
            at = buffer.end(line)
        case "I":
            at = buffer.start(line) + buffer.indent(line)
        case "gI":
            at = buffer.start(line)
        case "gi":
            at = min(scene.vim.places.marks.get("^", at), len(scene.text))
        case _:
            pass
    return begin_insert(scene.undoing_to(scene.cursor).at(at), change, times=change.command.times)


def _open(scene: Scene, change: Change) -> Scene:
    return open_line(scene, change, below=change.command.name == "o")


def _undo(scene: Scene, change: Change) -> Scene:
    return scene.asking(Perform("edit.undo", change.command.times))


def _redo(scene: Scene, change: Change) -> Scene:
    return scene.asking(Perform("edit.redo", change.command.times))


MARKING: Final[Mapping[str, Mode]] = MappingProxyType(
    {
        "v": Mode.VISUAL,
        "V": Mode.VISUAL_LINE,
        **dict.fromkeys(("ctrl+v", "ctrl+q"), Mode.VISUAL_BLOCK),
    }
)
"""The keys that begin to mark text."""


def _mark_text(scene: Scene, change: Change) -> Scene:
    mode = MARKING[change.command.name]
    scene = scene.with_vim(replace(scene.vim, mode=mode, anchor=scene.cursor))
    buffer, count = scene.buffer, change.command.times - 1
    if not count:
        return scene
    if mode is Mode.VISUAL_LINE:
        line = min(scene.line + count, buffer.last_line)
        return scene.at(buffer.at_column(line, buffer.column(scene.cursor)))
    at = scene.cursor
    for _ in range(min(count, buffer.end_at(at) - at)):
        at = buffer.after(at)
    return scene.at(at)


def mark_again(scene: Scene, _change: Change) -> Scene:
    """`gv`: what was marked last."""
    marked = scene.vim.places.marked
    if marked is None:
        raise FailedError
    buffer = scene.buffer
    anchor, head = buffer.layout.border_at(marked.anchor), buffer.layout.border_at(marked.head)
    goal = LAST_COLUMN if marked.to_ends else None
    return scene.with_vim(replace(scene.vim, mode=marked.mode, anchor=anchor)).at(head, goal)


def _set_mark(scene: Scene, change: Change) -> Scene:
    return set_mark(scene, change.command)


def _record(scene: Scene, change: Change) -> Scene:
    name = change.command.argument
    if len(name) != 1 or not (name.isascii() and name.isalnum()):
        raise FailedError
    return scene.with_vim(replace(scene.vim, recording=Recording(name)))


def _substitute_again(scene: Scene, change: Change) -> Scene:
    from tui.view.editor.vim.substituting import substitute_again

    if change.command.name == "g&":
        return substitute_again(scene, range(scene.buffer.last_line + 1), keeps_flags=True)
    return substitute_again(scene, range(scene.line, scene.line + 1), keeps_flags=False)


def _scroll(scene: Scene, change: Change) -> Scene:
    action = "view.line-down" if change.command.name == "ctrl+e" else "view.line-up"
    return scene.asking(Perform(action, change.command.times))


HEIGHTS: Final[Mapping[str, Height]] = MappingProxyType(
    {
        **dict.fromkeys(("zt", "zenter"), Height.TOP),
        **dict.fromkeys(("zz", "z."), Height.MIDDLE),
        **dict.fromkeys(("zb", "z-"), Height.BOTTOM),
    }
)
"""The keys that scroll the cursor's line to a height."""


def put_line(scene: Scene, command: Command) -> Scene:
    """`zt`, `zz`, `zb`; `z` and enter, `.` or `-` go to the start of the text, too. A count is a line."""
    name = command.name
    if command.count is not None:
        line = min(command.count - 1, scene.buffer.last_line)
        scene = scene.at(scene.buffer.at_column(line, scene.buffer.column(scene.cursor)))
    if name not in ("zt", "zz", "zb"):
        scene = scene.at(scene.buffer.text_start(scene.line))
    return scene.asking(PutLine(HEIGHTS[name]))


def _put_line(scene: Scene, change: Change) -> Scene:
    return put_line(scene, change.command)


def _performing(action: str) -> Action:
    return lambda scene, _change: scene.asking(Perform(action))


def _where(scene: Scene, _change: Change) -> Scene:
    line, column = scene.line + 1, scene.cursor - scene.buffer.start_at(scene.cursor) + 1
    return scene.asking(Tell(f"line {line} of {scene.buffer.last_line + 1}, column {column}"))


COMMANDS: Final[Mapping[str, Action]] = MappingProxyType(
    {
        **dict.fromkeys(_SHORT_FOR, _short),
        "S": _lines("c"),
        "Y": _lines("y"),
        "J": _joining(with_spaces=True),
        "gJ": _joining(with_spaces=False),
        "r": _replace,
        "R": lambda scene, change: begin_replace(scene.undoing_to(scene.cursor), change),
        "~": _swap_case,
        **dict.fromkeys(("p", "P", "gp", "gP"), put),
        **dict.fromkeys(("ctrl+a", "ctrl+x"), add),
        **dict.fromkeys(("i", "a", "I", "A", "gi", "gI", "insert"), _insert),
        **dict.fromkeys("oO", _open),
        "u": _undo,
        "ctrl+r": _redo,
        **dict.fromkeys(MARKING, _mark_text),
        "gv": mark_again,
        "m": _set_mark,
        "q": _record,
        **dict.fromkeys(("&", "g&"), _substitute_again),
        "ZZ": _performing("file.save-and-quit"),
        "ZQ": _performing("app.quit"),
        **dict.fromkeys(HEIGHTS, _put_line),
        "gt": _performing("tab.next"),
        "gT": _performing("tab.previous"),
        **dict.fromkeys(("ctrl+e", "ctrl+y"), _scroll),
        "ctrl+g": _where,
    }
)
"""By their keys."""

REPEATABLE: Final = frozenset(
    (
        *_SHORT_FOR,
        *("S", "J", "gJ", "r", "R", "~", "p", "P", "gp", "gP", "ctrl+a", "ctrl+x", "&", "g&"),
        *("i", "a", "I", "A", "gi", "gI", "insert", "o", "O"),
    )
)
"""Those that `.` does again."""


def is_repeatable(command: Command) -> bool:
    """Whether `.` does it again."""
    return command.operator not in ("", "y") or (not command.operator and command.name in REPEATABLE)
