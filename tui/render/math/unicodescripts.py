"""Sub- and superscripts as characters of Unicode, which has some letters and signs so."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tui.render.math.nodes import Edge, Node, Sequence, Symbol, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUPERSCRIPTS: Final = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUWβγδθφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁᵂᵝᵞᵟᶿᵠᵡ",
        strict=True,
    )
)
_RAISED_ALREADY: Final = {
    "′": "′",
    "″": "″",
    "‴": "‴",
    "∘": "°",
    "°": "°",
    "*": "*",
    "∗": "*",
    "†": "†",
    "‡": "‡",
}
_SUBSCRIPTS: Final = dict(
    zip(
        "0123456789+−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)

_TABLES: Final[Mapping[Edge, Mapping[str, str]]] = MappingProxyType(
    {Edge.OVER: _SUPERSCRIPTS | _RAISED_ALREADY, Edge.UNDER: _SUBSCRIPTS}
)


def script_characters(node: Node, edge: Edge) -> str | None:
    """The script in one row, if Unicode has all of it: a superscript for `Edge.OVER`, else a subscript."""
    text = _flat(node)
    table = _TABLES[edge]
    if text is None or any(character not in table for character in text):
        return None
    return "".join(table[character] for character in text)


def _flat(node: Node) -> str | None:
    """The characters of a line of symbols; None where there is more to it."""
    match node:
        case Symbol() | Text():
            return node.text
        case Sequence():
            parts = [_flat(item) for item in node.items]
            return None if None in parts else "".join(part for part in parts if part is not None)
        case _:
            return None
