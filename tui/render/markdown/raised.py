"""Superscripts and subscripts as characters of their own, where there are such."""

from __future__ import annotations

from typing import Final

_PLAIN: Final = "0123456789+-−=()n"
_BY_TAG: Final = {
    "sup": dict(zip(_PLAIN + "i", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True)),
    "sub": dict(zip(_PLAIN + "aeijx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙₐₑᵢⱼₓ", strict=True)),
}
_SIGN: Final = {"sup": "^", "sub": "_"}


def raised(text: str, tag: str) -> str:
    """The text as small characters above (`sup`) or below (`sub`) the line; else as one writes it."""
    small = [_BY_TAG[tag].get(character) for character in text]
    if None not in small:
        return "".join(character or "" for character in small)
    return f"{_SIGN[tag]}{text}" if len(text) == 1 else f"{_SIGN[tag]}({text})"
