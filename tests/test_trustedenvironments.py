"""What a person chose once is used again, and only as long as it is the same."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from pythonenvironments import make_environment
from tui.locations import state_folder
from tui.trustedenvironments import is_trusted, trust


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    return make_environment(tmp_path / "reef" / ".venv", settings="home = /usr/bin\n")


def the_file() -> Path:
    return state_folder() / "trusted-environments.json"


def test_nothing_is_trusted_before_it_was_chosen(prefix: Path) -> None:
    assert not is_trusted(prefix)


def test_what_was_chosen_is_trusted_and_nothing_else(prefix: Path, tmp_path: Path) -> None:
    other = make_environment(tmp_path / "other" / ".venv")
    trust(prefix)
    assert is_trusted(prefix)
    assert not is_trusted(other)
    trust(other)
    assert is_trusted(prefix)
    assert is_trusted(other)


def test_one_that_was_made_anew_at_the_same_place_is_asked_for_anew(prefix: Path) -> None:
    trust(prefix)
    shutil.rmtree(prefix)
    assert not is_trusted(prefix)
    make_environment(prefix, settings="home = /usr/bin\n")
    assert not is_trusted(prefix)


def test_another_put_in_its_place_is_asked_for_anew(prefix: Path, tmp_path: Path) -> None:
    trust(prefix)
    prefix.rename(tmp_path / "away")
    make_environment(tmp_path / "new", settings="home = /usr/bin\n").rename(prefix)
    assert not is_trusted(prefix)


def test_a_link_that_leads_elsewhere_now_is_asked_for_anew(prefix: Path, tmp_path: Path) -> None:
    link = tmp_path / ".venv"
    link.symlink_to(prefix)
    trust(link)
    assert is_trusted(link)
    link.unlink()
    link.symlink_to(make_environment(tmp_path / "other"))
    assert not is_trusted(link)


def test_packages_installed_since_do_not_matter(prefix: Path) -> None:
    trust(prefix)
    (prefix / "lib" / "python3.11" / "site-packages" / "numpy").mkdir()
    (prefix / "share").mkdir()
    assert is_trusted(prefix)


def test_the_file_is_the_user_s_alone(prefix: Path) -> None:
    trust(prefix)
    assert stat.S_IMODE(the_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(state_folder().stat().st_mode) == 0o700
    assert [path.name for path in state_folder().iterdir()] == [the_file().name]


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"[" * 100_000, b"\xff", b'{"a": 3}'])
def test_a_file_that_is_damaged_trusts_nothing_and_is_made_anew(prefix: Path, text: bytes) -> None:
    state_folder().mkdir(parents=True)
    the_file().write_bytes(text)
    assert not is_trusted(prefix)
    trust(prefix)
    assert is_trusted(prefix)


def test_where_it_cannot_be_remembered_that_is_an_error(prefix: Path) -> None:
    state_folder().parent.mkdir(parents=True)
    state_folder().write_text("in the way")
    with pytest.raises(OSError, match="exists"):
        trust(prefix)
