"""What `make audit` looks at, of which licences and hashes hold without a network."""

from __future__ import annotations

from pathlib import Path

from audit.licences import licences, unwelcome
from audit.lock import without_hash

ROOT = Path(__file__).parents[1]


def test_all_that_is_installed_with_tnb_has_a_licence_that_is_allowed() -> None:
    found = licences("tnb", extras=("charts",))
    assert {"textual", "pyzmq", "vl-convert-python"} <= set(found)
    assert unwelcome(found) == {}


def test_a_licence_that_is_not_on_the_list_or_not_given_is_named() -> None:
    found = {"a": "GPL-3.0-only", "b": "", "c": "GPL-3.0-only OR MIT"}
    assert unwelcome(found) == {"a": "GPL-3.0-only", "b": ""}


def test_every_package_of_the_lock_is_pinned_by_hashes() -> None:
    assert without_hash(ROOT / "uv.lock") == []


def test_one_without_a_hash_is_named(tmp_path: Path) -> None:
    lock = tmp_path / "uv.lock"
    lock.write_text(
        '[[package]]\nname = "a"\nversion = "1"\nsource = { registry = "x" }\nwheels = [{ url = "y" }]\n'
    )
    assert without_hash(lock) == ["a 1"]
