"""What stands within a paragraph, heading or table cell: emphasis, code, links, images, mathematics, HTML."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tui.render.markdown.formulas import inline_formula
from tui.render.rows import Role, Row, Span, Style
from tui.render.width import cell_width
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_ADDRESS: Final = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_READS_AS_ADDRESS: Final = re.compile(
    r"\s*(?:[a-z][a-z0-9+.-]*://|www\.|[^\s/@]+\.(?P<domain>[^\W\d]{2,})(?:[/:?#]|\s*$))"
)
_FILE_ENDING: Final = re.compile(
    r"c|cc|cpp|cs|csv|gif|go|gz|h|hdf|html?|hs|ipynb|java|jl|jpe?g|js|json|lock|m|md|ml|npy|npz|parquet|pdf|pl"
    r"|png|pkl|py|r|rb|rs|rst|sh|so|sql|svg|tar|toml|ts|tsv|txt|whl|xlsx?|xml|ya?ml|zip"
)
_HTML: Final = Style(Role.FAINT)


def inline_lines(children: Sequence[Token], base: Style) -> list[Row]:
    """The lines of an inline token's children, one or more, broken only where the source says so."""
    writer = _Writer(base)
    for token in children:
        writer.add(token)
    return writer.lines()


class _Writer:
    """Turns tokens into spans; keeps the styles of what is open around them."""

    def __init__(self, base: Style) -> None:
        self._styles = [base]
        self._lines: list[list[Span]] = [[]]
        self._link_text: list[str] = []
        self._target = ""

    def lines(self) -> list[Row]:
        return [tuple(line) for line in self._lines]

    def add(self, token: Token) -> None:
        style = self._styles[-1]
        match token.type:
            case "text" | "text_special":
                self._write(token.content, style)
            case "softbreak":
                self._write(" ", style)
            case "hardbreak":
                self._lines.append([])
            case "code_inline":
                self._write(token.content.replace("\n", " "), replace(style, role=Role.CODE_IN_PROSE))
            case "math_inline":
                self._write_spans(inline_formula(token.content.replace("\n", " "), style))
            case "em_open":
                self._styles.append(replace(style, role=_unless_heading(style, Role.EMPHASIS), italic=True))
            case "strong_open":
                self._styles.append(replace(style, role=_unless_heading(style, Role.STRONG), bold=True))
            case "s_open":
                self._styles.append(replace(style, strike=True))
            case "link_open":
                self._open_link(str(token.attrs.get("href", "")), style)
            case "link_close":
                self._close_link()
            case "em_close" | "strong_close" | "s_close":
                self._styles.pop()
            case "image":
                self._write_image(token, style)
            case "html_inline":
                self._write(token.content.replace("\n", " "), replace(style, role=_HTML.role))
            case _:
                self._write(token.content, style)

    def _write(self, text: str, style: Style) -> None:
        shown = clean(text)
        if shown:
            self._link_text.append(shown)
            self._lines[-1].append(Span(shown, style, cell_width(shown)))

    def _write_spans(self, spans: Sequence[Span]) -> None:
        self._link_text += [span.text for span in spans]
        self._lines[-1] += spans

    def _open_link(self, target: str, style: Style) -> None:
        self._styles.append(replace(style, role=Role.LINK, underline=True, link=web_address(target)))
        self._link_text, self._target = [], target

    def _close_link(self) -> None:
        style = self._styles.pop()
        shown = "".join(self._link_text)
        if not is_honest(shown, self._target):
            self._write(f" ({self._target})", replace(style, role=Role.MUTED, underline=False))

    def _write_image(self, token: Token, style: Style) -> None:
        source = str(token.attrs.get("src", ""))
        name = "embedded" if source.startswith("data:") else source.rpartition("/")[2].rpartition(":")[2]
        label = (
            "".join(child.content or " " for child in token.children or () if not child.nesting).strip()
            or name
        )
        shown = replace(style, role=Role.MUTED, link=style.link or web_address(source))
        self._write(f"[image: {label}]" if label else "[image]", shown)


def web_address(target: str) -> str | None:
    """The target, if it is an http or https address in printable ASCII."""
    return target if _ADDRESS.fullmatch(target) else None


def is_honest(shown: str, target: str) -> bool:
    """Whether a link's text, if it reads as an address, is the one that the link leads to."""
    text = unicodedata.normalize("NFKC", shown).casefold()
    found = _READS_AS_ADDRESS.match(text)
    if found is None or _FILE_ENDING.fullmatch(found["domain"] or ""):
        return True
    return _bare(text) == _bare(target.casefold())


def _bare(address: str) -> str:
    """The address without what a text usually leaves out."""
    return re.sub(r"^https?://", "", address.strip()).removeprefix("www.").rstrip("/")


def _unless_heading(style: Style, role: Role) -> Role:
    return style.role if style.role is Role.HEADING else role
