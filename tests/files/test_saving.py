"""A saved file is whole and the right one, whatever stands in the way; the old one is never half gone."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kernelbridge.keeper.files import spares
from notebook_styles import canonical, code, notebook
from ordinaryuser import ordinary_user
from tui.document.notebook import Notebook
from tui.files import errors
from tui.files.notebookfile import NotebookFile, Overwrite, changed_outside, create, read, save
from tui.files.place import Here

OLD = canonical(notebook([code("old = 1", id="a")])).encode()
NEW = OLD.replace(b"old = 1", b"new = 22")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "notebook.ipynb"
    path.write_bytes(OLD)
    return path


def edited(file: NotebookFile, source: str = "new = 22") -> Notebook:
    return file.notebook.with_cell(0, replace(file.notebook.cells[0], source=source))


def save_new(path: Path) -> NotebookFile:
    file = read(path)
    return save(file, edited(file))


def test_saving_writes_the_document_and_leaves_nothing_else_behind(path: Path):
    saved = save_new(path)
    assert path.read_bytes() == NEW
    assert list(path.parent.iterdir()) == [path]
    assert saved.warning is None


def test_what_was_saved_is_what_the_next_save_is_compared_with(path: Path):
    first = save_new(path)
    assert first.notebook.cells[0].source == "new = 22"
    again = save(first, edited(first, "old = 1"))
    assert path.read_bytes() == OLD
    assert save(again, again.notebook).data == OLD


def test_nothing_is_written_when_nothing_changed(path: Path):
    before = path.stat()
    file = read(path)
    save(file, file.notebook)
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )


def test_a_notebook_for_reading_only_is_not_saved(path: Path):
    path.write_bytes(OLD.replace(b'"nbformat": 4', b'"nbformat": 5'))
    file = read(path)
    with pytest.raises(errors.ReadOnlyNotebook, match="nbformat 5"):
        save(file, edited(file))


def test_a_document_that_cannot_be_written_as_it_is_is_not_saved(path: Path):
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    file = read(path)
    with pytest.raises(errors.SaveMismatch):
        save(file, replace(file.notebook, metadata={"deep": deep}))
    assert path.read_bytes() == OLD


class TestOutsideChanges:
    """Another program had the file in the meantime."""

    def test_a_file_changed_outside_is_not_overwritten_unless_asked(self, path: Path):
        file = read(path)
        path.write_bytes(OLD.replace(b"old = 1", b"theirs "))
        with pytest.raises(errors.ChangedOutside) as caught:
            save(file, edited(file))
        assert caught.value.change is errors.OutsideChange.MODIFIED
        assert b"theirs" in path.read_bytes()
        save(file, edited(file), overwrite=Overwrite.ANYWAY)
        assert path.read_bytes() == NEW

    def test_a_change_is_seen_though_size_and_time_are_the_same(self, path: Path):
        file = read(path)
        before = path.stat()
        path.write_bytes(OLD.replace(b"old = 1", b"old = 2"))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert changed_outside(file) is errors.OutsideChange.MODIFIED

    def test_a_touch_is_no_change(self, path: Path):
        file = read(path)
        os.utime(path, (1, 1))
        assert changed_outside(file) is None
        assert save(file, edited(file)).data == NEW

    def test_the_same_text_in_another_file_is_no_change(self, path: Path):
        file = read(path)
        other = path.with_name("other")
        other.write_bytes(OLD)
        other.replace(path)
        assert changed_outside(file) is None

    def test_a_file_removed_outside_is_made_again_only_when_asked(self, path: Path):
        file = read(path)
        path.unlink()
        with pytest.raises(errors.ChangedOutside) as caught:
            save(file, edited(file))
        assert caught.value.change is errors.OutsideChange.REMOVED
        save(file, edited(file), overwrite=Overwrite.ANYWAY)
        assert path.read_bytes() == NEW

    def test_a_change_right_before_the_file_is_replaced_is_seen(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        file = read(path)
        sync = os.fsync

        def sync_and_change(descriptor: int) -> None:
            sync(descriptor)
            path.write_bytes(b"theirs")

        monkeypatch.setattr(os, "fsync", sync_and_change)
        with pytest.raises(errors.ChangedOutside):
            save(file, edited(file))
        assert path.read_bytes() == b"theirs"
        assert list(path.parent.iterdir()) == [path]


class TestNewFiles:
    """A notebook that is not on the disk yet."""

    def test_it_is_written_at_its_first_save_with_the_mode_that_the_umask_gives(self, tmp_path: Path):
        path = tmp_path / "new.ipynb"
        file = create(path)
        before = os.umask(0o027)
        try:
            saved = save(file, file.notebook)
        finally:
            os.umask(before)
        assert saved.on_disk
        assert path.read_bytes() == saved.data
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert list(tmp_path.iterdir()) == [path]

    def test_a_file_that_appeared_meanwhile_is_not_overwritten_unless_asked(self, path: Path):
        file = create(path)
        with pytest.raises(errors.ChangedOutside) as caught:
            save(file, file.notebook)
        assert caught.value.change is errors.OutsideChange.APPEARED
        assert path.read_bytes() == OLD
        save(file, file.notebook, overwrite=Overwrite.ANYWAY)
        assert path.read_bytes() == file.data

    def test_one_that_appears_at_the_last_moment_is_not_overwritten_either(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        path = tmp_path / "new.ipynb"
        file = create(path)
        sync = os.fsync

        def sync_and_appear(descriptor: int) -> None:
            sync(descriptor)
            path.write_bytes(b"theirs")

        monkeypatch.setattr(os, "fsync", sync_and_appear)
        with pytest.raises(errors.ChangedOutside):
            save(file, file.notebook)
        assert path.read_bytes() == b"theirs"

    def test_a_folder_that_is_not_there_is_named(self, tmp_path: Path):
        file = create(tmp_path / "no" / "new.ipynb")
        with pytest.raises(errors.WriteFailed, match="folder does not exist"):
            save(file, file.notebook)

    def test_it_can_be_saved_under_another_name(self, path: Path):
        file = read(path)
        other = path.with_name("other.ipynb")
        save(file.at(Here(other)), edited(file))
        assert (path.read_bytes(), other.read_bytes()) == (OLD, NEW)

    def test_it_can_be_saved_on_a_file_system_without_hard_links(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        def no_links(*_: object) -> None:
            raise OSError(errno.ENOTSUP, "")

        monkeypatch.setattr(os, "link", no_links)
        file = create(tmp_path / "new.ipynb")
        save(file, file.notebook)
        assert [found.name for found in tmp_path.iterdir()] == ["new.ipynb"]


class TestKeeping:
    """What belongs to the file besides its text."""

    def test_symbolic_links_stay_links_and_the_new_text_goes_where_they_lead(self, tmp_path: Path):
        folder = tmp_path / "folder"
        folder.mkdir()
        target = folder / "real.ipynb"
        target.write_bytes(OLD)
        (tmp_path / "one.ipynb").symlink_to("folder/real.ipynb")
        (tmp_path / "two.ipynb").symlink_to(tmp_path / "one.ipynb")
        save_new(tmp_path / "two.ipynb")
        assert target.read_bytes() == NEW
        assert (tmp_path / "one.ipynb").readlink() == Path("folder/real.ipynb")
        assert sorted(found.name for found in tmp_path.rglob("*.*")) == [
            "one.ipynb",
            "real.ipynb",
            "two.ipynb",
        ]

    def test_a_link_to_nothing_gets_its_target(self, tmp_path: Path):
        (tmp_path / "link.ipynb").symlink_to("target.ipynb")
        file = create(tmp_path / "link.ipynb")
        save(file, file.notebook)
        assert (tmp_path / "target.ipynb").read_bytes() == file.data
        assert (tmp_path / "link.ipynb").is_symlink()

    def test_hard_links_stay_the_same_file(self, path: Path):
        other = path.with_name("other.ipynb")
        other.hardlink_to(path)
        save_new(path)
        assert other.read_bytes() == path.read_bytes() == NEW
        assert other.stat().st_ino == path.stat().st_ino
        assert len(list(path.parent.iterdir())) == 2

    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755, 0o2664])
    def test_the_mode_stays(self, mode: int, path: Path):
        path.chmod(mode)
        save_new(path)
        assert stat.S_IMODE(path.stat().st_mode) == mode

    @pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser gives files away")
    def test_owner_and_group_stay(self, path: Path):
        os.chown(path, 65534, 65534)
        save_new(path)
        status = path.stat()
        assert (status.st_uid, status.st_gid) == (65534, 65534)
        assert path.read_bytes() == NEW

    def test_extended_attributes_stay(self, path: Path):
        if sys.platform != "linux":
            pytest.skip("extended attributes are reached this way on Linux only")
        try:
            os.setxattr(path, "user.tnb", b"keep")
        except OSError:
            pytest.skip("this file system has no extended attributes")
        save_new(path)
        assert os.getxattr(path, "user.tnb") == b"keep"

    def test_a_name_as_long_as_names_can_be_is_saved(self, tmp_path: Path):
        path = tmp_path / ("n" * 249 + ".ipynb")
        path.write_bytes(OLD)
        save_new(path)
        assert path.read_bytes() == NEW


@pytest.fixture
def anyones_folder() -> Iterator[Path]:
    """A folder that ordinary users can reach and write in."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        with ordinary_user():
            (folder / "state").mkdir()
            (folder / "in").mkdir()
        yield folder


