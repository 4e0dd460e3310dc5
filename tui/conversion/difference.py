"""How one notebook differs from another, as lines: cell by cell, sources and outputs as a diff has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from enum import Enum
from hashlib import sha256
from itertools import islice
from typing import Final, assert_never

from kernelbridge.outputs import DisplayData, ErrorOutput, ExecuteResult, JsonObject, Output, Stream
from tui.document.comparison import Changed, Difference, Moved, Only, Side, compare
from tui.document.notebook import Cell, Notebook
from tui.document.rekeying import with_keys_of
from tui.sanitize import clean

_CONTEXT: Final = 3
_MOST: Final = 400
"""Lines of an output that are compared; beyond them only whether it differs is told."""


class Mark(Enum):
    """What a line is; the value is the sign that it begins with."""

    HEADING = "@@ "
    OLD = "-"
    NEW = "+"
    SAME = " "


@dataclass(frozen=True, slots=True)
class Line:
    """A line, safe to print."""

    mark: Mark
    text: str

    @property
    def plain(self) -> str:
        """The line without colours."""
        end = " @@" if self.mark is Mark.HEADING else ""
        return f"{self.mark.value}{self.text}{end}"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two notebooks, side by side."""

    old: Notebook
    new: Notebook
    cells: Sequence[Difference]
    metadata: Sequence[str]
    """The keys of the notebook's metadata that differ."""

    @property
    def is_same(self) -> bool:
        """Whether they say the same."""
        return not self.cells and not self.metadata


def compared(old: Notebook, new: Notebook) -> Compared:
    """What differs, whichever cells are the same by id, by text or by place."""
    new = with_keys_of(new, old)
    return Compared(old, new, compare(old, new), _keys_that_differ(old.metadata, new.metadata))


def lines(compared: Compared) -> Iterator[Line]:
    """All of it, as it is asked for."""
    for each in compared.cells:
        yield from _of_cell(each)
    if compared.metadata:
        yield _heading(f"metadata of the notebook: {', '.join(compared.metadata)}")


def _of_cell(difference: Difference) -> Iterator[Line]:
    match difference:
        case Only(side=side, cell=cell, index=index):
            mark, word = (Mark.OLD, "removed") if side is Side.OLD else (Mark.NEW, "added")
            yield _heading(f"cell {index + 1}, {cell.kind.value}, {word}")
            yield from (Line(mark, clean(line)) for line in cell.source.splitlines())
        case Moved(cell=cell, index=index):
            yield _heading(f"cell {index + 1}, {cell.kind.value}, moved")
            yield from (Line(Mark.SAME, clean(line)) for line in islice(cell.source.splitlines(), _CONTEXT))
        case Changed(old=old, new=new, index=index):
            what = [name for name, differs in _parts(old, new) if differs]
            yield _heading(f"cell {index + 1}, {new.kind.value}, changed: {', '.join(what)}")
            yield from _text_lines(old.source.splitlines(), new.source.splitlines())
            if old.outputs != new.outputs:
                yield from _text_lines(_printed(old), _printed(new))
        case _:
            assert_never(difference)


def _parts(old: Cell, new: Cell) -> Iterator[tuple[str, bool]]:
    yield f"was {old.kind.value}", old.kind is not new.kind
    yield "source", old.source != new.source
    yield "outputs", old.outputs != new.outputs
    yield "count", old.execution_count != new.execution_count
    keys = _keys_that_differ(old.metadata, new.metadata)
    yield f"metadata ({', '.join(keys)})", bool(keys)
    yield "attachments", old.attachments != new.attachments
    yield "id", old.id != new.id


def _text_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    found = unified_diff(old[:_MOST], new[:_MOST], n=_CONTEXT, lineterm="")
    for line in islice(found, 2, None):  # behind the names of files
        if line.startswith("@@"):
            continue
        yield Line(Mark(line[0]), clean(line[1:]))


def _printed(cell: Cell) -> list[str]:
    """The outputs as text, a line for what is none."""
    return [line for output in cell.outputs for line in _text_of(output)]


def _text_of(output: Output) -> list[str]:
    match output:
        case Stream(text=text):
            return str(text).splitlines()
        case ErrorOutput(ename=name, evalue=value):
            return [f"{name}: {value}"]
        case DisplayData(data=data) | ExecuteResult(data=data):
            plain = data.get("text/plain")
            others = [f"[{mime}, {_digest(data[mime])}]" for mime in sorted({*data} - {"text/plain"})]
            return [*(plain.splitlines() if isinstance(plain, str) else []), *others]
        case _:
            return [type(output).__name__]


def _digest(value: object) -> str:
    """Enough of a value to see that it is another one."""
    return sha256(repr(value).encode("utf-8", "replace")).hexdigest()[:8]


def _keys_that_differ(old: JsonObject, new: JsonObject) -> list[str]:
    return [clean(key) for key in sorted({*old, *new}) if old.get(key) != new.get(key)]


def _heading(text: str) -> Line:
    return Line(Mark.HEADING, clean(text))
