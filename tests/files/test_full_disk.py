"""On a disk of 64 kB and on /dev/full: nothing is called saved that is not, and the old text stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from os import mkfifo
from pathlib import Path

import pytest

from e2e import notebooks
from smalldisk import small_disk
from tui.document.notebook import Notebook
from tui.files import errors
from tui.files.notebookfile import NotebookFile, Overwrite, create, read, save
from tui.files.place import Here

KILOBYTE = 1 << 10


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 64) as folder:
        yield folder


def notebook_of(folder: Path, kilobytes: int) -> NotebookFile:
    return read(notebooks.write(folder / "a.ipynb", notebooks.code("x" * (kilobytes * KILOBYTE))))


def grown(file: NotebookFile, kilobytes: int) -> Notebook:
    """With so much in its first cell."""
    cell = replace(file.notebook.cells[0], source="y" * (kilobytes * KILOBYTE))
    return file.notebook.with_cell(0, cell)


def test_what_does_not_fit_leaves_the_old_file_and_nothing_beside_it(disk: Path) -> None:
    file = notebook_of(disk, 4)
    with pytest.raises(errors.WriteFailed, match="not saved, no space left on device"):
        save(file, grown(file, 100))
    assert (file.path.read_bytes(), list(disk.iterdir())) == (file.data, [file.path])
    saved = save(file, grown(file, 8))
    assert saved.path.read_bytes() == saved.data != file.data


def test_nor_does_it_through_a_link_from_another_disk(disk: Path, tmp_path: Path) -> None:
    target = notebook_of(disk, 4).path
    link = tmp_path / "link.ipynb"
    link.symlink_to(target)
    file = read(link)
    with pytest.raises(errors.WriteFailed, match="no space left"):
        save(file, grown(file, 100))
    assert link.readlink() == target
    assert (target.read_bytes(), list(disk.iterdir())) == (file.data, [target])


def test_a_hard_link_is_not_touched_where_there_is_no_room_for_a_whole_copy(disk: Path) -> None:
    path = notebook_of(disk, 4).path
    other = disk / "other.ipynb"
    other.hardlink_to(path)
    file = read(path)
    with pytest.raises(errors.WriteFailed, match="no space left"):
        save(file, grown(file, 100))
    assert path.read_bytes() == other.read_bytes() == file.data
    assert sorted(disk.iterdir()) == [path, other]


def test_a_hard_link_for_which_there_is_room_once_but_not_twice_is_whole_in_the_copy_that_is_named(
    disk: Path,
) -> None:
    path = notebook_of(disk, 4).path
    (disk / "other.ipynb").hardlink_to(path)
    file = read(path)
    with pytest.raises(errors.WriteFailed, match="all of the text is in ") as caught:
        save(file, grown(file, 40))
    named = Path(str(caught.value).rpartition("all of the text is in ")[2])
    assert read(named).notebook.cells[0].source == "y" * (40 * KILOBYTE)


def test_a_new_file_for_which_there_is_no_room_does_not_come_into_being(disk: Path) -> None:
    file = create(disk / "new.ipynb")
    with pytest.raises(errors.WriteFailed, match="no space left"):
        save(file, grown(file, 100))
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize("overwrite", Overwrite)
def test_a_device_is_never_saved_to_also_not_through_a_link(tmp_path: Path, overwrite: Overwrite) -> None:
    device = Path("/dev/full")
    link = tmp_path / "link.ipynb"
    link.symlink_to(device)
    file = notebook_of(tmp_path, 1)
    for place in (device, link):
        before = place.stat()
        with pytest.raises(errors.CannotSave):
            save(file.at(Here(place)), file.notebook, overwrite=overwrite)
        assert place.stat().st_rdev == before.st_rdev
    assert link.readlink() == device
    assert sorted(tmp_path.iterdir()) == [file.path, link]


@pytest.mark.parametrize("written", ["/dev/full", "link", "link.ipynb", "pipe.ipynb"])
def test_a_name_that_is_no_file_s_is_refused_before_anything_is_written(tmp_path: Path, written: str) -> None:
    (tmp_path / "link.ipynb").symlink_to("/dev/full")
    mkfifo(tmp_path / "pipe.ipynb")
    with pytest.raises(errors.NotARegularFile, match=r"it is a (device|pipe), not a file"):
        Here(tmp_path / "a.ipynb").another(written)


def test_a_notebook_that_became_a_link_to_a_device_is_not_saved_to_that(tmp_path: Path) -> None:
    file = notebook_of(tmp_path, 1)
    file.path.unlink()
    file.path.symlink_to("/dev/full")
    with pytest.raises(errors.ChangedOutside):
        save(file, grown(file, 1))
    with pytest.raises(errors.NotWritable, match="not saved, it is not a regular file"):
        save(file, grown(file, 1), overwrite=Overwrite.ANYWAY)
    assert file.path.readlink() == Path("/dev/full")
