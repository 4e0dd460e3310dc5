"""`tnb view`: what is said on its command line."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from e2e import notebooks
from tui.cli import main
from tui.cli.view import ViewArguments, parse_view


def test_a_port_may_follow_serve_and_so_may_what_is_served() -> None:
    assert parse_view(["a.ipynb"]) == ViewArguments(("a.ipynb",))
    assert parse_view(["--serve", "a.ipynb"]) == ViewArguments(("a.ipynb",), 0)
    assert parse_view(["--serve", "8888", ".", "o/r/a.ipynb"]) == ViewArguments((".", "o/r/a.ipynb"), 8888)
    assert parse_view([".", "--serve"]) == ViewArguments((".",), 0)
    said = ["--serve=1", "--public-address", "0.0.0.0", "--no-browser", "--json", "."]
    assert parse_view(said) == ViewArguments((".",), 1, "0.0.0.0", opens_browser=False, as_json=True)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ([], "required: FILE|FOLDER|URL"),
        (["a.ipynb", "b.ipynb"], "one at a time, or with --serve"),
        (["--public-address", "0.0.0.0", "a.ipynb"], "go with --serve"),
        (["--serve", "99999", "a.ipynb"], "must be a port"),
    ],
)
def test_what_is_not_understood_is_status_2(
    said: list[str], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["view", *said])
    assert ended.value.code == 2
    assert answer in capsys.readouterr().err


def test_what_cannot_be_served_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook = str(notebooks.write(tmp_path / "a.ipynb"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["view", "--serve", port, notebook]) == 1
    assert capsys.readouterr().err == "tnb: it cannot be served there: Address already in use\n"
    assert main(["view", "--serve", str(tmp_path / "missing.ipynb")]) == 1
    assert "there is no such file" in capsys.readouterr().err