def test_a_file_in_a_folder_that_cannot_be_written_is_written_in_place(
    anyones_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_STATE_HOME", str(anyones_folder / "state"))
    monkeypatch.setattr(os, "access", _effective_access)
    monkeypatch.setattr(os, "getuid", os.geteuid)
    path = anyones_folder / "in" / "notebook.ipynb"
    with ordinary_user():
        path.write_bytes(OLD)
        path.parent.chmod(0o555)
        inode = path.stat().st_ino
        save_new(path)
        assert (path.read_bytes(), path.stat().st_ino) == (NEW, inode)
        assert [found for found in (anyones_folder / "state").rglob("*") if found.is_file()] == []
        path.parent.chmod(0o755)


def test_a_write_protected_file_is_refused_and_its_mode_stays(
    anyones_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "access", _effective_access)
    path = anyones_folder / "in" / "notebook.ipynb"
    with ordinary_user():
        path.write_bytes(OLD)
        path.chmod(0o444)
        file = read(path)
        assert file.warning is not None
        with pytest.raises(errors.NotWritable, match="write-protected"):
            save(file, edited(file))
        assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (OLD, 0o444)


_access = os.access


def _effective_access(path: Any, mode: int) -> bool:
    """`os.access` for the user that the test is at the moment: it asks for the one that began the process."""
    return _access(path, mode, effective_ids=True)


CALLS = ("write", "fsync", "replace", "link", "ftruncate", "fchmod", "open")
FAULTS = (errno.ENOSPC, errno.EIO, errno.EDQUOT)


def _plain(path: Path) -> None:
    path.write_bytes(OLD)


def _linked(path: Path) -> None:
    path.write_bytes(OLD)
    path.with_name("hard.ipynb").hardlink_to(path)


class Failing:
    """A system call that fails the nth time, and from then on where the fault lasts."""

    def __init__(self, call: Callable[..., Any], nth: int, fault: int, lasting: bool) -> None:
        self.call, self.nth, self.fault, self.lasting, self.count = call, nth, fault, lasting, 0

    @property
    def failed(self) -> bool:
        return self.count >= self.nth

    def __call__(self, *args: Any, **options: Any) -> Any:
        self.count += 1
        if self.count == self.nth or (self.lasting and self.failed):
            raise OSError(self.fault, os.strerror(self.fault))
        return self.call(*args, **options)


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("fault", FAULTS, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("make", [_plain, _linked], ids=["plain", "hard link"])
def test_a_fault_at_any_call_leaves_the_old_file_or_the_new_text_and_says_so(
    make: Callable[[Path], None],
    call: str,
    fault: int,
    lasting: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    for nth in range(1, 20):
        path = tmp_path / f"{nth}" / "notebook.ipynb"
        path.parent.mkdir()
        make(path)
        file = read(path)
        failing = Failing(getattr(os, call), nth, fault, lasting)
        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            try:
                saved = save(file, edited(file))
            except errors.CannotSave as error:
                saved, message = None, str(error)
        spare = [found for found in path.parent.iterdir() if found.name.startswith(".tnb-")]
        if saved is not None:
            assert path.read_bytes() == NEW
            assert spare == []
        elif spare:
            assert spare[0].read_bytes() == NEW
            assert str(spare[0]) in message
        else:
            assert path.read_bytes() == OLD
        if not failing.failed:
            return
    raise AssertionError("the call was made more often than a save can need")


def test_a_folder_that_cannot_be_synced_is_a_warning_not_a_failure(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "fsync", Failing(os.fsync, 2, errno.EIO, False))
    saved = save_new(path)
    assert saved.warning is not None
    assert "power failure" in saved.warning
    assert path.read_bytes() == NEW


def test_a_file_system_that_cannot_sync_is_a_warning(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "fsync", Failing(os.fsync, 1, errno.ENOTSUP, True))
    assert save_new(path).warning is not None
    assert path.read_bytes() == NEW


def test_short_writes_are_gone_on_with(path: Path, monkeypatch: pytest.MonkeyPatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data[:7])))
    save_new(path)
    assert path.read_bytes() == NEW


def test_a_full_disk_is_named(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "write", Failing(os.write, 1, errno.ENOSPC, True))
    with pytest.raises(errors.WriteFailed, match="no space left on device; make room"):
        save_new(path)
    assert list(path.parent.iterdir()) == [path]


KILLED = """
import os, signal, sys
from pathlib import Path
from dataclasses import replace
from tui.files.notebookfile import read, save

path, nth = Path(sys.argv[1]), int(sys.argv[2])
file = read(path)
new = file.notebook.with_cell(0, replace(file.notebook.cells[0], source="new = 22"))
count = 0

def killing(call):
    def called(*args, **options):
        global count
        count += 1
        if count == nth:
            if call is write:
                call(args[0], bytes(args[1][:100]))
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*args, **options)
    return called

write = os.write
for name in ("write", "fsync", "replace", "link", "ftruncate", "fchmod", "open"):
    setattr(os, name, killing(getattr(os, name)))
save(file, new)
"""


@pytest.mark.parametrize("make", [_plain, _linked], ids=["plain", "hard link"])
def test_being_killed_at_any_call_leaves_the_old_text_or_the_new_one_whole(
    make: Callable[[Path], None], tmp_path: Path
):
    for nth in range(1, 20):
        path = tmp_path / f"{nth}" / "notebook.ipynb"
        path.parent.mkdir()
        make(path)
        done = subprocess.run([sys.executable, "-c", KILLED, path, str(nth)], check=False)
        spare = [found.read_bytes() for found in path.parent.iterdir() if found.name.startswith(".tnb-")]
        assert path.read_bytes() in (OLD, NEW) or NEW in spare
        if done.returncode == 0:
            assert (path.read_bytes(), spare) == (NEW, [])
            assert nth > 5
            return
        assert done.returncode == -signal.SIGKILL
    raise AssertionError("a save makes more calls than it can need")


def _left_behind(folder: Path, pid: int, age: float) -> Path:
    mine = spares.new_spare(folder)
    one = mine.with_name(mine.name.replace(f"-{os.getpid()}-", f"-{pid}-"))
    one.write_bytes(NEW)
    os.utime(one, (time.time() - age,) * 2)
    return one


def test_what_a_killed_save_left_goes_with_a_later_one_and_what_may_be_wanted_stays(path: Path):
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    gone = _left_behind(path.parent, ended.pid, 7200)
    fresh = _left_behind(path.parent, ended.pid, 60)
    of_running = _left_behind(path.parent, os.getpid(), 7200)
    other = path.with_name(f".tnb-00000000-{ended.pid}-0123456789abcdef.tmp")
    rescued = spares.lasting(gone)
    jupyters = path.with_name(f".~{path.name}")
    for each in (other, rescued, jupyters):
        each.write_bytes(NEW)
        os.utime(each, (1, 1))
    save_new(path)
    assert sorted(path.parent.iterdir()) == sorted((path, fresh, of_running, other, rescued, jupyters))


def test_what_is_saved_can_be_read_by_any_json_parser(path: Path):
    file = read(path)
    save(file, edited(file, "a\ud800\u2028\x00"))
    assert json.loads(path.read_bytes())["cells"][0]["source"] == ["a\ud800\u2028", "\x00"]
