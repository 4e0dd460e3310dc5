"""A cell's code as a formatter of Python can take it: IPython's own lines stand aside meanwhile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PYTHON_MAGICS: Final = frozenset({"%%time", "%%timeit", "%%capture", "%%prun"})
"""Cell magics whose cell is Python all the same."""
_ALONE: Final = re.compile(
    r"(?P<indent>[ \t]*)(?P<line>%\w.*|!.*|\?{1,2}[\w.*]+[ \t]*|[\w.%]+\?{1,2}[ \t]*)$"
)
"""A line that is no Python."""
_ASSIGNED: Final = re.compile(r"(?P<indent>[ \t]*[\w., ]+=[ \t]*)(?P<line>%\w.*|!.*)$")
_STAND_IN: Final = "tnb_line_{number}_stands_aside"


@dataclass(frozen=True, slots=True)
class MaskedCode:
    """What the formatter gets, and what is to be put back."""

    head: str
    """The line of a cell magic, which the formatter does not see."""
    code: str
    aside: tuple[tuple[str, str], ...]
    """What stands in the code for a line, and the line."""
    is_quiet: bool
    """Whether it ends with a semicolon, with which its result is not shown."""

    def restored(self, formatted: str) -> str | None:
        """The formatted source; None where something that stood aside has no place in it any more."""
        text = formatted.rstrip("\n")
        for stand_in, line in self.aside:
            if text.count(stand_in) != 1:
                return None
            text = text.replace(stand_in, line)
        if self.is_quiet and not text.endswith(";"):
            text += ";"
        return self.head + text


def masked(source: str) -> MaskedCode | None:
    """The code of a cell to be formatted; None where it is empty, or in another language."""
    head, code = "", source
    if source.startswith("%%"):
        line, newline, code = source.partition("\n")
        if line.split()[0] not in _PYTHON_MAGICS:
            return None
        head = line + newline
    if not code.strip():
        return None
    aside: list[tuple[str, str]] = []
    lines: list[str] = []
    for line in code.split("\n"):
        found = _ALONE.match(line) or _ASSIGNED.match(line)
        if found is None:
            lines.append(line)
            continue
        if line.endswith("\\"):
            return None  # it goes on in lines that look like code
        stand_in = _STAND_IN.format(number=len(aside))
        aside.append((stand_in, found["line"]))
        lines.append(found["indent"] + stand_in)
    return MaskedCode(head, "\n".join(lines), tuple(aside), code.rstrip().endswith(";"))
