"""Homes are found by notebook and by id, are this user's alone, and never lost for being damaged."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from keeper.keepers import program
from kernelbridge.keeper.errors import HomeError
from kernelbridge.keeper.home.condition import Condition
from kernelbridge.keeper.home.homes import (
    Home,
    all_homes,
    by_id,
    home_for_label,
    home_of_notebook,
    new_home,
    remove,
    state_folder,
)
from kernelbridge.keeper.home.locking import LOCK, is_locked, locked, sign, signed_by, try_lock
from kernelbridge.keeper.home.machine import boot, host, started_at
from kernelbridge.keeper.home.meta import META, read_meta, write_meta
from kernelbridge.keeper.home.notebookplace import NotebookPlace, file_mark
from kernelbridge.keeper.home.runtimes import make_runtime


@pytest.mark.parametrize("variable", [None, "", "relative"])
def test_the_state_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch, variable: str | None) -> None:
    if variable is not None:
        monkeypatch.setenv("XDG_STATE_HOME", variable)
    assert state_folder() == Path.home() / ".local/state/tnb"
    monkeypatch.setenv("XDG_STATE_HOME", "/absolute")
    assert state_folder() == Path("/absolute/tnb")


def test_a_new_home_says_where_and_when_and_of_which_notebook(tmp_path: Path) -> None:
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "real.ipynb")
    home = new_home(tmp_path / "link.ipynb", tmp_path / "s")
    assert home.meta == read_meta(home.path)
    assert home.meta.notebook == str((tmp_path / "real.ipynb").resolve())
    assert (home.meta.host, home.meta.boot, home.meta.id) == (host(), boot(), home.path.name)
    assert len(home.id) == 8
    assert int(home.id, 16) >= 0
    assert not home.id.isdecimal()
    assert len(home.meta.session) == 32
    assert stat.S_IMODE(home.path.stat().st_mode) == 0o700
    assert stat.S_IMODE((home.path / META).stat().st_mode) == 0o600
    assert home.condition is Condition.ENDED


def test_a_notebook_is_known_by_its_real_path_and_the_newest_home_on_this_machine(tmp_path: Path) -> None:
    notebook, state = tmp_path / "a.ipynb", tmp_path / "s"
    (tmp_path / "link.ipynb").symlink_to(notebook)
    assert home_of_notebook(notebook, state) is None
    assert all_homes(state) == []
    old, new, foreign = (new_home(notebook, state) for _ in range(3))
    write_meta(foreign.path, replace(foreign.meta, host="elsewhere"))
    write_meta(new.path, replace(new.meta, started=old.meta.started + 1))
    new_home(tmp_path / "b.ipynb", state)
    new_home(None, state)
    found = home_of_notebook(tmp_path / "link.ipynb", state)
    assert found is not None
    assert found.path == new.path
    assert home_for_label(str(notebook), state).path == new.path
    assert len(all_homes(state)) == 5


def of_file(state: Path, notebook: Path) -> Home:
    """A home that knows its notebook's file."""
    home = new_home(notebook, state)
    write_meta(home.path, replace(home.meta, notebook_file=file_mark(str(notebook.resolve()))))
    return home


def test_a_notebook_that_was_renamed_or_moved_has_the_home_it_had(tmp_path: Path) -> None:
    old, folder = tmp_path / "a.ipynb", tmp_path / "project"
    folder.mkdir()
    old.write_text("{}")
    home = of_file(tmp_path / "s", old)
    new = old.rename(folder / "b.ipynb")
    assert home_for_label(str(new), tmp_path / "s").path == home.path
    other = folder.rename(tmp_path / "elsewhere") / "b.ipynb"
    assert home_for_label(str(other), tmp_path / "s").path == home.path


def test_what_may_be_another_notebook_is_taken_for_another(tmp_path: Path) -> None:
    old, state = tmp_path / "a.ipynb", tmp_path / "s"
    old.write_text("{}")
    home = of_file(state, old)
    new_home(tmp_path / "unknown.ipynb", state)
    copy = tmp_path / "copy.ipynb"
    copy.hardlink_to(old)
    assert home_of_notebook(copy, state) is None  # the old one is there still
    old.unlink()
    copy.write_text("{ }")  # has changed since
    assert home_of_notebook(copy, state) is None
    copy.unlink()
    assert home_of_notebook(copy, state) is None
    write_meta(home.path, replace(home.meta, notebook="laptop:/a.ipynb"))
    assert home_of_notebook(copy, state) is None


def test_of_two_homes_that_could_be_a_moved_notebook_s_none_is_taken(tmp_path: Path) -> None:
    old, state = tmp_path / "a.ipynb", tmp_path / "s"
    old.write_text("{}")
    of_file(state, old)
    of_file(state, old)
    assert home_of_notebook(old.rename(tmp_path / "b.ipynb"), state) is None


