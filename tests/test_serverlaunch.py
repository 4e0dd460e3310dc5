"""Launches of kernels on servers: their token, their path there, and who goes on with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kernelbridge.keeper import starting
from kernelbridge.keeper.errors import HomeError, ServerError
from kernelbridge.keeper.home.homes import home_for_label
from kernelbridge.keeper.home.meta import read_meta, write_meta
from kernelbridge.keeper.jsontypes import JsonObject
from kernelbridge.keeper.launches import ServerLaunch
from kernelbridge.state import Missing
from tui.kernellaunch import launch_local
from tui.locations import config_folder
from tui.options import DefaultKernel, ServerChoice
from tui.serverlaunch import launch_again, path_there, with_token

HUB = "https://hub/user/ann/"


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[JsonObject]:
    """What keepers were to launch; none is started."""
    wanted: list[JsonObject] = []

    def reach_notebook(_notebook: Path, launch: JsonObject) -> None:
        wanted.append(launch)
        raise HomeError("none is started here")

    monkeypatch.setattr(starting, "reach_notebook", reach_notebook)
    return wanted


def configure(text: str, mode: int = 0o600) -> None:
    config_folder().mkdir(parents=True)
    file = config_folder() / "servers.toml"
    file.touch(mode=mode)
    file.write_text(text)


def home_on_server(notebook: Path) -> Path:
    """The home of a notebook whose kernel is on a server, and whose keeper is gone."""
    home = home_for_label(str(notebook))
    kernel: JsonObject = {"kind": "server", "name": "ir", "resume": {"kind": "server", "url": HUB}}
    write_meta(home.path, replace(read_meta(home.path), kernel=kernel))
    return home.path


def test_a_notebook_below_the_home_folder_has_its_path_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert path_there(tmp_path / "work" / "a.ipynb") == "work/a.ipynb"
    monkeypatch.setenv("HOME", str(tmp_path / "elsewhere"))
    assert path_there(tmp_path / "a.ipynb") == f"{tmp_path}/a.ipynb"[1:]


def test_a_choice_becomes_the_launch_of_the_notebook_s_own_keeper(
    launched: list[JsonObject], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    choice = ServerChoice(HUB, "ir", token="secret")
    assert "secret" not in repr(choice)
    answer = launch_local(choice, {}, tmp_path / "a.ipynb")
    assert answer == Missing("ir", "none is started here", is_installed=True)
    assert launched == [ServerLaunch(HUB, "secret", "ir", path="a.ipynb").to_json()]


def test_the_token_is_filled_in_and_what_is_wrong_with_the_file_told() -> None:
    configure(f'[[server]]\nurl = "{HUB}"\ntoken = "secret"')
    found = with_token(ServerLaunch(HUB, name="ir"), Path("/a.ipynb"))
    assert (found.token, found.name, found.path) == ("secret", "ir", "a.ipynb")
    (config_folder() / "servers.toml").chmod(0o640)
    with pytest.raises(ServerError, match="chmod 600") as raised:
        with_token(ServerLaunch(HUB), Path("/a.ipynb"))
    assert "secret" not in str(raised.value)


def test_the_next_keeper_is_told_the_token_that_was_typed_or_that_is_found(tmp_path: Path) -> None:
    home = home_on_server(tmp_path / "a.ipynb")
    typed = ServerLaunch(HUB, "typed")
    assert launch_again(home, typed) == typed.to_json()
    configure(f'[[server]]\nurl = "{HUB}"\ntoken = "filed"')
    for other in (None, ServerLaunch("https://other/", "typed")):
        again = launch_again(home, other)
        assert again is not None
        assert (again["url"], again["token"]) == (HUB, "filed")


def test_a_keeper_of_a_local_kernel_is_told_nothing(tmp_path: Path) -> None:
    assert launch_again(home_for_label(str(tmp_path / "a.ipynb")).path, ServerLaunch(HUB, "typed")) is None


def test_a_notebook_whose_kernel_was_on_a_server_goes_on_with_it_without_being_told(
    launched: list[JsonObject], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home_on_server(tmp_path / "a.ipynb")
    monkeypatch.setenv("TNB_SERVER_TOKEN", "secret")
    launch_local(DefaultKernel(), {}, tmp_path / "a.ipynb")
    assert [(each["kind"], each["url"], each["token"]) for each in launched] == [("server", HUB, "secret")]
