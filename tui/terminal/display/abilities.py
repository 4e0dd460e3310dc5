"""What a terminal can be asked for to save bytes, as terminfo(5) says of it."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Abilities:
    """Each is used only where it is sure."""

    erases_in_color: bool = False
    """Erasing leaves the background that is set (`bce`)."""
    repeats: bool = False
    """`CSI n b` writes the last character again (`rep`)."""
    scrolls_regions: bool = False
    """`CSI t;b r` and line feeds at the bottom scroll a part of the screen (`csr`)."""
    scrolls_by_count: bool = False
    """`CSI n S` and `CSI n T` scroll so many lines (`indn`, `rin`)."""
    shifts_cells: bool = False
    """`CSI n @` and `CSI n P` make room in a row and close it (`ich`, `dch`)."""
    saves_cursor: bool = False
    """`ESC 7` and `ESC 8` (DECSC and DECRC) keep where the cursor is and how it writes (`sc`, `rc`)."""
    goes_down_by_vt: bool = False
    """VT goes down as LF does (VT100 User Guide, table 3-10), and no line discipline adds CR to it."""
    synchronizes: bool = False
    """Mode 2026: what comes in between is shown at once."""


def abilities_here() -> Abilities:
    """What the terminal that this process is started in has."""
    return abilities_of(os.environ.get("TERM", ""), in_tmux=bool(os.environ.get("TMUX")))


def abilities_of(term: str, *, in_tmux: bool = False) -> Abilities:
    """What the terminal of that name has; nothing where terminfo does not know it.

    A process may ask about one terminal only: curses answers for the first one for ever. tmux erases in
    colour (CHANGES, 2.5), whatever its terminfo entries say.
    """
    import curses

    try:
        curses.setupterm(term, 1)
    except (curses.error, OSError, ValueError):
        return Abilities()
    return Abilities(
        erases_in_color=curses.tigetflag("bce") == 1 or in_tmux or term.startswith("tmux"),
        repeats=(curses.tigetstr("rep") or b"").startswith(b"%p1%c\x1b["),
        scrolls_regions=_is_csi("csr"),
        scrolls_by_count=_is_csi("indn") and _is_csi("rin"),
        shifts_cells=_is_csi("ich") and _is_csi("dch"),
        goes_down_by_vt=_goes_down_by_vt(term),
        saves_cursor=curses.tigetstr("sc") == b"\x1b7" and curses.tigetstr("rc") == b"\x1b8",
    )


def _is_csi(capability: str) -> bool:
    import curses

    return (curses.tigetstr(capability) or b"").startswith(b"\x1b[")


def _goes_down_by_vt(term: str) -> bool:
    """Emacs' own terminals know LF, and show VT as nothing."""
    import curses

    is_vt100 = curses.tigetstr("cud1") == b"\n" and curses.tigetstr("cuu1") != b"\v" and _is_csi("csr")
    return is_vt100 and not term.startswith("eterm")
