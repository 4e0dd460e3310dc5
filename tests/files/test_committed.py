"""The notebook as git's last commit has it, and one line where it has none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from e2e import notebooks
from programs import require_program
from tui.files.committed import read_committed
from tui.files.errors import CannotRead


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    require_program("git")
    git(tmp_path, "init")
    return tmp_path


def commit(path: Path, *sources: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    notebooks.write(path, *(notebooks.code(source) for source in sources))
    git(path.parent, "add", path.name)
    git(path.parent, "commit", "--no-verify", "-m", "one")
    return path


def test_what_was_committed_is_read_whatever_the_file_has_now(folder: Path) -> None:
    path = commit(folder / "in a folder" / "a ü.ipynb", "one", "two")
    path.write_text("no notebook at all")
    assert [cell.source for cell in read_committed(path).cells] == ["one", "two"]


def test_the_environment_leads_to_no_other_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = commit(folder / "a.ipynb", "one")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert [cell.source for cell in read_committed(path).cells] == ["one"]


def test_no_program_that_the_repository_names_is_run(folder: Path) -> None:
    path = commit(folder / "a.ipynb", "one")
    touch = f"touch '{folder}/was-run'; cat"
    for name in (
        "diff.evil.textconv",
        "filter.evil.smudge",
        "filter.evil.clean",
        "core.fsmonitor",
        "core.pager",
    ):
        git(folder, "config", name, touch)
    (folder / ".gitattributes").write_text("*.ipynb diff=evil filter=evil\n")
    read_committed(path)
    assert not (folder / "was-run").exists()


def test_a_folder_without_a_repository_is_told(tmp_path: Path) -> None:
    require_program("git")
    path = notebooks.write(tmp_path / "a.ipynb", notebooks.code("one"))
    with pytest.raises(CannotRead, match=r"a\.ipynb: not compared, it stands in no git repository"):
        read_committed(path)


def test_a_repository_without_a_commit_is_told(folder: Path) -> None:
    path = notebooks.write(folder / "a.ipynb", notebooks.code("one"))
    with pytest.raises(CannotRead, match=r"not compared, .*(last commit|no commit yet)"):
        read_committed(path)


def test_a_file_that_was_never_committed_is_told(folder: Path) -> None:
    commit(folder / "b.ipynb", "one")
    path = notebooks.write(folder / "a.ipynb", notebooks.code("one"))
    with pytest.raises(CannotRead, match="not compared, it is not in git's last commit"):
        read_committed(path)


def test_no_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotRead, match="not compared, there is no git here"):
        read_committed(tmp_path / "a.ipynb")
