"""Notebooks where an ordinary user may not read, not write, or waits for ever: opened, edited and saved.

Some are made here. Where the collection of hostile files stands beside the project, a sample of its
file system group is taken too, all of it by `make hostile`; each has to come to what the manifest says.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import pytest

from beside import HOSTILE_FILES
from e2e import keys, notebooks
from e2e.conftest import OpenTnb
from e2e.grammar import Sent
from e2e.terminal import Terminal
from e2e.visiting import assert_harmless, leave, visit
from ordinaryuser import as_ordinary_user, give, ordinary_folder
from programs import leave_out, tnb_command

pytestmark = pytest.mark.e2e

ALL: Final = bool(os.environ.get("TNB_TESTS_LONG"))
CASE: Final = re.compile(r"\W*(f\d\d)_")


@pytest.fixture
def own() -> Iterator[Path]:
    """The folder of the ordinary user."""
    with ordinary_folder() as folder:
        yield folder


@pytest.fixture
def home(own: Path) -> Path:
    folder = own / "home"
    folder.mkdir()
    give(folder)
    return folder


@pytest.fixture
def command() -> list[str]:
    return [*as_ordinary_user(), *tnb_command()]


@dataclass(frozen=True, slots=True)
class Kept:
    """What saving leaves as it was."""

    leads_to: str
    """Where a link leads to."""
    mode: int
    owner: tuple[int, int]
    inode: int | None
    """Of a file with several names."""
    attributes: dict[str, bytes]

    @classmethod
    def of(cls, path: Path) -> Self:
        status = path.stat()
        return cls(
            str(path.readlink()) if path.is_symlink() else "",
            status.st_mode,
            (status.st_uid, status.st_gid),
            status.st_ino if status.st_nlink > 1 else None,
            {name: os.getxattr(path, name) for name in os.listxattr(path)},
        )


def notebook_of(own: Path, name: str = "a.ipynb") -> Path:
    path = notebooks.write(own / name, notebooks.code("first"))
    give(path)
    return path


def save_an_edit(open_tnb: OpenTnb, path: Path) -> None:
    """Opening it changes nothing, saving just what was typed, and nothing is left beside it."""
    before, kept, first = path.read_bytes(), Kept.of(path), notebooks.sources(path)[0]
    terminal = open_tnb(f"./{path.name}", "--no-kernel", cwd=path.parent)
    terminal.wait_for(r"\b1/\d+\n")
    assert path.read_bytes() == before
    terminal.send(keys.ENTER + "typed " + keys.CTRL_S)
    terminal.wait_for(r"(?m)^ saved \S")
    assert Kept.of(path) == kept
    assert notebooks.sources(path)[0] == f"typed {first}"
    assert list(path.resolve().parent.glob(".tnb-*")) == []
    leave(terminal)
    assert (terminal.wait_exit(), Sent(bytes(terminal.raw)).foreign) == (0, [])


def see_it_refused(open_tnb: OpenTnb, path: Path, reason: str = "") -> None:
    came = visit(open_tnb, path)
    assert_harmless(came, path.name)
    assert not came.is_shown
    assert reason in came.text


def see_it_write_protected(open_tnb: OpenTnb, path: Path) -> None:
    """It is said from the first; an edit stays, goes elsewhere, and the file is as it was."""
    before, kept = path.read_bytes(), Kept.of(path)
    terminal = open_tnb(f"./{path.name}", "--no-kernel", cwd=path.parent)
    terminal.wait_for("the file is write-protected; save under another name")
    terminal.send(keys.ENTER + "typed " + keys.CTRL_S)
    terminal.wait_for(r"not saved \(S saves elsewhere\): the file is write-protected")
    terminal.wait_for("typed ")
    save_as(terminal, "elsewhere")
    terminal.wait_for(r"saved elsewhere\.ipynb")
    assert notebooks.sources(path.with_name("elsewhere.ipynb"))[0].startswith("typed ")
    assert (path.read_bytes(), Kept.of(path)) == (before, kept)
    leave(terminal)
    assert terminal.wait_exit() == 0


def save_as(terminal: Terminal, name: str) -> None:
    terminal.send(keys.ESCAPE)
    terminal.wait_for("Enter edit")
    terminal.send("gs")
    terminal.wait_for("Save as")
    terminal.send(f"{keys.CTRL_U}{name}\r")


# -- made here ----


def test_a_file_that_may_not_be_read_is_refused(own: Path, open_tnb: OpenTnb) -> None:
    path = notebook_of(own)
    path.chmod(0)
    see_it_refused(open_tnb, path, "you are not permitted to read it")


def test_a_pipe_is_refused_without_waiting_for_it(own: Path, open_tnb: OpenTnb) -> None:
    os.mkfifo(own / "a.ipynb")
    give(own / "a.ipynb")
    see_it_refused(open_tnb, own / "a.ipynb", "it is a pipe")


def test_a_file_that_may_only_be_read_is_saved_elsewhere(own: Path, open_tnb: OpenTnb) -> None:
    path = notebook_of(own)
    path.chmod(0o400)
    see_it_write_protected(open_tnb, path)


def test_a_file_of_another_owner_is_replaced_in_place_or_not_at_all(own: Path, open_tnb: OpenTnb) -> None:
    if os.geteuid() != 0:
        leave_out("only the superuser can make a file of another owner")
    path = notebooks.write(own / "theirs.ipynb", notebooks.code("first"))
    path.chmod(0o644)
    see_it_write_protected(open_tnb, path)
    path.chmod(0o666)
    save_an_edit(open_tnb, path)


def test_in_a_folder_that_may_not_be_written_a_file_is_saved_in_place(own: Path, open_tnb: OpenTnb) -> None:
    folder = own / "closed"
    folder.mkdir()
    path = notebook_of(folder)
    link = own / "link.ipynb"
    link.symlink_to("closed/a.ipynb")
    give(folder, link)
    folder.chmod(0o555)
    save_an_edit(open_tnb, path)
    save_an_edit(open_tnb, link)


# -- the collection ----


@pytest.fixture(scope="module")
def collection() -> Iterator[Path]:
    if not HOSTILE_FILES.exists():
        pytest.skip("the collection of hostile files is not beside the project")
    with ordinary_folder() as folder:
        subprocess.run([sys.executable, HOSTILE_FILES, folder], check=True, capture_output=True)
        give(*folder.rglob("*"))
        yield folder


def manifest(folder: Path) -> dict[str, str]:
    """What each case of the group is to come to, by its number."""
    rows = (line.split("\t") for line in (folder / "manifest.tsv").read_text().splitlines())
    cases = ((CASE.match(name), expected) for name, group, expected, *_ in rows if group == "fs")
    return {found[1]: expected for found, expected in cases if found and expected != "(companion)"}


def is_companion(path: Path) -> bool:
    """Whether it only stands beside a case, left there by another program."""
    return path.name.startswith((".f40", ".~"))


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of the group and the numbers of their cases."""
    for path in sorted(folder.rglob("*")):
        found = CASE.match(str(path.relative_to(folder)))
        if found and not is_companion(path) and (path.is_symlink() or not path.is_dir()):
            yield found[1], path


