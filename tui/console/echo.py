"""Code that was run, as it stays on the screen: own code as it stood in the prompt, that of others marked."""

from __future__ import annotations

from typing import Final

from tui.console.promptview import PromptView, code_rows
from tui.console.transcript import OTHERS
from tui.render.languages import Language
from tui.render.rowops import row_width, text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean

_WHO: Final = Style(Role.MUTED)
_WAITING: Final = Style(Role.MUTED)
_MOST_WAITING: Final = 3


def echo_rows(code: str, number: str, language: Language, width: int) -> list[Row]:
    """Code of our own."""
    view = PromptView(language)
    view.fit(width, number)
    return view.echo(code)


def foreign_rows(code: str, by: str, number: str, language: Language, width: int) -> list[Row]:
    """Code that another frontend runs, with who that is above it."""
    room = max(4, width - row_width(OTHERS))
    head = wrap(text_row(clean(f"{by or 'another frontend'} runs [{number}]"), _WHO), room)
    return [(*OTHERS, *row) for row in (*head, *code_rows(code.rstrip("\n"), language, room))]


def waiting_rows(codes: list[str], width: int) -> list[Row]:
    """Code of our own that waits for what runs."""
    rows = [_waiting(code, width) for code in codes[:_MOST_WAITING]]
    if len(codes) > _MOST_WAITING:
        rows.append(_waiting(f"and {len(codes) - _MOST_WAITING} more", width))
    return rows


def _waiting(code: str, width: int) -> Row:
    first, _, rest = code.strip().partition("\n")
    line = f"waits: {first}{' …' if rest else ''}"
    return wrap(text_row(clean(line), _WAITING), width)[0]
