"""Python environments without a kernelspec: found by files, named by where they are, never run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kernelbridge.environments import (
    Environment,
    EnvironmentKind,
    active,
    all_environments,
    conda,
    given,
    project,
)
from kernelbridge.state import Missing
from pythonenvironments import make_environment, was_run


@pytest.fixture(autouse=True)
def nothing_active(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.delenv("CONDA_PREFIX", raising=False)


def missing(path: Path) -> Missing:
    found = given(path)
    assert isinstance(found, Missing)
    return found


def environment(path: Path) -> Environment:
    found = given(path)
    assert isinstance(found, Environment)
    return found


@pytest.mark.parametrize("variable", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_the_active_environment_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    prefix = make_environment(tmp_path / "ml")
    monkeypatch.setenv(variable, str(prefix))
    assert active() == (Environment(prefix / "bin" / "python", prefix, "ml", EnvironmentKind.ACTIVE),)


@pytest.mark.parametrize("value", ["", "ml", "./ml"])
def test_an_active_environment_relative_to_wherever_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    make_environment(tmp_path / "ml")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIRTUAL_ENV", value)
    assert active() == ()


def test_one_without_ipykernel_or_without_a_python_that_can_be_run_is_none(tmp_path: Path) -> None:
    make_environment(tmp_path / ".venv", ipykernel=False)
    assert project(tmp_path) == ()
    (make_environment(tmp_path / "a" / ".venv") / "bin" / "python").chmod(0o644)
    assert project(tmp_path / "a") == ()


def test_a_project_s_environments_are_found_from_the_folder_up_the_nearest_first(tmp_path: Path) -> None:
    far = make_environment(tmp_path / "reef" / ".venv")
    near = make_environment(tmp_path / "reef" / "deep" / ".venv")
    (tmp_path / "reef" / "deep" / "deeper").mkdir()
    found = project(tmp_path / "reef" / "deep" / "deeper")
    assert [each.prefix for each in found] == [near, far]
    assert [each.name for each in found] == ["deep/.venv", "reef/.venv"]


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_the_way_up_ends_with_the_first_folder_under_git(tmp_path: Path, kind: str) -> None:
    make_environment(tmp_path / ".venv")
    here = make_environment(tmp_path / "reef" / ".venv")
    marker = tmp_path / "reef" / ".git"
    marker.mkdir() if kind == "folder" else marker.write_text("gitdir: elsewhere")
    (tmp_path / "reef" / "deep").mkdir()
    assert [each.prefix for each in project(tmp_path / "reef" / "deep")] == [here]


def test_the_way_up_ends_with_the_home_folder_also_by_another_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_environment(tmp_path / ".venv")
    (tmp_path / "ada" / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "ada")
    monkeypatch.setenv("HOME", str(tmp_path / "ada"))
    assert project(tmp_path / "link" / "deep") == ()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert len(project(tmp_path / "link" / "deep")) == 1


def test_the_way_up_ends_at_the_border_of_the_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_environment(tmp_path / ".venv")
    inside = tmp_path / "mounted" / "deep"
    inside.mkdir(parents=True)
    stat = Path.stat

    def on_two_devices(path: Path, **how: bool) -> os.stat_result:
        status = list(stat(path, **how))
        status[2] = 7 if "mounted" in path.parts else 8
        return os.stat_result(status)

    assert len(project(inside)) == 1
    monkeypatch.setattr(Path, "stat", on_two_devices)
    assert project(inside) == ()


def test_a_folder_that_is_gone_has_no_environments(tmp_path: Path) -> None:
    assert project(tmp_path / "gone") == ()


def test_conda_s_list_is_read_and_what_is_gone_or_no_path_is_passed_over(
    nobodys_home: Path, tmp_path: Path
) -> None:
    prefix = make_environment(tmp_path / "geo")
    (nobodys_home / ".conda").mkdir()
    listing = f"{prefix}\n{tmp_path}/gone\n\nrelative\n/with\0nothing\n\xff\n"
    (nobodys_home / ".conda" / "environments.txt").write_bytes(listing.encode("latin-1"))
    assert [(each.name, each.kind) for each in conda()] == [("geo", EnvironmentKind.CONDA)]


@pytest.mark.parametrize("which", [".", "envs/geo"])
def test_the_environments_beside_the_active_one_of_conda_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    base = make_environment(tmp_path / "forge")
    make_environment(base / "envs" / "geo")
    make_environment(base / "envs" / "gpu")
    monkeypatch.setenv("CONDA_PREFIX", str((base / which).resolve()))
    assert [each.name for each in conda()] == ["forge", "geo", "gpu"]


def test_each_environment_is_listed_once_by_the_first_way_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix = make_environment(tmp_path / ".venv")
    (tmp_path / "link").symlink_to(prefix)
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "link"))
    monkeypatch.setenv("CONDA_PREFIX", str(prefix))
    (found,) = all_environments(tmp_path)
    assert (found.prefix, found.kind) == (tmp_path / "link", EnvironmentKind.ACTIVE)


def test_a_python_is_taken_by_its_own_path_though_it_is_a_link(tmp_path: Path) -> None:
    make_environment(tmp_path / "base", ipykernel=False)
    prefix = make_environment(tmp_path / ".venv", settings="home = nowhere\n")
    python = prefix / "bin" / "python"
    python.unlink()
    python.symlink_to(tmp_path / "base" / "bin" / "python")
    found = environment(python)
    assert (found.python, found.prefix, found.kind) == (python, prefix, EnvironmentKind.GIVEN)
    assert found.spec().argv[0] == str(python)


def test_the_packages_behind_a_virtual_environment_s_link_are_not_its_own(tmp_path: Path) -> None:
    make_environment(tmp_path / "base")
    prefix = make_environment(tmp_path / "v", ipykernel=False, settings=f"home = {tmp_path}/base/bin\n")
    python = prefix / "bin" / "python"
    python.unlink()
    python.symlink_to(tmp_path / "base" / "bin" / "python")
    assert missing(python).hint == f"it has no ipykernel: {python} -m pip install ipykernel"


def test_a_virtual_environment_may_use_the_packages_that_it_was_made_from(tmp_path: Path) -> None:
    make_environment(tmp_path / "base")
    settings = f"home = {tmp_path}/base/bin\ninclude-system-site-packages = true\nversion = 3\n"
    prefix = make_environment(tmp_path / "v", ipykernel=False, settings=settings)
    assert environment(prefix / "bin" / "python").prefix == prefix


def test_a_link_to_a_python_from_a_folder_of_programs_leads_to_its_packages(tmp_path: Path) -> None:
    prefix = make_environment(tmp_path / "opt")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").symlink_to("../opt/bin/python")
    found = environment(tmp_path / "bin" / "python3")
    assert (found.python, found.prefix.resolve()) == (tmp_path / "bin" / "python3", prefix)


def test_the_folder_of_an_environment_stands_for_its_python(tmp_path: Path) -> None:
    prefix = make_environment(tmp_path / "ml")
    assert environment(prefix).python == prefix / "bin" / "python"


def test_a_path_relative_to_the_folder_one_is_in_is_made_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_environment(tmp_path / "ml")
    monkeypatch.chdir(tmp_path)
    assert environment(Path("ml/bin/python")).python == tmp_path / "ml" / "bin" / "python"


def test_what_is_not_there_or_cannot_be_run_says_so(tmp_path: Path) -> None:
    assert missing(tmp_path / "python").hint == f"{tmp_path}/python is not there"
    (tmp_path / "python").touch()
    assert missing(tmp_path / "python").hint == f"{tmp_path}/python is no Python that can be run"
    assert missing(tmp_path).hint == f"{tmp_path} is no Python that can be run"
    (tmp_path / "loop").symlink_to("loop")
    assert missing(tmp_path / "loop").hint == f"{tmp_path}/loop is no Python that can be run"


def test_nothing_is_ever_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prefix = make_environment(tmp_path / ".venv", settings="")
    monkeypatch.setenv("CONDA_PREFIX", str(prefix))
    all_environments(tmp_path)
    given(prefix / "bin" / "python")
    assert not was_run(tmp_path)
