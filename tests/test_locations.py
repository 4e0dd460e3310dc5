"""Where tnb keeps its files, whatever the environment says."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from tui.locations import cache_folder, config_file, config_folder, private_folder, state_folder

FOLDERS = {
    "XDG_CONFIG_HOME": config_folder,
    "XDG_STATE_HOME": state_folder,
    "XDG_CACHE_HOME": cache_folder,
}


@pytest.mark.parametrize("variable", FOLDERS)
def test_each_xdg_variable_moves_its_folder(
    variable: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(variable, str(tmp_path))
    assert FOLDERS[variable]() == tmp_path / "tnb"


@pytest.mark.parametrize("variable", FOLDERS)
def test_a_relative_xdg_variable_is_ignored(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    default = FOLDERS[variable]()
    monkeypatch.setenv(variable, "relative")
    assert FOLDERS[variable]() == default


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of Linux")
def test_without_variables_the_folders_are_those_of_the_xdg_specification(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert config_folder() == Path("/home/ada/.config/tnb")
    assert state_folder() == Path("/home/ada/.local/state/tnb")
    assert cache_folder() == Path("/home/ada/.cache/tnb")


def test_the_configuration_file_is_in_its_folder_unless_the_variable_names_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert config_file() == config_folder() / "config.toml"
    monkeypatch.setenv("TNB_CONFIG", "/elsewhere/mine.toml")
    assert config_file() == Path("/elsewhere/mine.toml")


def test_asking_where_a_folder_is_makes_nothing(nobodys_home: Path) -> None:
    for folder in FOLDERS.values():
        folder()
    assert list(nobodys_home.iterdir()) == []


def test_a_private_folder_is_made_with_its_parents_for_the_user_alone(tmp_path: Path) -> None:
    made = private_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_a_folder_that_others_could_enter_is_closed_to_them(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert stat.S_IMODE(private_folder(tmp_path).stat().st_mode) == 0o700


def test_a_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(PermissionError, match="belongs to another user"):
        private_folder(tmp_path)
