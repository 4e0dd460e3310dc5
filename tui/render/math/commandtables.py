"""What commands of the same rule differ in: names and values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.render.math.alphabets import Alphabet
from tui.render.math.nodes import Face, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

SPACES: Final = {
    **dict.fromkeys(
        [",", ":", ">", ";", " ", "\n", "thinspace", "medspace", "thickspace", "enspace", "space"], 1
    ),
    **dict.fromkeys(["!", "negthinspace", "negmedspace", "negthickspace", "/", "allowbreak", "nobreak"], 0),
    "quad": 2,
    "qquad": 4,
    "hfill": 2,
}
"""Cells of room that a command leaves."""

IGNORED: Final = (
    "displaystyle textstyle scriptstyle scriptscriptstyle tiny scriptsize footnotesize small normalsize large"
    " Large LARGE huge Huge nonumber notag centering strut mathstrut null relax noindent protect unboldmath"
)
"""Commands that change nothing that can be seen here: sizes, mostly."""

FACES: Final[Mapping[str, Face | Alphabet]] = {
    "mathbb": Alphabet.DOUBLE_STRUCK,
    "Bbb": Alphabet.DOUBLE_STRUCK,
    "mathds": Alphabet.DOUBLE_STRUCK,
    "mathbbm": Alphabet.DOUBLE_STRUCK,
    "mathcal": Alphabet.SCRIPT,
    "mathscr": Alphabet.SCRIPT,
    "mathfrak": Alphabet.FRAKTUR,
    **dict.fromkeys(["mathbf", "boldsymbol", "bm", "pmb", "bold", "mathbfit", "symbf"], Face.BOLD),
    **dict.fromkeys(["mathrm", "mathsf", "mathtt", "mathup", "symup"], Face.UPRIGHT),
    **dict.fromkeys(["mathit", "mathnormal"], Face.MATH),
}
"""How the argument of a command looks."""

SWITCHES: Final[Mapping[str, Face | Alphabet]] = {
    "rm": Face.UPRIGHT,
    "bf": Face.BOLD,
    "it": Face.MATH,
    "cal": Alphabet.SCRIPT,
    "sf": Face.UPRIGHT,
    "tt": Face.UPRIGHT,
    "boldmath": Face.BOLD,
}
"""How the rest of the group looks behind a command."""

TEXTS: Final = {
    **dict.fromkeys(
        ["text", "textrm", "textnormal", "mbox", "hbox", "textsf", "texttt", "textup"], Face.UPRIGHT
    ),
    "textbf": Face.BOLD,
    **dict.fromkeys(["textit", "emph", "textsl"], Face.ITALIC),
}
"""Commands whose argument is words."""

ACCENTS: Final = {
    **dict.fromkeys(["hat", "widehat"], "\u0302"),
    **dict.fromkeys(["tilde", "widetilde"], "\u0303"),
    "bar": "\u0304",
    **dict.fromkeys(["vec", "overrightarrow"], "\u20d7"),
    "dot": "\u0307",
    "ddot": "\u0308",
    "dddot": "\u20db",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
    "mathring": "\u030a",
}
"""The combining characters of accents."""

ARROWS: Final = {
    "xrightarrow": ("─", "─", "→"),
    "xleftarrow": ("←", "─", "─"),
    "xleftrightarrow": ("←", "─", "→"),
    "xRightarrow": ("═", "═", "⇒"),
    "xLeftarrow": ("⇐", "═", "═"),
    "xmapsto": ("├", "─", "→"),
}
"""Tail, shaft and head of arrows that grow."""

KINDS: Final = {
    "mathbin": Kind.BINARY,
    "mathrel": Kind.RELATION,
    "mathord": Kind.ORDINARY,
    "mathopen": Kind.OPENING,
    "mathclose": Kind.CLOSING,
    "mathpunct": Kind.PUNCTUATION,
    "mathinner": Kind.ORDINARY,
}
"""What a command makes its argument."""
