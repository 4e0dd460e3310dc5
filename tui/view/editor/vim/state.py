"""What vim remembers from one key to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import Final

from tui.document.textchange import TextChange
from tui.view.editor.rectangle import Rectangle


class Mode(Enum):
    """What keys mean; the value is what the status line shows."""

    NORMAL = "NORMAL"
    INSERT = "INSERT"
    REPLACE = "REPLACE"
    VISUAL = "VISUAL"
    VISUAL_LINE = "VISUAL LINE"
    VISUAL_BLOCK = "VISUAL BLOCK"

    @property
    def is_visual(self) -> bool:
        """Whether a stretch of text is marked."""
        return self in (Mode.VISUAL, Mode.VISUAL_LINE, Mode.VISUAL_BLOCK)

    @property
    def types(self) -> bool:
        """Whether keys put text in."""
        return self in (Mode.INSERT, Mode.REPLACE)


@dataclass(frozen=True, slots=True)
class Command:
    """A whole command, as in `"a2d3w`; what it is called and what came with it."""

    name: str
    """Of a motion, a text object or a command that stands alone, by its keys."""
    operator: str = ""
    count: int | None = None
    register: str = ""
    argument: str = ""
    """The character behind `f`, `r`, `m`, or the text of a search."""

    @property
    def times(self) -> int:
        """The count, 1 where there is none."""
        return 1 if self.count is None else self.count


@dataclass(frozen=True, slots=True)
class Register:
    """Text that was yanked or deleted; whole lines end in a newline."""

    text: str
    is_linewise: bool = False
    block_width: int = 0
    """Of a block, whose rows are the text's lines, in cells; 0 for what is none."""


@dataclass(frozen=True, slots=True)
class Find:
    """What `f`, `F`, `t` or `T` looked for last."""

    key: str
    character: str


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched for last."""

    pattern: str
    is_forward: bool = True
    offset: str = ""
    """Where in the match the cursor goes, as in `/word/e+1`."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """What `:s` did last, for `&`."""

    pattern: str
    replacement: str
    flags: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A place in the text that `:s` found, and what is to stand there."""

    start: int
    end: int
    replacement: str
    line: int
    """Where the line begins that it was found in."""


@dataclass(frozen=True, slots=True)
class Confirming:
    """`:s` with the flag c, under way: places are those of the text before any of them was replaced."""

    asked: Match
    others: tuple[Match, ...]
    """Those to be asked for after it."""
    replacement: str
    """As it was typed."""
    text: str
    """What the text is by now; once it is another, because the kernel set it, there is nothing to ask."""
    shift: int = 0
    """How much longer the text is by now."""

    @property
    def place(self) -> tuple[int, int]:
        """Where what is asked for stands now."""
        return self.asked.start + self.shift, self.asked.end + self.shift

    def following(self) -> Confirming:
        """Asking for the next."""
        return replace(self, asked=self.others[0], others=self.others[1:])


@dataclass(frozen=True, slots=True)
class Typed:
    """What an insert session came to."""

    change: TextChange
    shift: int
    """From where the session began to where the change is."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much was marked, for doing the same to as much elsewhere."""

    mode: Mode
    lines: int
    """From the first to the last."""
    columns: int
    """In the last line, or of the block, in cells; `LAST_COLUMN` for a block up to the ends of its lines."""


@dataclass(frozen=True, slots=True)
class Change:
    """The last change, for `.`."""

    command: Command
    typed: Typed | None = None
    extent: Extent | None = None


class Side(Enum):
    """Where in the lines of a block text is put in."""

    LEFT = "before it"
    RIGHT = "behind it"


@dataclass(frozen=True, slots=True)
class Repeating:
    """A block to all of whose lines comes what is typed in the first."""

    block: Rectangle
    side: Side
    column: int
    """Where in the first line it began, in characters."""
    length: int
    """Of the first line, before anything was typed."""
    returns_to: int | None = None
    """Where the cursor goes then; None where it stays with what was typed."""


@dataclass(frozen=True, slots=True)
class Inserting:
    """An insert session under way."""

    began_by: Change
    start: int
    """Where the cursor was when it began."""
    change: TextChange | None = None
    """All that was typed since then, or since the cursor was moved."""
    times: int = 1
    """How often what is typed comes in all."""
    opens_lines: bool = False
    """Whether a count repeats the text on lines of its own."""
    is_indented: bool = False
    """Whether it began with indentation that goes again when nothing is typed."""
    repeating: Repeating | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """The line that is typed behind `:`, `/` or `?`."""

    sign: str
    text: str = ""
    back: int = 0
    """How far back in what was typed before it is; 0 for a new line."""
    begun: str = ""
    """What lines from before begin with that up comes to, and what down comes back to."""
    takes_register: bool = False
    """Whether the next key is the name of a register."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What was marked last, for `gv`."""

    mode: Mode
    anchor: int
    head: int
    to_ends: bool = False
    """Whether it was a block up to the ends of its lines."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A macro that is being recorded."""

    register: str
    keys: tuple[str, ...] = ()


_NO_REGISTERS: Final[Mapping[str, Register]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Memory:
    """What outlives a cell: the same for all of a notebook."""

    registers: Mapping[str, Register] = field(default_factory=lambda: _NO_REGISTERS)
    find: Find | None = None
    search: Search | None = None
    substitution: Substitution | None = None
    change: Change | None = None
    macro: str = ""
    """The register that `@` played last."""
    shows_matches: bool = False
    """Whether what was searched for is shown, until `:noh`."""
    lines: tuple[str, ...] = ()
    """What was typed behind `:`, the last one last."""
    sought: tuple[str, ...] = ()
    """What was typed behind `/` and `?`."""


_NO_MARKS: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Places:
    """What belongs to the text of one cell."""

    marks: Mapping[str, int] = field(default_factory=lambda: _NO_MARKS)
    marked: Marked | None = None

    def mapped(self, change: TextChange) -> Places:
        """The places after a change of the text."""
        marks = {name: change.map_offset(offset) for name, offset in self.marks.items()}
        marked = self.marked
        if marked is not None:
            anchor, head = change.map_offset(marked.anchor), change.map_offset(marked.head)
            marked = Marked(marked.mode, anchor, head, marked.to_ends)
        return Places(marks, marked)


@dataclass(frozen=True, slots=True)
class Vim:
    """All that is remembered while a cell is edited."""

    mode: Mode = Mode.NORMAL
    pending: tuple[str, ...] = ()
    """Keys of a command that is not yet whole."""
    prompt: Prompt | None = None
    confirming: Confirming | None = None
    anchor: int = 0
    """Where marking began, in the visual modes."""
    inserting: Inserting | None = None
    recording: Recording | None = None
    memory: Memory = field(default_factory=Memory)
    places: Places = field(default_factory=Places)

    @property
    def goes_on(self) -> bool:
        """Whether what the next key changes is of the same step to undo."""
        return self.mode.types or self.confirming is not None

    def idle(self) -> Vim:
        """With nothing that a person would go on with: no part of a command, no question."""
        return replace(self, pending=(), prompt=None, confirming=None)


class FailedError(Exception):
    """A command that cannot be done here; its text says why, where that is worth a line."""
