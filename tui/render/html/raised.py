"""Superscripts and subscripts as characters of their own, where there are such."""

from __future__ import annotations

from typing import Final

_PLAIN: Final = "0123456789+-=()n"
_BY_TAG: Final = {
    "sup": dict(zip(_PLAIN + "−i", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ⁻ⁱ", strict=True)),
    "sub": dict(zip(_PLAIN + "−aeijx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ₋ₐₑᵢⱼₓ", strict=True)),
}


def raised(text: str, tag: str) -> str | None:
    """The text as small characters above (`sup`) or below (`sub`) the line; None where one has no such."""
    small = [_BY_TAG[tag].get(character) for character in text]
    return "".join(character or "" for character in small) if None not in small else None
