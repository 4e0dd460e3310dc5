"""The HTML tags that people write within markdown's text: what each does to the text between them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from tui.render.markdown.addresses import web_address
from tui.render.rows import Color, Role, Style

Look = Callable[[Style], Style]
"""How a tag changes the style of what it holds."""

_TAG: Final = re.compile(r"<(?P<end>/)?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^<>]*)>")
_ATTRIBUTE: Final = re.compile(r"([A-Za-z][\w-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_COLOR: Final = re.compile(r"(?:^|;)\s*color\s*:\s*([^;]+)")
_HEX: Final = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])|#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")
_HUES: Final = (1, 3, 2, 6, 4, 5)
"""The palette's red, yellow, green, cyan, blue and magenta, in the order of the hues."""
_NAMED: Final = {
    "red": 1, "darkred": 1, "crimson": 1, "firebrick": 1, "tomato": 1, "maroon": 1, "brown": 1, "salmon": 1,
    "green": 2, "darkgreen": 2, "lime": 2, "forestgreen": 2, "limegreen": 2, "seagreen": 2, "olive": 3,
    "yellow": 3, "orange": 3, "darkorange": 3, "gold": 3, "goldenrod": 3,
    "blue": 4, "darkblue": 4, "navy": 4, "royalblue": 4, "steelblue": 4, "dodgerblue": 4, "slateblue": 4,
    "purple": 5, "magenta": 5, "fuchsia": 5, "violet": 5, "indigo": 5, "pink": 5, "hotpink": 5, "orchid": 5,
    "cyan": 6, "aqua": 6, "teal": 6, "turquoise": 6, "skyblue": 6, "lightblue": 6,
}  # fmt: skip
_SILENT: Final = frozenset({
    "abbr", "address", "article", "aside", "big", "blockquote", "body", "center", "cite", "details",
    "div", "dl", "dt", "dd", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "html", "label", "li", "main", "nav", "ol", "p", "picture", "q", "section",
    "source", "span", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "wbr",
    "input", "button", "bdi", "bdo", "time", "ruby", "rt", "rp", "iframe", "video", "audio", "br", "hr",
    "img", "a", "script", "style", "font",
})  # fmt: skip
_LOOKS: Final[Mapping[str, Look]] = {
    **dict.fromkeys(("b", "strong"), lambda style: replace(style, role=_kept(style, Role.STRONG), bold=True)),
    **dict.fromkeys(
        ("i", "em", "cite", "var", "dfn"),
        lambda style: replace(style, role=_kept(style, Role.EMPHASIS), italic=True),
    ),
    **dict.fromkeys(("u", "ins"), lambda style: replace(style, underline=True)),
    **dict.fromkeys(("s", "del", "strike"), lambda style: replace(style, strike=True)),
    **dict.fromkeys(
        ("code", "kbd", "samp", "tt", "pre"),
        lambda style: replace(style, role=_kept(style, Role.CODE_IN_PROSE)),
    ),
    "mark": lambda style: replace(style, reverse=True),
    "small": lambda style: replace(style, role=_kept(style, Role.MUTED)),
    "sub": lambda style: style,
    "sup": lambda style: style,
}


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag, of those that are known."""

    name: str
    is_end: bool
    attributes: Mapping[str, str]
    """By their names in small letters."""

    @property
    def look(self) -> Look:
        """What it does to the text that it holds."""
        color = _color(self.attributes)
        if self.name == "a":
            link = web_address(self.attributes.get("href", ""))
            return lambda style: replace(style, role=Role.LINK, underline=True, link=link)
        look = _LOOKS.get(self.name, lambda style: style)
        return look if color is None else lambda style: replace(look(style), fg=color)


def read_tag(text: str) -> Tag | None:
    """The tag; None for what is none, or one that HTML does not know: a person then means it as it stands."""
    found = _TAG.fullmatch(text)
    name = found["name"].lower() if found else ""
    if found is None or (name not in _SILENT and name not in _LOOKS):
        return None
    attributes = {
        each[1].lower(): html.unescape(each[2] or each[3] or each[4] or "")
        for each in _ATTRIBUTE.finditer(found["rest"])
    }
    return Tag(name, found["end"] is not None, attributes)


def _color(attributes: Mapping[str, str]) -> Color | None:
    """The colour asked for, as the nearest of the palette's, which is readable in every theme."""
    styled = _COLOR.search(attributes.get("style", "").lower())
    asked = (styled[1] if styled else attributes.get("color", "").lower()).strip()
    if (found := _HEX.fullmatch(asked)) is None:
        return _NAMED.get(asked)
    short = [2 * digit for digit in found.groups()[:3] if digit]
    red, green, blue = (int(part, 16) / 255 for part in short or found.groups()[3:])
    import colorsys  # few cells have colours

    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    return _HUES[round(hue * 6) % 6] if saturation > 0.2 and 0.08 < lightness < 0.95 else None


def _kept(style: Style, role: Role) -> Role:
    return style.role if style.role in (Role.HEADING, Role.LINK) else role
