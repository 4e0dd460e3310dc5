"""One line as it was printed, with escapes and controls in it, turned into what a terminal would show of it.

Only colour survives: every other escape sequence is removed, and what cannot be printed is dropped or marked.
"""

from __future__ import annotations

import re
from typing import Final

from kernelbridge.openline import PlainLine
from tui.render.rowops import row_width
from tui.render.rows import Role, Row, Span
from tui.render.sgr import NO_SGR, Sgr, apply_sgr, styled
from tui.render.width import cell_width
from tui.sanitize import ESCAPE, visible

_TAB: Final = 8
_IGNORED: Final = re.compile(
    "[\x00-\x08\r\x0e-\x1f\x7f]+"
)  # what a terminal neither shows nor leaves room for
_SGR: Final = re.compile(r"\x1b\[([0-9;:]*)m")
_RESETS: Final = ("\x1b[0m", "\x1b[m")
_ERASES: Final = ("\x1b[2K", "\x1b[K", "\x1b[0K")  # the whole line, where a line begins with them


def is_plain(line: str) -> bool:
    """Whether the line is what it looks like: as many cells as characters, nothing to interpret."""
    return line.isascii() and line.isprintable()


def is_edited(line: str) -> bool:
    """Whether the line holds carriage returns or backspaces."""
    return "\r" in line or "\b" in line


def most_cells(line: str) -> int:
    """How many cells the line takes at most, told by its length alone."""
    widest = len(line) if line.isascii() else 2 * len(line)
    return widest + (_TAB - 1) * line.count("\t")


def sgr_after(line: str, sgr: Sgr) -> Sgr:
    """The state at the end of a line that is not edited."""
    if "\x1b" not in line and "\x9b" not in line:
        return sgr
    for reset in _RESETS:
        _, found, line = line.rpartition(reset)
        if found:
            sgr = NO_SGR
    for escape in ESCAPE.finditer(line):
        if escape["final"] == "m" and not escape["intermediate"]:
            sgr = apply_sgr(sgr, escape["parameters"])
    return sgr


def settled(line: str) -> str:
    """The line with its carriage returns and backspaces applied, as to a stream that a kernel prints."""
    if not is_edited(line):
        return line
    return PlainLine().feed(_without_overwritten(line)).text


def ascii_text(line: str, sgr: Sgr) -> tuple[str, Sgr]:
    """What an ASCII line shows, without colours, and the state at its end: the quick way to its width."""
    text = _SGR.sub("", line)
    if not is_plain(text):
        line = settled(line)
        text = _IGNORED.sub("", ESCAPE.sub("", line)).expandtabs(_TAB)
    for parameters in _SGR.findall(line):
        sgr = apply_sgr(sgr, parameters)
    return text, sgr


def terminal_row(line: str, sgr: Sgr, role: Role) -> tuple[Row, Sgr]:
    """The line as one row, however wide, and the state at its end."""
    line = settled(line)
    if is_plain(_SGR.sub("", line)):
        return _coloured(line, sgr, role)
    spans: list[Span] = []
    column = at = 0
    for escape in ESCAPE.finditer(line):
        if escape.start() > at:
            spans.append(_span(line[at : escape.start()], column, sgr, role))
            column += spans[-1].width
        at = escape.end()
        if escape["final"] == "m" and not escape["intermediate"]:
            sgr = apply_sgr(sgr, escape["parameters"])
    if at < len(line):
        spans.append(_span(line[at:], column, sgr, role))
    return tuple(span for span in spans if span.text), sgr


def trimmed(row: Row, width: int) -> Row:
    """The row as it is, or if it is too wide, without blanks at its end that show nothing.

    Programs that count on 80 columns fill their rows with them.
    """
    if row_width(row) <= width:
        return row
    spans = list(row)
    while spans and spans[-1].style.bg is None and not spans[-1].style.reverse | spans[-1].style.underline:
        last = spans.pop()
        text = last.text.rstrip(" ")
        if text:
            return (*spans, Span(text, last.style, last.width - len(last.text) + len(text)))
    return tuple(spans)


def shows_nothing(line: str) -> bool:
    """Whether nothing of a line is to be seen: it has escapes alone, or blanks alone."""
    return not line.strip(" ") or ("\x1b" in line and not ESCAPE.sub("", line))


def _coloured(line: str, sgr: Sgr, role: Role) -> tuple[Row, Sgr]:
    """The row of a line that holds nothing but plain text and colours: nearly all that have any."""
    spans: list[Span] = []
    style = styled(sgr, role)
    for number, part in enumerate(_SGR.split(line)):
        if number % 2:
            sgr = apply_sgr(sgr, part)
            style = styled(sgr, role)
        elif part:
            spans.append(Span(part, style, len(part)))
    return tuple(spans), sgr


def _span(text: str, column: int, sgr: Sgr, role: Role) -> Span:
    text = visible(_IGNORED.sub("", text))
    if "\t" in text:
        text = _expanded(text, column)
    return Span(text, styled(sgr, role), cell_width(text))


def _expanded(text: str, column: int) -> str:
    """The text, which begins at `column`, with blanks up to the next tab stop for each tab."""
    *parts, last = text.split("\t")
    expanded: list[str] = []
    for part in parts:
        gap = _TAB - (column + cell_width(part)) % _TAB
        expanded.append(part + " " * gap)
        column = 0  # at a stop
    return "".join(expanded) + last


def _without_overwritten(line: str) -> str:
    """The line without what later text of it covers or erases: little but the end of a stored progress bar.

    What holds more than colours is kept and covers nothing, as its width is not known yet.
    """
    parts = line.split("\r")
    kept: list[str] = []
    covered = 0
    while parts:
        part = parts.pop()
        shown = _SGR.sub("", part)
        if part.startswith(_ERASES):
            kept += [part, _colours("\r".join(parts))]
            break
        if "\x1b" in shown or "\b" in shown:
            kept.append(part)
        elif len(shown) > covered:
            kept.append(part)
            covered = len(shown)
        elif part.endswith(_RESETS):
            if not kept or kept[-1] != _RESETS[0]:
                kept.append(_RESETS[0])
        elif shown is not part:
            kept.append(part)
    return "\r".join(reversed(kept))


def _colours(text: str) -> str:
    """The SGR sequences of a text, from its last reset on."""
    sequences = "".join(match.group() for match in _SGR.finditer(text))
    return sequences[max(0, *(sequences.rfind(reset) for reset in _RESETS)) :]
