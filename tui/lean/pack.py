"""The code of all modules that a start loads, in one file: Python would look for, check and read 600 of them.

That takes 30 of the 160 ms to the first frame where the disk is fast, and more on a file server. The file is
beside the bytecode that Python itself keeps of tnb, is written by a session that ends, and is used only while
it is true: for this Python and this `sys.path`, whose folders nobody has changed, and module by module while
the source is of the same time and size, which is what Python checks, too.
"""

from __future__ import annotations

import marshal
import os
import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import MAGIC_NUMBER, SourceFileLoader, cache_from_source

import tui

TYPE_CHECKING = False  # without typing, of which half a dozen modules come that are to be packed themselves
if TYPE_CHECKING:
    from collections.abc import Collection
    from types import CodeType, ModuleType
    from typing import Final, TypeAlias

    _Key: TypeAlias = tuple[bytes, int, tuple[tuple[str, int], ...]]
    _Packed: TypeAlias = tuple[str, str, int, int, int, int, bool]
    """The source, Python's own file of its bytecode, the source's time in seconds and its size, where in the
    pack its code is, how long that is, and whether the module is a package."""

_SUFFIX: Final = ".pack"
_DAMAGED: Final = (ValueError, EOFError, TypeError)
"""What marshal raises of what it did not write."""


class _PackedLoader(SourceFileLoader):
    """Loads a module from the pack, and does all else as for one that is loaded from its own file."""

    def __init__(self, name: str, source: str, pack: _Pack, offset: int, length: int) -> None:
        super().__init__(name, source)
        self._place: tuple[_Pack, int, int] | None = (pack, offset, length)

    def get_code(self, fullname: str) -> CodeType | None:
        """The code, once from the pack."""
        place, self._place = self._place, None
        if place is not None:
            pack, offset, length = place
            data = pack.read(offset, length)
            try:
                return marshal.loads(data)  # noqa: S302 - as far to be trusted as Python's own files beside it
            except _DAMAGED:
                pack.is_true = False
        return super().get_code(fullname)


class _Pack:
    """Finds modules in the pack for Python's import system, of which it is the first finder."""

    def __init__(self, descriptor: int, base: int, index: dict[str, _Packed]) -> None:
        self._descriptor = descriptor
        self._base = base
        self._index = index
        self.is_true = True
        """Whether all that was looked for in it is as it was."""

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """The module, where it is in the pack and its source is what it was."""
        found = self._index.get(fullname)
        if found is None:
            return None
        source, cached, *age, offset, length, is_package = found
        if _age(source) != (*age,):
            self.is_true = False
            return None
        spec = ModuleSpec(fullname, _PackedLoader(fullname, source, self, offset, length), origin=source)
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(source)]  # noqa: PTH120  pathlib takes 5 ms
        spec.has_location = True
        spec.cached = cached
        return spec

    def read(self, offset: int, length: int) -> bytes:
        """That part of the codes; less, where it cannot be read."""
        try:
            return os.pread(self._descriptor, length, self._base + offset)
        except OSError:
            return b""

    @property
    def names(self) -> frozenset[str]:
        """The modules that are in it."""
        return frozenset(self._index)

    def close(self) -> None:
        """Give back the file; what is found but not loaded yet is loaded from its own."""
        self._index = {}
        descriptor, self._descriptor = self._descriptor, -1  # its number is soon another file's
        os.close(descriptor)


def use_pack() -> None:
    """From now on, modules are loaded from the pack, where there is one that is true."""
    try:
        descriptor = os.open(_path(), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        length = int.from_bytes(os.pread(descriptor, 8, 0), "little")
        if length > os.fstat(descriptor).st_size:
            raise ValueError("it is cut short, or none")
        key, index = marshal.loads(os.pread(descriptor, length, 8))  # noqa: S302
        if key == _key():
            sys.meta_path.insert(0, _Pack(descriptor, 8 + length, index))
            return
    except (OSError, *_DAMAGED):
        pass  # another program's, or half of one: as if there were none
    os.close(descriptor)


def leave_pack() -> frozenset[str]:
    """From now on, modules are loaded from files of their own. The names of those to be packed, if any.

    That is what is loaded and what was packed before, where more is loaded than is in the pack, or it is old.
    """
    wanted: frozenset[str] = frozenset(
        name for name, module in list(sys.modules.items()) if _is_of_a_file(module)
    )
    for pack in [each for each in sys.meta_path if isinstance(each, _Pack)]:
        is_whole = pack.is_true and wanted <= pack.names
        wanted = frozenset[str]() if is_whole else wanted | pack.names
        sys.meta_path.remove(pack)
        pack.close()
    return wanted


def write_pack(names: Collection[str]) -> None:
    """Pack these modules, where the place can be written to and Python may keep bytecode."""
    path = _path()
    if not names or sys.dont_write_bytecode or not os.access(os.path.dirname(path), os.W_OK):  # noqa: PTH120
        return
    index: dict[str, _Packed] = {}
    codes: list[bytes] = []
    offset = 0
    for name in sorted(names):
        spec = _spec(name)
        if spec is None or not isinstance(loader := spec.loader, SourceFileLoader):
            continue
        age = _age(loader.path)
        code = None if age is None else loader.get_code(name)
        if age is None or code is None:
            continue
        data = marshal.dumps(code)
        is_package = spec.submodule_search_locations is not None
        index[name] = (loader.path, cache_from_source(loader.path), *age, offset, len(data), is_package)
        codes.append(data)
        offset += len(data)
    head = marshal.dumps((_key(), index))
    written = f"{path}.{os.getpid()}"
    try:
        with open(written, "wb") as file:  # noqa: PTH123  pathlib takes 5 ms
            file.writelines((len(head).to_bytes(8, "little"), head, *codes))
        os.replace(written, path)  # noqa: PTH105
    except OSError:
        return


def _is_of_a_file(module: ModuleType | None) -> bool:
    spec: ModuleSpec | None = getattr(module, "__spec__", None)
    return spec is not None and isinstance(spec.loader, SourceFileLoader)


def _spec(name: str) -> ModuleSpec | None:
    """Where a module comes from; None for the one that was started, and for what is no module any more."""
    from importlib.util import find_spec

    try:
        found = find_spec(name)
    except (ImportError, ValueError):
        return None
    return found if found is not None and found.name == name else None


def _path() -> str:
    """`tui/__pycache__/start.cpython-311.pack`, or where this Python keeps its bytecode."""
    folder, name = os.path.split(cache_from_source(f"{os.path.dirname(tui.__file__)}/start.py"))  # noqa: PTH120
    return f"{folder}/{name.removesuffix('.pyc')}{_SUFFIX}"


def _key() -> _Key:
    """What decides which file a module's name stands for."""
    folders = sys.path if sys.flags.safe_path else sys.path[1:]  # the first is the script's own
    return MAGIC_NUMBER, sys.flags.optimize, tuple((folder, _changed(folder)) for folder in folders)


def _changed(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116
    except OSError:
        return 0


def _age(source: str) -> tuple[int, int] | None:
    """When it was modified, in seconds, and its size in bytes; None where it cannot be looked at."""
    try:
        found = os.stat(source)  # noqa: PTH116
    except OSError:
        return None
    return int(found.st_mtime), found.st_size
