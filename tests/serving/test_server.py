"""What the server answers, to whom, and what it keeps to itself."""

from __future__ import annotations

import socket
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from e2e import notebooks
from serving.served import serving
from tui.serving.policy import may_ask
from tui.serving.server import Server
from tui.serving.site import Folder, Site, Web
from tui.viewing.fetching import Fetched


def ask(server: Server, path: str, host: str | None = None) -> tuple[HTTPResponse, str]:
    """The answer to a request for a path behind the secret, and its body."""
    url = urlsplit(server.url)
    connection = HTTPConnection(url.hostname or "", url.port)
    connection.request("GET", url.path + path, headers={} if host is None else {"Host": host})
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response, body


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    served = tmp_path / "served"
    (served / "sub folder").mkdir(parents=True)
    (served / ".hidden").mkdir()
    notebooks.write(served / "a.ipynb", notebooks.markdown("A [link](https://example.org) ![](plot.png)"))
    notebooks.write(served / "sub folder" / "b #1.ipynb", notebooks.code("1"))
    notebooks.write(served / ".hidden" / "c.ipynb", notebooks.code("1"))
    notebooks.write(tmp_path / "outside.ipynb", notebooks.code("1"))
    (served / "plot.png").write_bytes(b"a picture")
    (served / "secret.txt").write_text("secret")
    (served / "way out.ipynb").symlink_to(tmp_path / "outside.ipynb")
    return served


def test_the_index_has_the_notebooks_and_none_that_are_hidden(folder: Path) -> None:
    with serving(folder) as server:
        response, body = ask(server, "")
        assert response.status == 200
        assert 'href="n/0/a.ipynb"' in body
        assert 'href="n/0/sub%20folder/b%20%231.ipynb"' in body
        assert ".hidden" not in body
        response, body = ask(server, "n/0/sub%20folder/b%20%231.ipynb")
        assert response.status == 200
        assert 'src="../../../p/0/sub%20folder/b%20%231.ipynb"' in body


def test_a_page_may_show_pictures_beside_it_and_its_links_open_elsewhere(folder: Path) -> None:
    with serving(folder) as server:
        response, body = ask(server, "p/0/a.ipynb")
        assert '<a target="_blank" rel="noopener noreferrer" href="https://example.org"' in body
        policy = response.getheader("Content-Security-Policy") or ""
        assert policy.startswith("sandbox ")
        assert "allow-scripts" not in policy
        assert "script-src 'none'" in policy
        response, body = ask(server, "p/0/plot.png")
        assert (response.status, response.getheader("Content-Type"), body) == (200, "image/png", "a picture")


@pytest.mark.parametrize(
    "path",
    [
        "p/0/secret.txt",
        "p/0/.hidden/c.ipynb",
        "p/0/../outside.ipynb",
        "p/0/%2e%2e/outside.ipynb",
        "p/0//etc/passwd",
        "p/0/way%20out.ipynb",
        "n/0/way%20out.ipynb",
        "p/0/missing.ipynb",
        "p/1/a.ipynb",
        "p/-1/a.ipynb",
        "nonsense",
    ],
)
def test_nothing_else_of_the_machine_is_served(path: str, folder: Path) -> None:
    with serving(folder) as server:
        assert ask(server, path)[0].status == 404


def test_of_a_file_only_itself_and_pictures_are_served(folder: Path) -> None:
    notebooks.write(folder / "z.ipynb", notebooks.code("1"))
    with serving(Folder(folder, "a.ipynb")) as server:
        assert "z.ipynb" not in ask(server, "")[1]
        assert ask(server, "p/0/z.ipynb")[0].status == 404
        assert ask(server, "p/0/a.ipynb")[0].status == 200


def test_a_notebook_of_the_web_is_served_too(folder: Path) -> None:
    fetched = Fetched("https://example.org/w.ipynb", "w.ipynb", (folder / "a.ipynb").read_bytes())
    with serving(folder, Web(fetched)) as server:
        assert "https://example.org/w.ipynb" in ask(server, "")[1]
        assert "link" in ask(server, "p/1/w.ipynb")[1]
        assert ask(server, "p/1/a.ipynb")[0].status == 404


def test_who_does_not_know_the_secret_gets_nothing(folder: Path) -> None:
    with serving(folder) as server:
        url = urlsplit(server.url)
        for path in ("/", "/wrong/", f"/{server.secret[:-1]}/", "/p/0/a.ipynb", "/tnb.js", "/%C3%A4/"):
            connection = HTTPConnection(url.hostname or "", url.port)
            connection.request("GET", path)
            response = connection.getresponse()
            assert response.status == 404
            assert server.secret not in response.read().decode()
            connection.close()
    with serving(folder) as another:
        assert another.secret != server.secret


def test_a_page_of_the_web_that_took_a_name_for_this_machine_gets_nothing(folder: Path) -> None:
    with serving(folder) as server:
        assert ask(server, "", host=f"evil.example:{server.server_port}")[0].status == 421
        assert ask(server, "", host="")[0].status == 421
        assert ask(server, "", host="localhost:8888")[0].status == 200


@pytest.mark.parametrize(
    ("host", "public_address", "may"),
    [
        ("127.0.0.1:1", None, True),
        ("[::1]:1", None, True),
        ("LOCALHOST", None, True),
        ("localhost.evil.example", None, False),
        ("192.0.2.1", None, False),
        ("192.0.2.1:80", "0.0.0.0", True),
        ("[2001:db8::1]:80", "::", True),
        ("evil.example", "0.0.0.0", False),
        ("box.example", "box.example", True),
        (socket.gethostname(), "0.0.0.0", True),
    ],
)
def test_who_may_ask(host: str, public_address: str | None, may: bool) -> None:
    assert may_ask(host, public_address) is may


def test_it_listens_to_this_machine_alone(folder: Path) -> None:
    with serving(folder) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_what_cannot_be_shown_is_told(folder: Path) -> None:
    (folder / "broken.ipynb").write_text("{'")
    with serving(folder) as server:
        response, body = ask(server, "p/0/broken.ipynb")
        assert response.status == 500
        assert "it is not JSON" in body


def test_a_change_is_told_to_who_listens(folder: Path) -> None:
    with serving(folder) as server:
        url = urlsplit(server.url)
        connection = HTTPConnection(url.hostname or "", url.port, timeout=30)
        connection.request("GET", f"{url.path}changes/0/a.ipynb")
        response = connection.getresponse()
        notebooks.write(folder / "a.ipynb", notebooks.markdown("changed, and longer"))
        assert response.readline() == b"data: changed\n"
        connection.close()
        assert "changed, and longer" in ask(server, "p/0/a.ipynb")[1]


def test_the_index_changes_with_its_notebooks(folder: Path) -> None:
    site = Site((Folder(folder),))
    before = site.entries()
    notebooks.write(folder / "new.ipynb")
    assert site.entries() != before
