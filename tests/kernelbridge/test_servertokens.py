"""Where a server's token comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from kernelbridge.keeper.errors import ServerError
from kernelbridge.servertokens import ConfiguredServer, FoundToken, ServersFileError, find_token, read_servers

URL = "https://hub.example.org/user/ann"
FILE = f'[[server]]\nurl = "{URL}"\ntoken = "of-the-file"\n'


def write(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "servers.toml"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_without_a_file_there_are_no_servers(tmp_path: Path) -> None:
    assert read_servers(tmp_path) == ()
    assert find_token(URL, {}, tmp_path) is None


def test_our_variable_comes_before_the_file_and_jupyters_after_it(tmp_path: Path) -> None:
    jupyters = {"JUPYTER_TOKEN": "of-jupyter"}
    assert find_token(URL, jupyters, tmp_path) == FoundToken("of-jupyter", "JUPYTER_TOKEN")
    write(tmp_path, FILE)
    assert find_token(f"{URL}/", jupyters, tmp_path) == FoundToken("of-the-file", "servers.toml")
    assert find_token(URL, {**jupyters, "TNB_SERVER_TOKEN": "ours"}, tmp_path) == FoundToken(
        "ours", "TNB_SERVER_TOKEN"
    )
    assert find_token("https://elsewhere.example.org/", {}, tmp_path) is None


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_file_that_others_can_use_is_refused(tmp_path: Path, mode: int) -> None:
    write(tmp_path, FILE, mode)
    with pytest.raises(ServersFileError, match=f"mode {mode:04o}.*chmod 600"):
        read_servers(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        'token = "secret',
        'server = "secret"',
        '[[server]]\ntoken = "secret"',
        "server = [1]",
        f'[[server]]\nurl = "{URL}"\ntoken = ["secret"]',
        f'[[server]]\nurl = "{URL}"\nallow_plain = "secret"',
        '[[server]]\nurl = "https://h/?token=secret"',
        '[[server]]\nurl = "http://example.org/"\ntoken = "secret"',
    ],
)
def test_a_file_that_says_nothing_of_use_is_refused_without_repeating_it(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(ServersFileError) as raised:
        read_servers(tmp_path)
    assert "secret" not in str(raised.value)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "servers.toml").mkdir()
    with pytest.raises(ServersFileError):
        read_servers(tmp_path)


def test_what_is_not_encrypted_is_refused_unless_the_file_allows_it(tmp_path: Path) -> None:
    environment = {"TNB_SERVER_TOKEN": "ours"}
    with pytest.raises(ServerError, match="not encrypted"):
        find_token("http://example.org/", environment, tmp_path)
    write(tmp_path, '[[server]]\nurl = "http://example.org"\nallow_plain = true\n')
    assert find_token("http://example.org/", environment, tmp_path) == FoundToken("ours", "TNB_SERVER_TOKEN")


def test_no_token_is_in_a_repr() -> None:
    assert "secret" not in repr((FoundToken("secret", "x"), ConfiguredServer(URL, "secret")))
