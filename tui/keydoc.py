"""Writes `docs/keys.md` from the list of actions: `python -m tui.keydoc`."""

from __future__ import annotations

from pathlib import Path

from tui.actions import ACTIONS, Action, Group, Mode
from tui.keymap import Keymap

_INTRODUCTION = """\
# Keys

Made from the list of actions by `python -m tui.keydoc`; do not edit.

`^R` is Ctrl and R, `dd` is two presses of d. Keys that work in any terminal come first. Where a terminal
sends a plain Enter for Shift+Enter and Ctrl+Enter, use `^R` and `^E`. The list of commands (`^P`) has every
action.

Your own keys go into [`config.toml`](config.md), by the action's name:

```toml
[keys]
"cell.edit" = ["enter", "e"]
"run.all" = ["f5"]
```

In a cell, Emacs's keys work where they mean nothing else here: `^B`, `Alt+B` and `Alt+F`, `Alt+<` and
`Alt+>`, `Alt+V`, `Alt+W`, `^D`, `^K`, `^H`, `Alt+D` and `Alt+;`. `^A`, `^E`, `^P` and `^Y` have meanings that
notebooks gave them; `Alt+A` and `Alt+E` go to the start and the end of the line. Vim's keys can be had
instead: [vim.md](vim.md).
"""


def key_page() -> str:
    """The page in Markdown."""
    keymap = Keymap.default()
    parts = [_INTRODUCTION]
    for group in Group:
        lines = [_line(action, keymap) for action in ACTIONS if action.group is group]
        parts.append(
            "\n".join(
                [
                    f"## {group.value}\n",
                    "| | Command mode | Edit mode | Name |",
                    "| --- | --- | --- | --- |",
                    *lines,
                    "",
                ]
            )
        )
    return "\n".join(parts)


def _line(action: Action, keymap: Keymap) -> str:
    keys = (" ".join(f"`{label}`" for label in keymap.labels(action.id, mode)) for mode in Mode)
    return f"| {action.title} | {' | '.join(keys)} | `{action.id}` |"


def main() -> None:
    """Write the page into the checkout that this module is in."""
    Path(__file__).parent.parent.joinpath("docs", "keys.md").write_text(key_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
