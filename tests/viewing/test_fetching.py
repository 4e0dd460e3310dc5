"""Fetching: within limits, and without a word about who asks."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from localweb import Web, body, local_web
from tui.viewing import fetching, nearness
from tui.viewing.addresses import AddressError, FileAddress, GistAddress
from tui.viewing.fetching import FetchError, Limits, fetch

NOTEBOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with local_web() as server:
        yield server


def test_a_notebook_comes_with_its_name_and_nothing_is_told_of_who_asks(web: Web, nobodys_home: Path) -> None:
    (nobodys_home / ".netrc").write_text("machine 127.0.0.1 login ann password secret\n")
    web.answers["/d/a.ipynb"] = body(NOTEBOOK, Set_Cookie="a=b")
    fetched = fetch(FileAddress(web.url("/d/a.ipynb")))
    assert (fetched.name, fetched.data) == ("a.ipynb", NOTEBOOK)
    assert not {"authorization", "cookie", "referer"} & set(web.asked[0])
    assert web.asked[0]["user-agent"] == "tnb"


def test_a_redirect_is_followed_without_cookies_and_only_so_often(web: Web) -> None:
    elsewhere = web.url("/a.ipynb", host="localhost")
    web.answers["/moved"] = body(b"", 302, Location=elsewhere, Set_Cookie="a=b")
    web.answers["/a.ipynb"] = body(NOTEBOOK)
    assert fetch(FileAddress(web.url("/moved"))).data == NOTEBOOK
    assert not {"authorization", "cookie", "referer"} & set(web.asked[1])
    web.answers["/round"] = body(b"", 302, Location="/round")
    with pytest.raises(FetchError):
        fetch(FileAddress(web.url("/round")))
    assert len(web.asked) < 20


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("https://example.org/", "http://example.org/", "not encrypted"),
        ("https://example.org/", "https://127.0.0.1/", "a network of your own"),
        ("https://example.org/", "https://localhost/", "a network of your own"),
        ("http://example.org/", "http://10.1.2.3:8888/", "a network of your own"),
        ("http://example.org/", "http://localhost./", "a network of your own"),
        ("http://example.org/", "http://[::1]/", "a network of your own"),
        ("http://example.org/", "http://[::ffff:127.0.0.1]/", "a network of your own"),
        ("http://example.org/", "http://169.254.169.254/latest", "a network of your own"),
        ("http://example.org/", "http://ann:secret@example.net/", "it is not sent anywhere"),
        ("http://example.org/", "file:///etc/passwd", "only http and https"),
    ],
)
def test_some_redirects_are_not_followed(before: str, after: str, why: str) -> None:
    from email.message import Message
    from io import BytesIO
    from urllib.request import Request

    handler = fetching._CarefulRedirects()
    with pytest.raises((FetchError, AddressError), match=why):
        handler.redirect_request(Request(before), BytesIO(), 302, "", Message(), after)  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0x7f.0.0.1", "evil.example"])
def test_the_web_does_not_lead_here_by_whatever_name(
    host: str, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = {"far.example": "127.0.0.1", "evil.example": "127.0.0.1"}
    plain = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda name, *rest, **more: plain(numbers.get(name, name), *rest, **more)
    )
    hops = iter([False, True])  # the first is taken for one of the web, though it is here, too
    plainly_near = nearness.is_near
    monkeypatch.setattr(
        nearness, "is_near", lambda name: next(hops) if name == "127.0.0.1" else plainly_near(name)
    )
    web.answers["/moved"] = body(b"", 302, Location=web.url("/a.ipynb", host=host))
    web.answers["/a.ipynb"] = body(NOTEBOOK)
    with pytest.raises(FetchError, match=r"into a network of your own, to 127\.0\.0\.1"):
        fetch(FileAddress(web.url("/moved", host="far.example")))
    assert len(web.asked) == 1  # nothing was sent there


def test_within_ones_own_network_redirects_are_followed(web: Web) -> None:
    web.answers["/moved"] = body(b"", 302, Location=web.url("/a.ipynb", host="2130706433"))
    web.answers["/a.ipynb"] = body(NOTEBOOK)
    assert fetch(FileAddress(web.url("/moved"))).data == NOTEBOOK


def test_a_proxy_may_be_near(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", web.url(""))
    web.answers["http://far.example/a.ipynb"] = body(NOTEBOOK)
    assert fetch(FileAddress("http://far.example/a.ipynb")).data == NOTEBOOK


def test_what_is_too_long_is_refused_by_its_header_or_while_it_comes(web: Web) -> None:
    web.answers["/said"] = body(b"x", Content_Length=str(1 << 40))
    web.answers["/unsaid"] = body(b"x" * 3000)
    for path in ("/said", "/unsaid"):
        with pytest.raises(FetchError, match="longer than"):
            fetch(FileAddress(web.url(path)), Limits(size=2000))


def test_what_never_ends_or_never_begins_is_given_up(web: Web) -> None:
    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not web.over.wait(0.01):
            handler.wfile.write(b" ")

    def silence(handler: BaseHTTPRequestHandler) -> None:
        web.over.wait(60)

    web.answers.update({"/trickle": trickle, "/silence": silence})
    for path in ("/trickle", "/silence"):
        with pytest.raises(FetchError, match=r"longer than|timed out"):
            fetch(FileAddress(web.url(path)), Limits(seconds=0.3))


def test_what_is_wrong_is_said_in_a_line(web: Web) -> None:
    web.answers.update({"/gone": body(b"", 404), "/page": body(b"<!DOCTYPE html>"), "/cut": body(b"", 200)})
    with pytest.raises(FetchError, match="404 Not Found"):
        fetch(FileAddress(web.url("/gone")))
    with pytest.raises(FetchError, match="a web page, not a notebook"):
        fetch(FileAddress(web.url("/page")))
    with pytest.raises(FetchError, match="refused"):
        fetch(FileAddress("http://127.0.0.1:9/"))


def gist(**urls: str) -> bytes:
    return json.dumps({"files": {name: {"raw_url": url} for name, url in urls.items()}}).encode()


def test_of_a_gist_the_notebook_is_meant_and_the_one_that_its_address_names(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_RAW_GISTS", "127.0.0.1")
    files = {"read.md": web.url("/r"), "a b.ipynb": web.url("/a.ipynb"), "c.ipynb": web.url("/c.ipynb")}
    web.answers.update({"/gist": body(gist(**files)), "/a.ipynb": body(NOTEBOOK), "/c.ipynb": body(b"{}")})
    assert fetch(GistAddress(web.url("/gist"))).data == NOTEBOOK
    assert fetch(GistAddress(web.url("/gist"), "file-c-ipynb")).data == b"{}"
    with pytest.raises(FetchError, match=r"no such notebook in it; it has read\.md, a b\.ipynb, c\.ipynb"):
        fetch(GistAddress(web.url("/gist"), "file-d-ipynb"))


def test_a_gist_leads_nowhere_else(web: Web) -> None:
    web.answers.update({"/gist": body(gist(**{"a.ipynb": "http://evil.example/a"})), "/no": body(b"[]")})
    with pytest.raises(FetchError, match=r"evil\.example"):
        fetch(GistAddress(web.url("/gist")))
    with pytest.raises(FetchError, match="tells of no gist"):
        fetch(GistAddress(web.url("/no")))
