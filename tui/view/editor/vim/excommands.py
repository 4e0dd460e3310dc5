"""What the commands behind `:` do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeAlias

from tui.document.textchange import difference
from tui.view.editor.vim.effects import Perform, Tell
from tui.view.editor.vim.exline import ExCommand, address, read_line
from tui.view.editor.vim.joining import join
from tui.view.editor.vim.normal import MARKS, normal, without_marks
from tui.view.editor.vim.operators import operate, remove
from tui.view.editor.vim.patterns import compiled
from tui.view.editor.vim.putting import put_register
from tui.view.editor.vim.reach import Span
from tui.view.editor.vim.registers import read
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.searching import split_pattern
from tui.view.editor.vim.state import Change, Command, FailedError, Search
from tui.view.editor.vim.substituting import substitute

_NORMAL: Final = re.compile(r"\s*norm(?:a|al)?(?=[!\s])")
_Ex: TypeAlias = Callable[[Scene, ExCommand], Scene]


def run_line(scene: Scene, text: str) -> Scene:
    """Does what a line behind `:` says. Raises FailedError, with a line for the person."""
    if not text.strip():
        return scene
    command = read_line(scene, text)
    run = _found(command.name) if command.name else _go_to
    if run is None:
        raise FailedError(f"Not a command here: :{text.strip()}")
    if command.name and command.lines is not None and command.lines.stop > scene.buffer.last_line + 1:
        raise FailedError(f"There are only {scene.buffer.last_line + 1} lines")
    done = run(scene, command)
    if done.vim.confirming is not None and command.following.strip():
        raise FailedError("Nothing can follow :s that asks")
    return _undoing_to_change(scene, run_line(done, command.following))


def _undoing_to_change(before: Scene, after: Scene) -> Scene:
    """Undoing comes back to the start of the first line that changed."""
    if before.text == after.text:
        return after
    return replace(after, undo_at=before.buffer.start_at(difference(before.text, after.text).start))


def _go_to(scene: Scene, command: ExCommand) -> Scene:
    if command.argument.strip() or command.lines is None:
        raise FailedError(f"Not a command here: :{command.argument.strip()}")
    line = max(0, min(command.lines.stop - 1, scene.buffer.last_line))
    return scene.with_marks({"'": scene.cursor}).at(scene.buffer.text_start(line))


def _lines(scene: Scene, command: ExCommand) -> range:
    """The lines that it is for: those said, or the cursor's; a count behind it goes on from the last."""
    lines = command.lines or range(scene.line, scene.line + 1)
    count = command.argument.split()[-1:] if command.argument else []
    if count and count[0].isdecimal():
        last = min(lines[-1] + int(count[0][:9]), scene.buffer.last_line + 1)
        lines = range(lines[-1], last)
    return lines


def _register(command: ExCommand) -> str:
    words = command.argument.split()
    return words[0] if words and len(words[0]) == 1 and not words[0].isdecimal() else ""


def _span(scene: Scene, lines: range) -> Span:
    return Span(scene.buffer.start(lines[0]), scene.buffer.start(lines[-1]), is_linewise=True)


def _operating(operator: str) -> _Ex:
    def run(scene: Scene, command: ExCommand) -> Scene:
        lines = _lines(scene, command)
        change = Change(Command("", operator, register=_register(command)))
        done = operate(scene, _span(scene, lines), change)
        return done.at(scene.cursor) if operator == "y" else done

    return run


def _shift(scene: Scene, command: ExCommand) -> Scene:
    """`:>` and `:<`; `:>>` shifts two levels."""
    lines = _lines(scene, command)
    for _ in command.name:
        scene = operate(scene, _span(scene, lines), Change(Command("", command.name[0])))
    return scene.at(scene.buffer.text_start(lines[-1]))


def _copy(scene: Scene, command: ExCommand) -> Scene:
    lines, to = command.lines or range(scene.line, scene.line + 1), address(scene, command.argument)
    buffer = scene.buffer
    text = scene.text[buffer.start(lines[0]) : buffer.end(lines[-1])]
    scene = _put_lines(scene, text, to)
    return scene.at(scene.buffer.text_start(to + len(lines)))


def _move(scene: Scene, command: ExCommand) -> Scene:
    lines, to = command.lines or range(scene.line, scene.line + 1), address(scene, command.argument)
    if lines[0] <= to < lines[-1]:
        raise FailedError("Lines cannot be moved into themselves")
    buffer = scene.buffer
    if to in (lines[0] - 1, lines[-1]):
        return scene.at(buffer.text_start(lines[-1]))
    text = scene.text[buffer.start(lines[0]) : buffer.end(lines[-1])]
    to -= len(lines) if to >= lines[0] else 0
    scene = _put_lines(remove(scene, _span(scene, lines)), text, to)
    return scene.at(scene.buffer.text_start(to + len(lines)))


def _put_lines(scene: Scene, text: str, line: int) -> Scene:
    """Lines put in below a line, or, for -1, above all."""
    at = scene.buffer.end(line) if line >= 0 else 0
    return scene.replaced(at, at, f"\n{text}" if line >= 0 else f"{text}\n")


def _put(scene: Scene, command: ExCommand) -> Scene:
    register = read(scene, _register(command))
    text = register.text if register.is_linewise else register.text + "\n"
    line = _lines(scene, command)[-1] if command.lines is None or command.lines else -1
    above = command.name.endswith("!") or line < 0
    placed = scene.at(scene.buffer.start(max(0, line)))
    placed = put_register(placed, replace(register, text=text, is_linewise=True), 1, before=above)
    last = placed.buffer.line_at(placed.cursor) + text.count("\n") - 1
    return placed.at(placed.buffer.text_start(last))