def test_a_place_remembers_what_it_was_called(tmp_path: Path) -> None:
    a, b = (str(tmp_path / name) for name in ("a.ipynb", "b.ipynb"))
    Path(a).write_text("{}")
    place = NotebookPlace(a).seen_at(a, file_mark(a))
    assert place.seen_at(b, file_mark(a)) == place
    Path(a).rename(b)
    moved = place.seen_at(b, file_mark(b))
    assert moved == NotebookPlace(b, place.file, (a,))
    Path(b).rename(a)
    assert moved.seen_at(a, file_mark(a)) == NotebookPlace(a, place.file, (b,))


def test_an_id_may_be_shortened_as_long_as_it_is_one(tmp_path: Path) -> None:
    one, other = new_home(None, tmp_path), new_home(None, tmp_path)
    assert by_id(one.id, tmp_path).path == one.path
    common = next(one.id[:end] for end in range(7, -1, -1) if other.id.startswith(one.id[:end]))
    assert by_id(other.id[: len(common) + 1], tmp_path).path == other.path
    with pytest.raises(HomeError, match="more than one"):
        by_id(common, tmp_path)
    with pytest.raises(HomeError, match="no keeper"):
        by_id("x", tmp_path)


def test_unknown_fields_are_kept_and_missing_ones_are_none(tmp_path: Path) -> None:
    home = new_home(None, tmp_path)
    file = home.path / META
    file.write_text(
        json.dumps({"id": home.id, "host": "h", "later": {"a": [1]}, "kernel": {"name": "é\ud800"}})
    )
    meta = read_meta(home.path)
    write_meta(home.path, replace(meta, state="idle"))
    written = json.loads(file.read_text())
    assert written["later"] == {"a": [1]}
    assert written["kernel"] == {"name": "é\ud800"}
    assert written["state"] == "idle"
    assert written["notebook"] is None
    assert sorted(each.name for each in home.path.iterdir()) == [META]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"{}",
        b"[" * 100_000,
        b'{"id": "ID", "host": 1}',
        b'{"id": "ID", "host": "h", "kernel_pid": "1"}',
        b'{"id": "ID", "host": "h", "kernel_pid": true}',
        b'{"id": "ID", "host": "h", "kernel": []}',
        b'{"id": "other", "host": "h"}',
        b'{"id": "ID", "host": "h"}' + b" " * (1 << 20),
        None,
    ],
)
def test_a_damaged_home_is_reported_and_neither_used_nor_removed(
    tmp_path: Path, damage: bytes | None
) -> None:
    good, bad = new_home(None, tmp_path), new_home(None, tmp_path)
    file = bad.path / META
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage.replace(b"ID", bad.id.encode()))
    said: list[str] = []
    assert [each.path for each in all_homes(tmp_path, said.append)] == [good.path]
    assert len(said) == 1
    assert str(file) in said[0]
    assert "\n" not in said[0]
    assert bad.path.exists()
    assert damage is None or file.exists()


def test_a_home_that_is_a_link_or_open_to_others_is_reported_and_not_used(tmp_path: Path) -> None:
    target = new_home(None, tmp_path / "elsewhere")
    link, opened = new_home(None, tmp_path), new_home(None, tmp_path)
    remove(link.path)
    link.path.symlink_to(target.path)
    opened.path.chmod(0o750)
    said: list[str] = []
    assert all_homes(tmp_path, said.append) == []
    assert len(said) == 2


@pytest.mark.parametrize("loose", ["tnb", "tnb/keepers"])
def test_a_folder_that_others_can_enter_is_closed_to_them(tmp_path: Path, loose: str) -> None:
    home = new_home(None, tmp_path / "tnb")
    (tmp_path / loose).chmod(0o777)
    assert [each.path for each in all_homes(tmp_path / "tnb")] == [home.path]
    assert stat.S_IMODE((tmp_path / loose).stat().st_mode) == 0o700
    (tmp_path / loose).chmod(0o755)
    new_home(None, tmp_path / "tnb")
    assert stat.S_IMODE((tmp_path / loose).stat().st_mode) == 0o700


