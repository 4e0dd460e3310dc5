"""How the text of an element looks: what its tag means and CSS says, on top of what holds around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tui.render.html.colors import color_of, is_page_color, readable
from tui.render.rows import Rgb, Role, Style

if TYPE_CHECKING:
    from tui.render.canvas import Ground
    from tui.render.html.css import Declarations, Stylesheet
    from tui.render.html.tree import Element

_BOLD: Final = frozenset({"b", "strong", "th", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "mark"})
_ITALIC: Final = frozenset({"i", "em", "cite", "dfn", "var", "address"})
_UNDERLINED: Final = frozenset({"u", "ins"})
_STRUCK: Final = frozenset({"s", "strike", "del"})
_ROLES: Final = {
    "strong": Role.STRONG,
    "b": Role.STRONG,
    "th": Role.STRONG,
    "dt": Role.STRONG,
    "summary": Role.STRONG,
    "em": Role.EMPHASIS,
    "i": Role.EMPHASIS,
    "code": Role.CODE_IN_PROSE,
    "kbd": Role.CODE_IN_PROSE,
    "samp": Role.CODE_IN_PROSE,
    "tt": Role.CODE_IN_PROSE,
    "small": Role.MUTED,
    "caption": Role.MUTED,
    "figcaption": Role.MUTED,
    "blockquote": Role.QUOTE,
    "mark": Role.WARNING,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Role.HEADING),
}
_PRE: Final = frozenset({"pre", "listing", "xmp", "textarea", "plaintext"})
_WHITE_SPACE: Final = {"normal": False, "nowrap": False, "pre": True, "break-spaces": True}
"""Whether blanks are kept. `pre-wrap` is not among them: polars has it on all cells."""
_CELLS: Final = frozenset({"td", "th"})
_PLAIN: Final = Style()
_ALIGNMENTS: Final = {"left": "left", "start": "left", "right": "right", "end": "right", "center": "center"}


@dataclass(frozen=True, slots=True)
class Look:
    """What holds for the text of an element."""

    style: Style = _PLAIN
    color: Rgb | None = None
    """As CSS gives it."""
    background: Rgb | None = None
    is_pre: bool = False
    """Whether blanks and line breaks are kept."""
    align: str = ""
    """`left`, `right` or `center`, where the element itself says so."""
    is_hidden: bool = False

    def linked(self, address: str) -> Look:
        """The same as the text of a link."""
        return replace(self, style=replace(self.style, role=Role.LINK, underline=True, link=address))


class Looks:
    """The looks of the elements of a page."""

    def __init__(self, sheet: Stylesheet, ground: Ground) -> None:
        self._sheet = sheet
        self._ground = ground
        self._quick: dict[tuple[int, str], tuple[Look, Look]] = {}
        """Of elements of which nothing is said; hashing a look takes longer than looking it up."""
        self._known: dict[tuple[Look, str, str, tuple[tuple[str, str], ...]], Look] = {}

    def of(self, element: Element, around: Look) -> Look:
        """The look of an element, given that of its parent."""
        is_plain = not element.attributes and not self._sheet.by_tag
        if is_plain:
            quick = self._quick.get((id(around), element.tag))
            if quick is not None and quick[0] is around:
                return quick[1]
        look = self._styled(element, around)
        if is_plain:
            self._quick[id(around), element.tag] = around, look
        return look

    def _styled(self, element: Element, around: Look) -> Look:
        told = self._sheet.declared(element)
        given = element.attributes.get("align") or "" if "text-align" not in told else ""
        key = (around, element.tag, given, tuple(told.items()))
        look = self._known.get(key)
        if look is None:
            look = self._known[key] = self._make(element, around, told, given)
        return look

    def _make(self, element: Element, around: Look, told: Declarations, given: str) -> Look:
        tag = element.tag
        look = replace(around, align=_ALIGNMENTS.get(told.get("text-align", given.lower()), ""))
        look = replace(
            look, is_pre=_WHITE_SPACE.get(told.get("white-space", ""), around.is_pre or tag in _PRE)
        )
        is_hidden = told.get("display") == "none" or told.get("visibility") in ("hidden", "collapse")
        style = _by_css(_by_tag(around.style, tag), told)
        color, background = around.color, around.background
        if "color" in told:
            color = color_of(told["color"], self._ground) or color
        if "background-color" in told:
            background = self._background(told["background-color"], tag) or background
        if color is not None or background is not None:
            style = replace(style, fg=readable(color, background, self._ground), bg=background)
        return replace(look, style=style, color=color, background=background, is_hidden=is_hidden)

    def _background(self, value: str, tag: str) -> Rgb | None:
        for word in (value, *value.split()):
            color = color_of(word, self._ground)
            if color is not None:
                return None if tag not in _CELLS and is_page_color(color) else color
        return None


def _by_tag(style: Style, tag: str) -> Style:
    role = style.role if style.role is Role.HEADING else _ROLES.get(tag, style.role)
    return replace(
        style,
        role=role,
        bold=style.bold or tag in _BOLD,
        italic=style.italic or tag in _ITALIC,
        underline=style.underline or tag in _UNDERLINED,
        strike=style.strike or tag in _STRUCK,
    )


def _by_css(style: Style, told: Declarations) -> Style:
    weight = told.get("font-weight")
    if weight is not None:
        is_bold = weight in ("bold", "bolder") or (
            weight.isdecimal() and len(weight) < 5 and int(weight) > 500
        )
        role = style.role if is_bold or style.role is not Role.STRONG else Role.TEXT
        style = replace(style, bold=is_bold, role=role)
    if "font-style" in told:
        is_italic = told["font-style"].startswith(("italic", "oblique"))
        role = style.role if is_italic or style.role is not Role.EMPHASIS else Role.TEXT
        style = replace(style, italic=is_italic, role=role)
    line = told.get("text-decoration", "")
    return replace(
        style,
        underline=("underline" in line) or (style.underline and not line.startswith("none")),
        strike=("line-through" in line) or style.strike,
    )
