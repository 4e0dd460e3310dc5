"""What stands within a paragraph, heading or table cell: emphasis, code, links, images, mathematics, HTML."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tui.render.markdown.addresses import BARE_ADDRESS, is_honest, web_address
from tui.render.markdown.formulas import inline_formula
from tui.render.markdown.htmltags import Tag, read_tag
from tui.render.markdown.raised import raised
from tui.render.rows import Role, Row, Span, Style
from tui.render.width import cell_width
from tui.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_HTML: Final = Style(Role.FAINT)
_MOST_TAGS: Final = 16
"""Open tags that are heeded; nothing honest has more."""


def inline_lines(children: Sequence[Token], base: Style) -> list[Row]:
    """The lines of an inline token's children, one or more, broken only where the source says so."""
    writer = InlineWriter(base)
    for token in children:
        writer.add(token)
    return writer.lines()


class InlineWriter:
    """Turns tokens into spans; keeps the styles of what is open around them."""

    def __init__(self, base: Style) -> None:
        self._styles = [base]
        self._tags: list[Tag] = []
        """HTML's tags that are open."""
        self._lines: list[list[Span]] = [[]]
        self._link_text: list[str] = []
        self._target: str | None = None
        """What the open link leads to."""

    def lines(self) -> list[Row]:
        """What was written, one line or more; nothing can be added to it."""
        self._end_link(self._styles[-1])
        return [tuple(line) for line in self._lines]

    def add(self, token: Token) -> None:
        """Write one token."""
        style = self._styles[-1]
        match token.type:
            case "softbreak":
                self._write(" ", style)
            case "hardbreak":
                self.break_line()
            case "code_inline":
                self._write(token.content.replace("\n", " "), replace(style, role=Role.CODE_IN_PROSE))
            case "math_inline":
                self._write_spans(inline_formula(token.content.replace("\n", " "), self._within_tags(style)))
            case "em_open":
                self._styles.append(replace(style, role=_unless_heading(style, Role.EMPHASIS), italic=True))
            case "strong_open":
                self._styles.append(replace(style, role=_unless_heading(style, Role.STRONG), bold=True))
            case "s_open":
                self._styles.append(replace(style, strike=True))
            case "link_open":
                self._open_link(str(token.attrs.get("href", "")), style)
            case "link_close":
                self._end_link(self._styles.pop())
            case "em_close" | "strong_close" | "s_close":
                self._styles.pop()
            case "image":
                label = "".join(child.content or " " for child in token.children or () if not child.nesting)
                self._write_picture(label.strip(), str(token.attrs.get("src", "")), style)
            case "html_inline":
                self.add_html(token.content)
            case "footnote_ref":
                self._write(note_mark(str(token.meta["label"])), replace(style, role=Role.LINK))
            case _:
                self.add_text(token.content)

    def add_text(self, text: str) -> None:
        """Write text, in which web addresses are links."""
        style = self._styles[-1]
        if self._target is not None or "://" not in text:
            self._write(text, style)
            return
        end = 0
        for found in BARE_ADDRESS.finditer(text):
            self._write(text[end : found.start()], style)
            self._write(found.group(), replace(style, role=Role.LINK, underline=True, link=found.group()))
            end = found.end()
        self._write(text[end:], style)

    def add_html(self, markup: str) -> None:
        """Heed one tag; a comment is left out, and what is no tag of HTML is shown as it is spelled."""
        tag, style = read_tag(markup), self._styles[-1]
        if tag is None:
            if not markup.startswith(("<!", "<?")):
                self._write(markup.replace("\n", " "), replace(style, role=_HTML.role))
        elif tag.name == "br":
            self.break_line()
        elif tag.name == "img":
            self._write_picture(tag.attributes.get("alt", ""), tag.attributes.get("src", ""), style)
        elif tag.is_end:
            self._close_tag(tag.name, style)
        elif len(self._tags) < _MOST_TAGS and (tag.name != "a" or self._begins_link(tag)):
            self._tags.append(tag)

    def _begins_link(self, tag: Tag) -> bool:
        if self._target is not None or "href" not in tag.attributes:
            return False
        self._link_text, self._target = [], tag.attributes["href"]
        return True

    def _close_tag(self, name: str, style: Style) -> None:
        """Close the newest of the open tags of a name, if there is one."""
        for at in reversed(range(len(self._tags))):
            if self._tags[at].name == name:
                del self._tags[at]
                break
        if name == "a":
            self._end_link(style)

    def break_line(self) -> None:
        """What follows stands on the next line."""
        self._lines.append([])

    def _write(self, text: str, style: Style) -> None:
        for tag in self._tags:
            if tag.name in ("sub", "sup"):
                text = raised(text, tag.name)
        shown = clean(text)
        if shown:
            self._write_spans([Span(shown, self._within_tags(style), cell_width(shown))])

    def _within_tags(self, style: Style) -> Style:
        for tag in self._tags:
            style = tag.look(style)
        return style

    def _write_spans(self, spans: Sequence[Span]) -> None:
        self._link_text += [span.text for span in spans]
        self._lines[-1] += spans

    def _open_link(self, target: str, style: Style) -> None:
        self._close_tag("a", style)
        self._styles.append(replace(style, role=Role.LINK, underline=True, link=web_address(target)))
        self._link_text, self._target = [], target

    def _end_link(self, style: Style) -> None:
        """Say where the open link leads, if its text says otherwise."""
        target, self._target = self._target, None
        if target is not None and not is_honest("".join(self._link_text), target):
            self._write(f" ({target})", replace(style, role=Role.MUTED, underline=False))

    def _write_picture(self, description: str, source: str, style: Style) -> None:
        name = "embedded" if source.startswith("data:") else source.rpartition("/")[2].rpartition(":")[2]
        label = description or name
        shown = replace(style, role=Role.MUTED, link=style.link or web_address(source))
        self._write(f"[image: {label}]" if label else "[image]", shown)


def note_mark(label: str) -> str:
    """What stands for a footnote: its number, small and raised, or its name as it is spelled."""
    return raised(label, "sup") if label.isascii() and label.isdigit() else f"[^{label}]"


def _unless_heading(style: Style, role: Role) -> Role:
    return style.role if style.role is Role.HEADING else role