def _join(scene: Scene, command: ExCommand) -> Scene:
    lines = _lines(scene, command)
    last = lines[-1] if len(lines) > 1 else lines[0] + 1
    scene = join(scene, lines[0], last, with_spaces=not command.name.endswith("!"))
    return scene.at(scene.buffer.text_start(lines[0]))


def _substitute(scene: Scene, command: ExCommand) -> Scene:
    return substitute(scene, command.argument.lstrip(), command.lines or range(scene.line, scene.line + 1))


def _global(scene: Scene, command: ExCommand) -> Scene:
    """`:g/pattern/command`, and `:v` for the lines that do not match."""
    argument = command.argument.lstrip()
    if not argument:
        raise FailedError("A pattern is missing")
    pattern, end = split_pattern(argument[1:], argument[0])
    if not pattern and scene.memory.search is not None:
        pattern = scene.memory.search.pattern
    inner, sought = argument[1 + end :], compiled(pattern)
    if inner.lstrip().startswith(("g", "v")):
        raise FailedError("A global command cannot hold another")
    keeps = not command.name.startswith("v") and not command.name.endswith("!")
    scene = scene.with_memory(replace(scene.memory, search=Search(pattern), shows_matches=True))
    lines = command.lines or range(scene.buffer.last_line + 1)
    chosen = [line for line in lines if bool(sought.compiled.search(scene.buffer.line(line))) == keeps]
    if not chosen:
        raise FailedError(f"Pattern not found: {pattern}")
    names = [f"{MARKS}{at}" for at in range(len(chosen))]
    starts = {name: scene.buffer.start(line) for name, line in zip(names, chosen, strict=True)}
    scene = scene.with_marks(starts)
    if (keys := _NORMAL.match(inner)) is not None:
        return normal(scene, inner[keys.end() :], tuple(names))
    for name in names:
        at = min(scene.vim.places.marks[name], len(scene.text))
        if at == scene.buffer.start_at(at):
            scene = _tried(scene.at(at), inner or "p")
            if scene.vim.confirming is not None:
                raise FailedError("A global command cannot ask; leave the flag c out")
    return without_marks(scene)


def _tried(scene: Scene, text: str) -> Scene:
    """The command for one of the lines; where it fails, the others go on."""
    try:
        return run_line(scene, text)
    except FailedError:
        return scene


def _normal(scene: Scene, command: ExCommand) -> Scene:
    return normal(scene, command.argument, tuple(command.lines or ()))


def _mark(scene: Scene, command: ExCommand) -> Scene:
    name = command.argument.strip()
    if len(name) != 1 or not name.isalpha():
        raise FailedError("A mark is one letter")
    return scene.with_marks({name: scene.buffer.start(_lines(scene, command)[-1])})


def _performing(*actions: str) -> _Ex:
    def run(scene: Scene, command: ExCommand) -> Scene:
        if command.lines is not None or command.argument.strip():
            raise FailedError(f"Not a command here: :{command.name}{command.argument}")
        return scene.asking(*map(Perform, actions))

    return run


def _no_highlight(scene: Scene, _command: ExCommand) -> Scene:
    """Matches are shown again once there is another search."""
    return scene.with_memory(replace(scene.memory, shows_matches=False))


def _print(scene: Scene, command: ExCommand) -> Scene:
    lines = _lines(scene, command)
    return scene.at(scene.buffer.text_start(lines[-1]))


def _number(scene: Scene, command: ExCommand) -> Scene:
    line = command.lines[-1] if command.lines else scene.buffer.last_line
    return scene.asking(Tell(str(line + 1)))


_NAMES: Final[tuple[tuple[str, str, _Ex], ...]] = (
    ("w", "write", _performing("file.save")),
    ("q", "quit", _performing("app.quit")),
    ("wq", "wq", _performing("file.save-and-quit")),
    ("x", "xit", _performing("file.save-and-quit")),
    ("exi", "exit", _performing("file.save-and-quit")),
    ("u", "undo", _performing("edit.undo")),
    ("red", "redo", _performing("edit.redo")),
    ("ru", "run", _performing("run.cell-stay")),
    ("s", "substitute", _substitute),
    ("&", "&&", _substitute),
    ("d", "delete", _operating("d")),
    ("y", "yank", _operating("y")),
    ("m", "move", _move),
    ("t", "t", _copy),
    ("co", "copy", _copy),
    ("pu", "put", _put),
    ("j", "join", _join),
    ("g", "global", _global),
    ("v", "vglobal", _global),
    ("k", "k", _mark),
    ("ma", "mark", _mark),
    ("noh", "nohlsearch", _no_highlight),
    ("norm", "normal", _normal),
    ("p", "print", _print),
    ("=", "=", _number),
)
"""The shortest form, the whole one, and what it does."""

_WITH_BANG: Final = frozenset(("put", "join", "global", "quit", "wq", "xit", "write", "normal"))


def _found(name: str) -> _Ex | None:
    if set(name) in ({"<"}, {">"}):
        return _shift
    bare = name.removesuffix("!")
    for short, whole, run in _NAMES:
        if whole.startswith(bare) and bare.startswith(short) and (bare == name or whole in _WITH_BANG):
            return run
    return None
