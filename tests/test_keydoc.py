"""The page about keys is the list of actions, as it is now."""

from __future__ import annotations

from pathlib import Path

from tui.actions import ACTIONS
from tui.keydoc import key_page

PAGE = Path(__file__).parent.parent / "docs" / "keys.md"


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == key_page(), "run: python -m tui.keydoc"


def test_every_action_is_on_it_once():
    page = key_page()
    assert [action.id for action in ACTIONS if page.count(f"| `{action.id}` |") != 1] == []
