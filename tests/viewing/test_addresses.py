"""Which notebook an address means."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.viewing.addresses import AddressError, FileAddress, GistAddress, WebAddress, address_of

RAW = "https://raw.githubusercontent.com"
GISTS = "https://api.github.com/gists"
ID = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("https://example.org/a.ipynb", FileAddress("https://example.org/a.ipynb")),
        ("http://example.org:8000/a.ipynb?x=1#part", FileAddress("http://example.org:8000/a.ipynb?x=1")),
        ("https://github.com/o/r/blob/main/d/a.ipynb", FileAddress(f"{RAW}/o/r/main/d/a.ipynb")),
        ("https://github.com/o/r/blob/main/a%20b.ipynb#x", FileAddress(f"{RAW}/o/r/main/a%20b.ipynb")),
        ("https://github.com/o/r/raw/v1.0/a.ipynb?raw=true", FileAddress(f"{RAW}/o/r/v1.0/a.ipynb")),
        ("https://nbviewer.org/github/o/r/blob/main/a.ipynb", FileAddress(f"{RAW}/o/r/main/a.ipynb")),
        ("https://nbviewer.org/urls/h.org/d/a.ipynb", FileAddress("https://h.org/d/a.ipynb")),
        ("https://nbviewer.org/url/h.org/a.ipynb", FileAddress("http://h.org/a.ipynb")),
        (
            "https://colab.research.google.com/github/o/r/blob/x/a.ipynb",
            FileAddress(f"{RAW}/o/r/x/a.ipynb"),
        ),
        (
            "https://gitlab.com/g/s/p/-/blob/main/a.ipynb",
            FileAddress("https://gitlab.com/g/s/p/-/raw/main/a.ipynb"),
        ),
        (f"https://gist.github.com/ann/{ID}", GistAddress(f"{GISTS}/{ID}")),
        (
            f"https://gist.github.com/{ID}#file-a-ipynb",
            GistAddress(f"{GISTS}/{ID}", "file-a-ipynb"),
        ),
        (f"https://nbviewer.org/gist/ann/{ID}", GistAddress(f"{GISTS}/{ID}")),
        ("o/r/d/a b.ipynb", FileAddress(f"{RAW}/o/r/HEAD/d/a%20b.ipynb")),
        ("a.ipynb", None),
        ("folder/a.ipynb", None),
        ("/o/r/a.ipynb", None),
        ("./o/r/a.ipynb", None),
        ("../o/r/a.ipynb", None),
    ],
)
def test_the_page_of_a_notebook_leads_to_the_notebook(said: str, meant: WebAddress | None) -> None:
    assert address_of(said) == meant


def test_a_file_that_is_there_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "o" / "r").mkdir(parents=True)
    (tmp_path / "o" / "r" / "a.ipynb").touch()
    assert address_of("o/r/a.ipynb") is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("https://ann:secret@example.org/a.ipynb", "it is not sent anywhere"),
        ("https://token@raw.githubusercontent.com/o/r/main/a.ipynb", "it is not sent anywhere"),
        ("ftp://example.org/a.ipynb", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("https://", "this is no address"),
        ("https://example.org/a b", "this is no address"),
        ("https://example.org:99999/a.ipynb", "99999"),
        ("https://[::1/a.ipynb", "IPv6"),
        ("https://github.com/o/r", "not the page of a file"),
        ("https://gist.github.com/ann/x", "not the page of a gist"),
        ("https://nbviewer.org/", "not the page of a notebook"),
    ],
)
def test_what_cannot_be_fetched_is_said_in_a_line_without_secrets(said: str, why: str) -> None:
    with pytest.raises(AddressError) as raised:
        address_of(said)
    assert why in str(raised.value) or "0-65535" in str(raised.value)
    assert "secret" not in str(raised.value)
    assert "token" not in str(raised.value)


@given(st.text(max_size=60))
def test_whatever_is_said_is_an_address_a_path_or_refused(path: str) -> None:
    for prefix in (
        "",
        "https://",
        "https://github.com/",
        "https://nbviewer.org/",
        "https://gist.github.com/",
    ):
        try:
            meant = address_of(prefix + path)
        except (AddressError, ValueError, OSError):
            continue
        assert meant is None or meant.url.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://h/d/a.ipynb", "a.ipynb"),
        ("https://h/a%20b.ipynb", "a b.ipynb"),
        ("https://h/", "notebook.ipynb"),
        ("https://h/..%2f..%2f.bashrc", "bashrc.ipynb"),
        ("https://h/%1b[2J.ipynb", "[2J.ipynb"),
    ],
)
def test_a_file_is_called_by_the_end_of_its_address(url: str, name: str) -> None:
    found = FileAddress(url).name
    assert "/" not in found
    assert found.isprintable()
    assert found == name.replace("[", "-").lstrip("-")