@pytest.mark.parametrize("foreign", ["tnb", "tnb/keepers"])
def test_a_folder_of_another_user_is_refused_in_one_line(
    tmp_path: Path, foreign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_home(None, tmp_path / "tnb")
    monkeypatch.setattr(Path, "lstat", _owned_by_another(Path.lstat, tmp_path / foreign))
    for use in (new_home, home_of_notebook):
        with pytest.raises(
            HomeError, match=f"^{tmp_path / foreign} belongs to another user: it is not used$"
        ):
            use(tmp_path / "a.ipynb", tmp_path / "tnb")


def _owned_by_another(
    lstat: Callable[[Path], os.stat_result], foreign: Path
) -> Callable[[Path], os.stat_result]:
    """As `lstat`, but one path is somebody else's: only root could make such a folder."""

    def seen(path: Path) -> os.stat_result:
        status = list(lstat(path))
        status[stat.ST_UID] += path == foreign
        return os.stat_result(status)

    return seen


def test_a_link_in_place_of_the_folder_of_homes_is_refused(tmp_path: Path) -> None:
    home = new_home(None, tmp_path / "theirs")
    (tmp_path / "tnb").mkdir()
    (tmp_path / "tnb" / "keepers").symlink_to(home.path.parent)
    with pytest.raises(HomeError, match="is not a folder"):
        new_home(None, tmp_path / "tnb")


def test_the_state_folder_may_be_a_link_to_where_there_is_room(tmp_path: Path) -> None:
    (tmp_path / "large").mkdir()
    (tmp_path / "tnb").symlink_to(tmp_path / "large")
    home = new_home(None, tmp_path / "tnb")
    assert [each.id for each in all_homes(tmp_path / "tnb")] == [home.id]


def test_a_state_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match="Not a directory"):
        new_home(None, tmp_path / "file" / "below")
    with pytest.raises(HomeError, match="Not a directory"):
        all_homes(tmp_path / "file")


def test_the_condition_says_who_lives(tmp_path: Path) -> None:
    home = new_home(None, tmp_path)
    me = {"kernel_pid": os.getpid(), "kernel_started": started_at(os.getpid())}

    def seen(**changes: object) -> Condition:
        return Home(home.path, replace(home.meta, **changes)).condition

    assert seen() is Condition.ENDED
    assert seen(**me) is Condition.LOST
    assert seen(**me, boot="") is Condition.LOST
    assert seen(**me, boot="another") is Condition.ENDED
    assert seen(**me, host="another") is Condition.ELSEWHERE
    with locked(home.path / LOCK):
        assert seen() is seen(**me) is Condition.LIVE
        assert seen(boot="another") is Condition.ELSEWHERE
        assert seen(host="another") is Condition.ELSEWHERE


def test_removing_takes_everything_but_not_from_under_a_keeper(tmp_path: Path) -> None:
    home = new_home(None, tmp_path)
    runtime = make_runtime(home.path)
    write_meta(home.path, replace(home.meta, socket=str(runtime / "keeper")))
    (home.path / "runs").mkdir()
    with locked(home.path / LOCK):
        with pytest.raises(HomeError, match="is running"):
            remove(home.path)
        assert home.path.exists()
        assert runtime.exists()
        remove(home.path, is_mine=True)
    assert list((tmp_path / "keepers").iterdir()) == []
    assert not runtime.exists()
    with pytest.raises(HomeError):
        remove(home.path)


def test_what_a_damaged_home_names_as_its_directory_is_not_removed_with_it(tmp_path: Path) -> None:
    home = new_home(None, tmp_path)
    precious = tmp_path / "precious"
    precious.mkdir(mode=0o700)
    write_meta(home.path, replace(home.meta, socket=str(precious / "keeper")))
    remove(home.path)
    assert precious.exists()


def test_a_lock_on_a_file_that_was_removed_meanwhile_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "lock"
    real = os.open

    def open_and_lose(*arguments: object) -> int:
        descriptor = real(*arguments)
        file.unlink()
        return descriptor

    monkeypatch.setattr(os, "open", open_and_lose)
    with pytest.raises(HomeError):
        try_lock(file)


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    holder = program(
        "from kernelbridge.keeper.home.locking import *\n"
        "try_lock(Path(sys.argv[1])); print(flush=True); time.sleep(60)",
        str(file),
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.stdout.close()
    assert is_locked(file)
    assert try_lock(file) is None
    with pytest.raises(HomeError, match="locked by another"), locked(file, patience=0.05):
        pass
    holder.kill()
    holder.wait()
    assert not is_locked(file)
    with locked(file):
        assert is_locked(file)
    assert not is_locked(file)
    assert not is_locked(tmp_path / "nothing")


def test_a_lock_says_who_holds_it(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    assert signed_by(file) == (0, "")
    with locked(file):
        assert signed_by(file) == (0, "")
    lock = try_lock(file)
    assert lock is not None
    sign(lock, 1234567, "earlier")
    sign(lock, 12, "Mon Jan  1 10:00:00 2024")
    assert signed_by(file) == (12, "Mon Jan  1 10:00:00 2024")
    os.close(lock)


def test_many_that_make_a_home_for_a_notebook_at_once_make_one(tmp_path: Path) -> None:
    text = "sys.stdin.read(); print(home_for_label('/n.ipynb', Path(sys.argv[1])).path)"
    there, here = os.pipe()
    makers = [program(text, str(tmp_path), stdin=there, stdout=subprocess.PIPE) for _ in range(10)]
    os.close(there)
    os.close(here)
    assert len({maker.communicate(timeout=60)[0] for maker in makers}) == 1
    assert len(all_homes(tmp_path)) == 1


def test_finding_homes_needs_no_event_loop() -> None:
    text = "import sys, kernelbridge.keeper.starting; print({'asyncio', 'ssl', 'zmq'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
