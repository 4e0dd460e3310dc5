"""Sequences of kitty's graphics protocol: a picture sent, and taken away.

Source: https://sw.kovidgoyal.net/kitty/graphics-protocol/ ("Transferring pixel data", "Unicode placeholders",
"Deleting images"). Nothing is answered (q=2), as answers would come in between keys.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Final

from tui.terminal.graphics.gallery import Pixels

_CHUNK: Final = 4096
"""Characters of base64 in a sequence, the most that the protocol allows."""


def transmission(picture: int, pixels: Pixels) -> list[str]:
    """The sequences that give the terminal a picture by that id, for cells that stand for it (U=1)."""
    data = b64encode(pixels.data).decode("ascii")
    pieces = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    size = f"s={pixels.width},v={pixels.height},c={pixels.columns},r={pixels.rows}"
    about = f"a=T,U=1,q=2,f=32,o=z,i={picture},{size}"
    heads = [about, *["q=2"] * (len(pieces) - 1)]
    last = len(pieces) - 1
    return [
        f"\x1b_G{head},m={0 if number == last else 1};{piece}\x1b\\"
        for number, (head, piece) in enumerate(zip(heads, pieces, strict=True))
    ]


def deletion(picture: int) -> str:
    """The sequence that takes a picture away, and frees its memory."""
    return f"\x1b_Ga=d,d=I,q=2,i={picture}\x1b\\"


def through_tmux(sequence: str) -> str:
    """The sequence for the terminal around tmux, which lets it pass where `allow-passthrough` is on."""
    doubled = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"
