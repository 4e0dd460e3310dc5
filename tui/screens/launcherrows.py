"""What the launcher lists: notebooks that run, were opened lately, or are here; kernels for new ones."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tui.document.kernelspec import NamedKernelspec
from tui.options import DefaultKernel, KernelChoice
from tui.render.rowops import crop, pad, row_width, text_row
from tui.render.rows import Role, Style
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.render.rows import Row

_HEADING = Style(Role.HEADING, bold=True)
_DETAIL = Style(Role.MUTED)
_STATE = Style(Role.ACCENT)


@dataclass(frozen=True, slots=True)
class OpenPath:
    """A notebook that there is."""

    path: Path


@dataclass(frozen=True, slots=True)
class NewNotebook:
    """A notebook that is to be made when it is saved."""

    path: Path
    kernelspec: NamedKernelspec | None = None
    """What it is to name; None for nothing."""
    kernel: KernelChoice = field(default_factory=DefaultKernel)
    """What it is to run on."""
    environment: Path | None = None
    """The folder of the environment that it runs in, which was chosen by that."""


Opening: TypeAlias = OpenPath | NewNotebook


@dataclass(frozen=True, slots=True)
class KernelForNew:
    """A kernel that a new notebook can have."""

    title: str
    detail: str
    kernelspec: NamedKernelspec
    kernel: KernelChoice
    environment: Path | None = None
    """The folder of its environment, where it has no kernelspec."""


@dataclass(frozen=True, slots=True)
class Lists:
    """All that was found so far; None for what is still looked for."""

    folder: Path
    free: Path
    """What a new notebook is called where it gets no name."""
    running: Mapping[Path, str] = field(default_factory=dict[Path, str])
    """What the kernels of notebooks are doing, by the notebooks' real paths."""
    recent: Sequence[Path] | None = None
    here: Sequence[Path] | None = None
    kernels: Sequence[KernelForNew] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, and what is opened by it; None for headings and remarks."""

    row: Row
    opening: Opening | None = None


def launcher_entries(lists: Lists, query: str, width: int) -> list[Entry]:
    """What fits the query, under headings."""
    words = query.casefold().split()

    def paths(found: Iterable[Path]) -> list[tuple[str, Entry]]:
        return [_path_entry(lists, path, width) for path in found]

    is_name = _named(lists, query) is not None
    recent = [path for path in lists.recent or () if path not in lists.running]
    sections = [
        _section("Running", paths(lists.running), words),
        _section("Recent", paths(recent), words),
        _section(f"In {_short(lists.folder)}", paths(lists.here or ()), words),
        _section("New notebook", list(_new_entries(lists, query, width)), () if is_name else words),
    ]
    entries = [entry for section in sections for entry in section]
    if lists.recent is None or lists.here is None or lists.kernels is None:
        entries.append(Entry(text_row(" looking …", _DETAIL)))
    remark = " Nothing fits: a name that ends in .ipynb makes a new notebook."
    return entries or [Entry(crop(text_row(remark, _DETAIL), 0, width))]


def _section(title: str, entries: Sequence[tuple[str, Entry]], words: Sequence[str]) -> list[Entry]:
    fitting = [entry for text, entry in entries if all(word in text.casefold() for word in words)]
    return [Entry(text_row(f" {clean(title)}", _HEADING)), *fitting] if fitting else []


def _path_entry(lists: Lists, path: Path, width: int) -> tuple[str, Entry]:
    """The name, its folder, and at the right what its kernel does."""
    state = lists.running.get(path) or lists.running.get(Path(os.path.realpath(path)), "")
    tail = text_row(f" {clean(state)} ", _STATE) if state else ()
    name = text_row(f"  {clean(path.name)}")
    folder = path.parent
    where = f"{folder.relative_to(lists.folder)}/" if folder.is_relative_to(lists.folder) else _short(folder)
    detail = text_row(f"  {clean(where)}", _DETAIL) if where not in ("./", "") else ()
    room = max(1, width - row_width(tail))
    row = (*pad(crop((*name, *detail), 0, room), room), *tail)
    return f"{path.name} {path.parent}", Entry(row, OpenPath(path))


def _new_entries(lists: Lists, query: str, width: int) -> Iterator[tuple[str, Entry]]:
    """A new notebook of the name that was typed, else of a free one, with each of the kernels."""
    named = _named(lists, query)
    path = named or lists.free
    if named is not None:
        yield query, _new_entry(path.name, "with the usual kernel", NewNotebook(path), width)
    for each in lists.kernels or ():
        title = each.title if named is None else f"{path.name} with {each.title}"
        opening = NewNotebook(path, each.kernelspec, each.kernel, each.environment)
        yield f"new notebook {each.title} {each.detail}", _new_entry(title, each.detail, opening, width)


def _new_entry(title: str, detail: str, opening: NewNotebook, width: int) -> Entry:
    row = (*text_row(f"  {clean(title)}"), *text_row(f"  {clean(detail)}", _DETAIL))
    return Entry(crop(row, 0, width), opening)


def _named(lists: Lists, query: str) -> Path | None:
    """The new notebook that the query names."""
    query = query.strip()
    if not query.endswith(".ipynb") or query == ".ipynb":
        return None
    path = lists.folder / Path(query).expanduser()
    return None if os.path.lexists(path) else path


def _short(path: Path) -> str:
    """A path as people write it."""
    home = os.path.expanduser("~")  # noqa: PTH111  without a home, Path raises
    text = str(path)
    return f"~{text[len(home) :]}" if home != "/" and (text == home or text.startswith(f"{home}/")) else text
