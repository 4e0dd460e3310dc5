"""Which URLs are used, and what is said of those that are not."""

from __future__ import annotations

import pytest

from kernelbridge.keeper.errors import ServerError
from kernelbridge.keeper.server.serveraddress import ServerAddress, authorization


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://Hub.example.org/user/ann", "https://hub.example.org/user/ann/"),
        ("https://h:443/user/ann/", "https://h/user/ann/"),
        ("HTTP://localhost:8888", "http://localhost:8888/"),
        ("http://127.1.2.3/", "http://127.1.2.3/"),
        ("http://[::1]:8888/x", "http://[::1]:8888/x/"),
        ("https://h/a%20b", "https://h/a%20b/"),
    ],
)
def test_a_base_is_kept(url: str, base: str) -> None:
    address = ServerAddress.parse(url)
    assert address.url == base
    assert address.to("api/kernels") == f"{base}api/kernels"
    assert address.websocket("x") == f"ws{base[4:]}x"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://ann:secret@h/", "user or a password"),
        ("https://secret@h/", "user or a password"),
        ("https://h/?token=secret", "holds a token"),
        ("https://h/lab#token=secret", "holds a token"),
        ("https://h/?secret", "leave out what follows"),
        ("https://h/#secret", "leave out what follows"),
        ("https://h/?", "leave out what follows"),
        ("http://example.org/", "not encrypted"),
        ("http://localhost.example.org/", "not encrypted"),
        ("http://0.0.0.0/", "not encrypted"),
        ("ftp://h/", "begins with https"),
        ("h:8888", "begins with https"),
        ("", "begins with https"),
        ("https:///x", "begins with https"),
        ("https://h/a/../b", "as a part of its path"),
        ("https://h\\@other/", "backslashes"),
        ("https://h/\nx", "control characters"),
        ("https://h:port/", "is none"),
        ("https://[::1/", "is none"),
    ],
)
def test_a_url_that_is_not_to_be_used_is_refused_with_the_reason(url: str, said: str) -> None:
    with pytest.raises(ServerError, match=said) as raised:
        ServerAddress.parse(url)
    assert "secret" not in str(raised.value)


def test_what_is_not_encrypted_can_be_allowed() -> None:
    assert ServerAddress.parse("http://example.org/", allow_plain=True).url == "http://example.org/"


@pytest.mark.parametrize("location", ["/other", "https://h/x", "x?y=1", "//h/x", "https://H:443/"])
def test_a_redirect_may_stay(location: str) -> None:
    address = ServerAddress.parse("https://h/user/ann/")
    assert address.redirected("https://h/user/ann/api", location).lower().startswith("https://h")


@pytest.mark.parametrize(
    "location",
    [
        "http://h/x",
        "https://h:8443/x",
        "//other/x",
        "https://ann@h/",
        "ftp://h/",
        "https://[",
        "javascript:1",
    ],
)
def test_a_redirect_may_not_lead_away(location: str) -> None:
    with pytest.raises(ServerError, match="redirects to"):
        ServerAddress.parse("https://h/user/ann/").redirected("https://h/user/ann/api", location)


@pytest.mark.parametrize("token", ["a b", "a\r\nX: y", "ä", "\0"])
def test_a_token_that_is_none_is_refused_and_not_repeated(token: str) -> None:
    with pytest.raises(ServerError) as raised:
        authorization(token)
    assert token not in str(raised.value)