@pytest.mark.timeout(3_600)
def test_the_collection_comes_to_what_its_manifest_says(collection: Path, open_tnb: OpenTnb) -> None:
    expected = manifest(collection)
    companions = {path: path.read_bytes() for path in collection.iterdir() if is_companion(path)}
    done: set[str] = set()
    for case, path in [*files_of(collection)][:: 1 if ALL else 12]:
        done.add(case)
        if expected[case].startswith("OPEN read-only"):
            see_it_write_protected(open_tnb, path)
        elif expected[case].startswith("OPEN"):
            save_an_edit(open_tnb, path)
        else:
            see_it_refused(open_tnb, path)
    assert done <= expected.keys()
    if ALL:
        assert done == expected.keys() - {"f29", "f37", "f38", "f39"}
    assert {path: path.read_bytes() for path in companions} == companions


def test_what_the_collection_says_of_names(collection: Path, open_tnb: OpenTnb) -> None:
    for name, reason in (
        ("f38_no_dir/x.ipynb", "there is no folder"),
        (f"f39_{'x' * 300}.ipynb", "File name too long"),
        ("/dev/null", "it is a device"),
        ("/dev/full", "it is a device"),
        ("-", "no such file"),
    ):
        terminal = open_tnb(name, "--no-kernel", cwd=collection)
        assert (terminal.wait_exit(), terminal.text[:5]) == (1, "tnb: ")
        assert reason in terminal.text.replace("\n", "")
    new = collection / "f37_does_not_exist.ipynb"
    came = visit(open_tnb, new)
    assert_harmless(came, new.name)
    assert came.is_shown
    assert not new.exists()
    dashed = open_tnb("-f07_leading_dash.ipynb", "--no-kernel", "--", cwd=collection)
    dashed.wait_for(r"-f07_leading_dash\.ipynb .*1/2\n")
    leave(dashed)
    folder = open_tnb("./f29_directory.ipynb", cwd=collection)
    folder.wait_for("Notebooks")
    leave(folder)
    full = open_tnb("./f10_no_ext", "--no-kernel", cwd=collection)
    full.wait_for(r"\b1/2\n")
    full.send(keys.ENTER + "typed ")
    full.wait_for("typed ")
    save_as(full, "/dev/full")
    full.wait_for("full: it is a device, not a file")
    full.wait_for("typed ")
    leave(full)
