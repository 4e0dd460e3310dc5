"""The homes of keepers: one folder each, which outlives its keeper, its kernel and the machine's boot."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from kernelbridge.keeper.errors import HomeError, PrivateDirectoryError
from kernelbridge.keeper.home.condition import Condition, condition_of
from kernelbridge.keeper.home.locking import LOCK, locked, try_lock
from kernelbridge.keeper.home.machine import boot, host
from kernelbridge.keeper.home.meta import Meta, read_meta, write_meta
from kernelbridge.keeper.home.privatedir import close_to_others, is_ours_alone
from kernelbridge.keeper.home.runtimes import remove_runtime

KEEPERS = "keepers"
RUNS = "runs"
KERNEL_LOG = "kernel.log"
KEEPER_LOG = "keeper.log"
Report = Callable[[str], object]
"""Is told, in one line each, what is wrong with a home that is skipped."""


@dataclass(frozen=True)
class Home:
    """A home, and what it said when it was read."""

    path: Path
    meta: Meta

    @property
    def id(self) -> str:
        """8 hexadecimal digits."""
        return self.path.name

    @property
    def condition(self) -> Condition:
        """Looked at anew each time."""
        return condition_of(self.path, self.meta)


@dataclass(frozen=True)
class DamagedHome:
    """A home that cannot be read, and so neither be used nor removed."""

    path: Path
    problem: str
    """One line."""

    @property
    def id(self) -> str:
        """8 hexadecimal digits, where it is a home at all."""
        return self.path.name


def _quietly(_: str) -> None:
    return


def state_folder() -> Path:
    """Where homes are unless said otherwise: `$XDG_STATE_HOME/tnb`, or `~/.local/state/tnb`."""
    base = os.environ.get("XDG_STATE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".local" / "state") / "tnb"


def all_homes(state: Path | None = None, report: Report = _quietly) -> list[Home]:
    """Every home, of this machine or another, the newest first. Raises HomeError.

    One that is damaged, or that others can enter, is reported and skipped.
    """
    found, damaged = read_homes(state)
    for each in damaged:
        report(each.problem)
    return found


def read_homes(state: Path | None = None) -> tuple[list[Home], list[DamagedHome]]:
    """Every home, the newest first, and those that are damaged or that others can enter. Raises HomeError."""
    folder = (state or state_folder()) / KEEPERS
    if os.path.lexists(folder):
        _close(folder)
    try:
        paths = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    except FileNotFoundError:
        return [], []
    except OSError as error:
        raise HomeError(f"{folder} cannot be read: {error.strerror}") from error
    homes: list[Home] = []
    damaged: list[DamagedHome] = []
    for path in paths:
        if not is_ours_alone(path):
            damaged.append(DamagedHome(path, f"{path} is not a folder of yours alone"))
            continue
        try:
            homes.append(Home(path, read_meta(path)))
        except HomeError as error:
            damaged.append(DamagedHome(path, str(error)))
    return sorted(homes, key=lambda home: home.meta.started, reverse=True), damaged


def home_of_notebook(notebook: Path, state: Path | None = None, report: Report = _quietly) -> Home | None:
    """The newest home of a notebook on this machine, alive or not. Raises HomeError."""
    return _home_of(os.path.realpath(notebook), state, report)


def home_for_label(label: str, state: Path | None = None, report: Report = _quietly) -> Home:
    """The home of a notebook, a new one if need be: the same for all who ask. Raises HomeError.

    The label is the notebook's real path, or says where else it is.
    """
    with locked(_folder(state) / f".{LOCK}"):
        return _home_of(label, state, report) or _new_home(label, state)


def _home_of(label: str, state: Path | None, report: Report) -> Home | None:
    """The newest of that name, else the one whose notebook was surely moved there."""
    here = [home for home in all_homes(state, report) if home.meta.host == host()]
    for home in here:
        if home.meta.notebook == label:
            return home
    moved = [home for home in here if home.meta.place.is_now_at(label)]
    return moved[0] if len(moved) == 1 else None


def new_home(notebook: Path | None = None, state: Path | None = None) -> Home:
    """A home for a keeper that is to be started. Raises HomeError."""
    return _new_home(None if notebook is None else os.path.realpath(notebook), state)


def _new_home(label: str | None, state: Path | None) -> Home:
    folder = _folder(state)
    while True:
        # Begins with a letter, so that nobody takes it for a process id.
        path = folder / (secrets.choice("abcdef") + secrets.token_hex(4)[1:])
        meta = Meta(
            id=path.name,
            host=host(),
            boot=boot(),
            notebook=label,
            session=secrets.token_hex(16),
            started=time.time(),
        )
        # It comes into being with all that makes it one.
        making = folder / f".{path.name}"
        try:
            making.mkdir(mode=0o700)
            write_meta(making, meta)
            if not os.path.lexists(path):
                making.rename(path)
                return Home(path, meta)
            shutil.rmtree(making)
        except FileExistsError:
            continue
        except OSError as error:
            raise HomeError(f"{path} cannot be made: {error.strerror}") from error


def make_again(home: Path, meta: Meta) -> int:
    """A home that was removed under its keeper, and the lock that the keeper holds now. Raises HomeError."""
    making = _folder(home.parent.parent) / f".{home.name}.{secrets.token_hex(4)}"
    try:
        making.mkdir(mode=0o700)
        write_meta(making, meta)
        lock = try_lock(making / LOCK)
        making.rename(home)
    except OSError as error:
        raise HomeError(f"{home} cannot be made again: {error.strerror}") from error
    if lock is None:
        raise HomeError(f"{home} is locked by another process")
    return lock


def by_id(prefix: str, state: Path | None = None, report: Report = _quietly) -> Home:
    """The one home whose id begins so. Raises HomeError where there is none, or more than one."""
    found = [home for home in all_homes(state, report) if home.id.startswith(prefix)]
    if len(found) != 1:
        raise HomeError(not_the_one(prefix, len(found)))
    return found[0]


def not_the_one(prefix: str, count: int) -> str:
    """Why what an id begins with means no home."""
    return f"there is {'more than one' if count else 'no'} keeper whose id begins with {prefix!r}"


def remove(home: Path, *, is_mine: bool = False) -> None:
    """Removes a home with all that its runs printed, and its runtime directory. Raises HomeError.

    `is_mine` says that the caller holds the home's lock: its keeper. Otherwise nobody may.
    """
    lock = None if is_mine else try_lock(home / LOCK)
    if lock is None and not is_mine:
        raise HomeError(f"the keeper {home.name} is running")
    try:
        with contextlib.suppress(HomeError):
            remove_runtime(read_meta(home))
        # What is half removed must not be found.
        going = home.with_name(f".{home.name}.{secrets.token_hex(4)}")
        home.rename(going)
        shutil.rmtree(going, ignore_errors=True)
    except OSError as error:
        raise HomeError(f"{home} cannot be removed: {error.strerror}") from error
    finally:
        if lock is not None:
            os.close(lock)


def _folder(state: Path | None) -> Path:
    folder = (state or state_folder()) / KEEPERS
    try:
        # mkdir(parents=True) would make the parents with the usual mode.
        for each in (folder.parent, folder):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeError(f"{folder} cannot be made: {error.strerror}") from error
    _close(folder)
    return folder


def _close(folder: Path) -> None:
    """Closes it and the state folder to others: who can write there could lay homes in the way of ours.

    The state folder may be a link, as to a larger disk. Raises HomeError.
    """
    try:
        for each in (folder.parent.resolve(), folder):
            close_to_others(each)
    except PrivateDirectoryError as error:
        raise HomeError(str(error)) from error
