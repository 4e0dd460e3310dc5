"""Hostile notebooks opened, paged through, printed and closed: nothing ends tnb, costs much, or gets out.

Some are made here. Where the collection of them stands beside the project, a sample of it is opened too, and
all of it with `make hostile`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psutil
import pytest

from beside import HOSTILE_FILES
from e2e.conftest import OpenTnb
from e2e.grammar import Sent
from e2e.hostilefiles import NOTEBOOKS, hostile_notebook
from e2e.visiting import MOST_SECONDS, assert_harmless, visit
from programs import isolated_environment, tnb_command

pytestmark = pytest.mark.e2e

ALL: Final = bool(os.environ.get("TNB_TESTS_LONG"))
"""Whether to open the whole collection, and not a sample."""
EVERY: Final = 1 if ALL else 24


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not HOSTILE_FILES.exists():
        pytest.skip("the collection of hostile files is not beside the project")
    folder = tmp_path_factory.mktemp("hostile")
    subprocess.run([sys.executable, HOSTILE_FILES, folder], check=True, capture_output=True)
    return folder


def regular(folder: Path) -> list[Path]:
    """The files to be opened, all or some."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".tsv", ".py")]
    assert len(files) > 150
    return sorted(files)[::EVERY]


def assert_printed(path: Path, home: Path) -> None:
    """It is printed, or told in a line why not."""
    done = subprocess.run(
        [*tnb_command(), "show", "--color", "always", "--", f"./{path.name}"],
        capture_output=True,
        env=isolated_environment(home),
        cwd=path.parent,
    )
    assert done.returncode in (0, 1), (path.name, done.stderr)
    assert Sent(done.stdout).foreign == Sent(done.stderr).foreign == [], path.name
    assert done.returncode == 0 or (done.stderr.startswith(b"tnb: ") and done.stderr.count(b"\n") == 1)


@pytest.fixture
def strays() -> Iterator[None]:
    """No process outlives the test."""
    before = {one.pid for one in psutil.Process().children(recursive=True)}
    yield
    assert {one.pid for one in psutil.Process().children(recursive=True)} <= before


@pytest.mark.usefixtures("strays")
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_one_made_here(name: str, open_tnb: OpenTnb, tmp_path: Path) -> None:
    path = hostile_notebook(tmp_path, name)
    before = path.read_bytes()
    came = visit(open_tnb, path)
    assert came.is_shown
    assert_harmless(came, name, most_seconds=2 * MOST_SECONDS)  # a dozen cases in each
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_one_made_here_is_printed(name: str, home: Path, tmp_path: Path) -> None:
    assert_printed(hostile_notebook(tmp_path, name), home)


@pytest.mark.timeout(3_600)
def test_the_collection(collection: Path, open_tnb: OpenTnb) -> None:
    for path in regular(collection):
        before = path.read_bytes()
        assert_harmless(visit(open_tnb, path), path.name)
        assert path.read_bytes() == before, path.name


@pytest.mark.timeout(3_600)
def test_the_collection_is_printed(collection: Path, home: Path) -> None:
    for path in regular(collection):
        assert_printed(path, home)
