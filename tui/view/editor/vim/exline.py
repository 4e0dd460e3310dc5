"""The line behind `:`, read: lines that it is for, the command, and what the command is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tui.view.editor.vim.marks import place_of
from tui.view.editor.vim.patterns import compiled
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.searching import split_pattern
from tui.view.editor.vim.state import FailedError

_NAME: Final = re.compile(r"(?:[a-zA-Z]+|[<>]+|[&=@~])?!?")
_ONE_LETTER: Final = re.compile(r"k(?=[a-z]\s*$)|(s|k|g!?|v|d|m|t)(?=[^a-zA-Z]|$)")
_BAR: Final = re.compile(r"((?:\\.|[^|\\])*)\|", re.DOTALL)
_STEPS: Final = re.compile(r"([+-])(\d*)")


@dataclass(frozen=True, slots=True)
class ExCommand:
    """A command with the lines that it is for, counted from 0; none said is None."""

    name: str
    argument: str
    lines: range | None
    following: str = ""
    """The commands behind a bar."""


@dataclass(slots=True)
class _Reader:
    """The text, read from the left."""

    text: str
    at: int = 0

    def rest(self) -> str:
        """What is not yet read."""
        return self.text[self.at :]

    def skip(self, *texts: str) -> str:
        """One of the texts, where it stands here."""
        found = next((text for text in texts if self.text.startswith(text, self.at)), "")
        self.at += len(found)
        return found

    def spaces(self) -> None:
        """Over space and needless colons."""
        while self.skip(" ", "\t", ":"):
            pass


def read_line(scene: Scene, text: str) -> ExCommand:
    """The command. Raises FailedError for lines that there are not."""
    reader = _Reader(text)
    reader.spaces()
    lines = _lines(scene, reader)
    reader.spaces()
    rest = reader.rest()
    found = _ONE_LETTER.match(rest) or _NAME.match(rest)
    name = found[0] if found is not None else ""
    argument, following = rest[len(name) :], ""
    if not name.startswith(("g", "v", "norm")):
        argument, following = _split(argument)
    return ExCommand(name, argument, lines, following)


def _split(text: str) -> tuple[str, str]:
    """What is before a bar, and the commands behind it."""
    found = _BAR.match(text)
    return (text, "") if found is None else (found[1], text[found.end() :])


def address(scene: Scene, text: str) -> int:
    """The line that an address says, from -1 for the place before the first. Raises FailedError."""
    reader = _Reader(text.strip())
    line = _line(scene, reader, scene.line)
    if line is None or reader.rest().strip():
        raise FailedError(f"No such line: {text.strip()}")
    return _checked(scene, line, first=-1)


def _lines(scene: Scene, reader: _Reader) -> range | None:
    if reader.skip("%"):
        return range(scene.buffer.last_line + 1)
    here, first = scene.line, _line(scene, reader, scene.line)
    said: list[int] = [] if first is None else [first]
    while separator := reader.skip(",", ";"):
        if not said:
            said.append(here)
        if separator == ";":
            here = said[-1]
        following = _line(scene, reader, here)
        said.append(scene.line if following is None else following)
    if not said:
        return None
    low, high = said[-2:] if len(said) > 1 else (said[0], said[0])
    if low > high:
        raise FailedError("The range goes backwards")
    return range(max(low, 0), max(high, -1) + 1)


def _line(scene: Scene, reader: _Reader, here: int) -> int | None:
    """One address; None where none stands here."""
    reader.spaces()
    line = _base(scene, reader, here)
    while found := _STEPS.match(reader.text, reader.at):
        reader.at = found.end()
        by = int(found[2] or 1)
        line = (here if line is None else line) + (by if found[1] == "+" else -by)
        reader.spaces()
    return line


def _base(scene: Scene, reader: _Reader, here: int) -> int | None:
    if found := re.compile(r"\d+").match(reader.text, reader.at):
        reader.at = found.end()
        return int(found[0][:9]) - 1
    match reader.skip(".", "$", "'", "/", "?"):
        case ".":
            return here
        case "$":
            return scene.buffer.last_line
        case "'":
            name = reader.text[reader.at : reader.at + 1]
            reader.at += 1
            return scene.buffer.line_at(place_of(scene, name))
        case "/" | "?" as sign:
            pattern, end = split_pattern(reader.rest(), sign)
            reader.at += end
            return _matching(scene, pattern, here, is_forward=sign == "/")
        case _:
            return None


def _matching(scene: Scene, pattern: str, here: int, *, is_forward: bool) -> int:
    if not pattern and scene.memory.search is not None:
        pattern = scene.memory.search.pattern
    sought, buffer = compiled(pattern), scene.buffer
    count = buffer.last_line + 1
    step = 1 if is_forward else -1
    for by in range(1, count + 1):
        line = (here + step * by) % count
        if sought.compiled.search(buffer.line(line)):
            return line
    raise FailedError(f"Pattern not found: {pattern}")


def _checked(scene: Scene, line: int, first: int = 0) -> int:
    if not first <= line <= scene.buffer.last_line:
        raise FailedError(f"There are only {scene.buffer.last_line + 1} lines")
    return line
