"""Sockets and keys are only ever put where no other user can reach them."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest

from kernelbridge.keeper.errors import PrivateDirectoryError
from kernelbridge.keeper.home.privatedir import make_private_directory


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Short paths for a runtime and a temporary directory of the test's own."""
    short = Path(tempfile.mkdtemp(prefix="t", dir="/tmp"))
    (short / "run").mkdir(mode=0o700)
    (short / "tmp").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short / "run"))
    monkeypatch.setattr(tempfile, "tempdir", str(short / "tmp"))
    return short


def test_it_is_new_ours_alone_and_in_the_runtime_directory(places: Path) -> None:
    one, other = make_private_directory("0a1b2c3d"), make_private_directory("0a1b2c3d")
    assert one != other
    assert one.parent == places / "run" / "tnb"
    assert stat.S_IMODE(one.stat().st_mode) == 0o700


@pytest.mark.parametrize("runtime", ["", "relative", "/nowhere"])
def test_without_a_runtime_directory_the_temporary_one_serves(
    places: Path, monkeypatch: pytest.MonkeyPatch, runtime: str
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
    directory = make_private_directory("0a1b2c3d")
    assert directory.parent.parent == places / "tmp"
    assert stat.S_IMODE(directory.parent.stat().st_mode) == 0o700


def test_a_runtime_directory_that_others_can_enter_is_not_used(places: Path) -> None:
    (places / "run").chmod(0o755)
    assert make_private_directory("0a1b2c3d").parent.parent == places / "tmp"


def test_a_directory_or_link_that_somebody_laid_in_the_way_is_not_used(
    places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    (places / "run" / "theirs").mkdir(mode=0o700)
    (places / "tmp" / f"tnb-{os.getuid()}").symlink_to(places / "run" / "theirs")
    monkeypatch.setattr("kernelbridge.keeper.home.privatedir._OF_ALL", str(places / "tmp"))
    with pytest.raises(PrivateDirectoryError):
        make_private_directory("0a1b2c3d")


def test_a_path_too_long_for_a_socket_is_not_used(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = places / "run" / ("x" * 90)
    deep.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    assert make_private_directory("0a1b2c3d").parent.parent == places / "tmp"


def test_what_belongs_to_another_owner_stays(places: Path) -> None:
    base = make_private_directory("0a1b2c3d").parent
    other = base / "41943057-dead"
    other.mkdir()
    assert make_private_directory("0a1b2c3d").name.startswith("0a1b2c3d-")
    assert other.exists()
