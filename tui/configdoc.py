"""Writes the table of settings into `docs/config.md`: `python -m tui.configdoc`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tui.config import SETTINGS
from tui.tomltext import toml_value

_BEGIN: Final = "<!-- Made from the settings by `python -m tui.configdoc`; do not edit. -->\n"
_END: Final = "<!-- The settings end here. -->\n"


def settings_table() -> str:
    """The table in Markdown."""
    rows = [f"| `{one.name}` | `{toml_value(one.default)}` | {one.about} |" for one in SETTINGS]
    return "\n".join(["| Setting | Default | What it does |", "| --- | --- | --- |", *rows, ""])


def with_table(page: str) -> str:
    """The page with the table as it is now."""
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}\n{settings_table()}\n{_END}{after}"


def main() -> None:
    """Write the table into the page of the checkout that this module is in."""
    page = Path(__file__).parent.parent / "docs" / "config.md"
    page.write_text(with_table(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
