r"""Letters in the alphabets of Unicode that LaTeX has commands for: `\mathbb`, `\mathcal`, `\mathfrak`."""

from __future__ import annotations

from enum import Enum
from typing import Final

_BLOCKS: Final = {
    "double-struck": (0x1D538, 0x1D552),
    "script": (0x1D49C, 0x1D4B6),
    "fraktur": (0x1D504, 0x1D51E),
}
_DIGITS: Final = {"double-struck": 0x1D7D8}
# What Unicode had before these blocks: the places there are empty.
_EXCEPTIONS: Final = {
    "double-struck": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}


class Alphabet(Enum):
    """An alphabet of Unicode."""

    DOUBLE_STRUCK = "double-struck"
    SCRIPT = "script"
    FRAKTUR = "fraktur"

    def letter(self, letter: str) -> str:
        """The letter or digit in this alphabet; what is not in it as it is."""
        if found := _EXCEPTIONS[self.value].get(letter):
            return found
        upper, lower = _BLOCKS[self.value]
        if "A" <= letter <= "Z":
            return chr(upper + ord(letter) - ord("A"))
        if "a" <= letter <= "z":
            return chr(lower + ord(letter) - ord("a"))
        if letter.isascii() and letter.isdigit() and self.value in _DIGITS:
            return chr(_DIGITS[self.value] + ord(letter) - ord("0"))
        return letter
