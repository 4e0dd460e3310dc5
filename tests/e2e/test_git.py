"""git with notebooks by tnb: what it shows, how it merges, what it commits, and how that is taken back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from e2e import notebooks
from programs import isolated_environment, require_program, tnb_command

pytestmark = pytest.mark.e2e


class Repository:
    """One, with a notebook committed in it."""

    def __init__(self, folder: Path) -> None:
        require_program("git")
        self.folder = folder / "repository"
        self.folder.mkdir()
        beside = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self.env = {**isolated_environment(folder), "PATH": beside, "GIT_CONFIG_NOSYSTEM": "1"}
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "Ann")
        self.git("config", "user.email", "ann@example.org")
        self.notebook = self.folder / "a.ipynb"
        notebooks.write(self.notebook, notebooks.code("x = 1", "printed\n", count=1), notebooks.code("y = 2"))
        self.commit("first")

    def git(self, *words: str, fails: bool = False) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.folder, env=self.env, capture_output=True, text=True, check=False
        )
        assert fails == bool(done.returncode), done
        return done.stdout

    def tnb(self, *words: str) -> int:
        command = [*tnb_command(), *words]
        return subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True).returncode

    def edit(self, old: str, new: str) -> None:
        self.notebook.write_text(self.notebook.read_text().replace(old, new))

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_diff_is_by_cells_and_can_be_taken_back(repository: Repository) -> None:
    config = (repository.folder / ".git" / "config").read_text()
    assert repository.tnb("git-setup", "--check") == 1
    assert repository.tnb("git-setup") == 0
    assert repository.tnb("git-setup", "--check") == 0
    repository.edit("x = 1", "x = 7")
    (repository.folder / "new.ipynb").write_text("no notebook")
    repository.git("add", "-N", "new.ipynb")
    shown = repository.git("diff")
    assert "--- a/a.ipynb\n+++ b/a.ipynb\n@@ cell 1, code, changed: source @@\n-x = 1\n+x = 7\n" in shown
    assert "+no notebook" in shown
    assert repository.tnb("git-setup", "--undo") == 0
    assert (repository.folder / ".git" / "config").read_text() == config
    assert '+    "x = 7"' in repository.git("diff")


def test_a_merge_takes_both_sides_and_marks_conflicts(repository: Repository) -> None:
    assert repository.tnb("git-setup", "--global") == 0
    repository.git("switch", "-q", "-c", "theirs")
    repository.edit("y = 2", "y = 8")
    repository.commit("theirs")
    repository.git("switch", "-q", "main")
    repository.edit("x = 1", "x = 7")
    repository.commit("ours")
    repository.git("merge", "-q", "--no-edit", "theirs")
    assert notebooks.sources(repository.notebook) == ["x = 7", "y = 8"]
    repository.git("switch", "-q", "theirs")
    repository.edit("x = 1", "x = 9")
    repository.commit("again")
    repository.git("switch", "-q", "main")
    repository.git("merge", "-q", "--no-edit", "theirs", fails=True)
    assert "x = 9" in "".join(notebooks.sources(repository.notebook))
    assert "<<<<<<<" in "".join(notebooks.sources(repository.notebook))


def test_what_is_committed_is_clean_if_it_is_asked_for(repository: Repository) -> None:
    assert repository.tnb("git-setup", "--clean") == 0
    repository.edit("x = 1", "x = 7")
    repository.commit("clean")
    committed = json.loads(repository.git("show", "HEAD:a.ipynb"))
    assert committed["cells"][0]["outputs"] == []
    assert notebooks.printed(repository.notebook, 0) == "printed\n"


def test_outside_of_a_repository_it_says_so(tmp_path: Path) -> None:
    require_program("git")
    environment = {**isolated_environment(tmp_path), "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    command = [*tnb_command(), "git-setup"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("tnb: git ")
    assert done.stderr.count("\n") == 1
