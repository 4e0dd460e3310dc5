"""A keeper's directory lasts as long as its home has a use for it, and no longer."""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from kernelbridge.keeper.errors import HomeError, PrivateDirectoryError
from kernelbridge.keeper.home.homes import Home, new_home, remove
from kernelbridge.keeper.home.locking import LOCK, locked
from kernelbridge.keeper.home.machine import started_at
from kernelbridge.keeper.home.meta import write_meta
from kernelbridge.keeper.home.runtimes import bind, keep_fresh, make_runtime, runtime_of


def with_runtime(state: Path, **changes: object) -> tuple[Home, Path]:
    """A home, and the directory that it names."""
    home = new_home(None, state)
    directory = make_runtime(home.path)
    meta = replace(home.meta, socket=str(directory / "keeper"), **changes)
    write_meta(home.path, meta)
    assert runtime_of(meta) == directory
    return Home(home.path, meta), directory


def another(state: Path) -> None:
    """What a start does: makes a directory, and removes those that are left over."""
    make_runtime(new_home(None, state).path)


def test_it_is_private_and_named_by_its_home(state: Path) -> None:
    home, directory = with_runtime(state)
    assert directory.name.startswith(f"{home.id}-")
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700


def test_one_whose_home_has_ended_or_is_gone_is_removed(state: Path) -> None:
    (home, ended), _ = with_runtime(state), another(state)
    assert not ended.exists()
    gone, left = with_runtime(state)
    shutil.rmtree(gone.path)
    another(state)
    assert not left.exists()
    assert home.path.exists()


def test_one_whose_keeper_or_kernel_lives_is_kept(state: Path) -> None:
    home, live = with_runtime(state)
    me = {"kernel_pid": os.getpid(), "kernel_started": started_at(os.getpid())}
    with locked(home.path / LOCK):
        lost, kept = with_runtime(state, **me)
        dropped = make_runtime(lost.path)
        another(state)
    assert live.exists()
    assert kept.exists()
    assert not dropped.exists()


def test_one_of_another_machine_or_a_damaged_home_or_of_nobody_is_kept(state: Path) -> None:
    _, foreign = with_runtime(state, host="another")
    damaged, unclear = with_runtime(state)
    (damaged.path / "meta.json").write_text("{")
    strange = foreign.parent / "notes"
    strange.mkdir()
    another(state)
    assert foreign.exists()
    assert unclear.exists()
    assert strange.exists()


def test_one_whose_state_folder_is_not_mounted_is_kept(state: Path) -> None:
    _, directory = with_runtime(state)
    state.rename(state.with_name("away"))
    another(state.with_name("other"))
    assert directory.exists()


def test_one_that_is_no_directory_of_ours_alone_is_not_used(state: Path) -> None:
    home, directory = with_runtime(state)
    directory.chmod(0o755)
    assert runtime_of(home.meta) is None
    remove(home.path)
    assert directory.exists()


def test_a_socket_takes_the_place_of_one_that_is_there(state: Path) -> None:
    _, directory = with_runtime(state)
    for _ in range(2):
        with bind(directory) as listening:
            assert listening.getsockname() == str(directory / "keeper")
            assert stat.S_IMODE((directory / "keeper").stat().st_mode) == 0o600
            assert not os.get_inheritable(listening.fileno())


def test_where_no_socket_can_be_is_one_clear_line(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(HomeError, match="No such file"):
        bind(state / "nowhere")
    monkeypatch.setattr("kernelbridge.keeper.home.privatedir._bases", list)
    with pytest.raises(PrivateDirectoryError):
        another(state)


def test_what_is_in_use_looks_so_to_those_who_clean_up_by_age(state: Path) -> None:
    _, directory = with_runtime(state)
    for each in (directory / "home", directory):
        os.utime(each, (0, 0), follow_symlinks=False)
    keep_fresh(directory)
    assert directory.stat().st_mtime > 0
    assert (directory / "home").lstat().st_mtime > 0
    keep_fresh(directory / "nowhere")
