"""Vim's search patterns as Python's: the magic that has a counterpart; what has none is a FailedError."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from tui.view.editor.vim.state import FailedError

_CLASSES: Final = {
    "s": "[ \\t]",
    "S": "[^ \\t\\n]",
    "d": "[0-9]",
    "D": "[^0-9\\n]",
    "w": "[0-9A-Za-z_]",
    "W": "[^0-9A-Za-z_\\n]",
    "a": "[A-Za-z]",
    "A": "[^A-Za-z\\n]",
    "l": "[a-z]",
    "L": "[^a-z\\n]",
    "u": "[A-Z]",
    "U": "[^A-Z\\n]",
    "x": "[0-9A-Fa-f]",
    "X": "[^0-9A-Fa-f\\n]",
    "h": "[A-Za-z_]",
    "H": "[^A-Za-z_\\n]",
    "o": "[0-7]",
    "i": "\\w",
    "k": "\\w",
    "I": "[^\\W\\d]",
    "K": "[^\\W\\d]",
    "f": "[\\w/.\\-+,#$%~=]",
    "p": "[^\\n]",
    "t": "\\t",
    "e": "\\x1b",
    "r": "\\r",
    "n": "\\n",
    "<": "(?<!\\w)(?=\\w)",
    ">": "(?<=\\w)(?!\\w)",
}
_POSIX: Final = {
    "alpha": "A-Za-z",
    "digit": "0-9",
    "alnum": "0-9A-Za-z",
    "lower": "a-z",
    "upper": "A-Z",
    "punct": "!-/:-@\\[-`{-~",
    "space": " \\t\\n\\r\\f\\v",
    "blank": " \\t",
    "xdigit": "0-9A-Fa-f",
}
_PLAIN: Final = {".": "[^\\n]", "|": "|", "<": _CLASSES["<"], ">": _CLASSES[">"]}
_START, _END = "zs", "ze"
_MAGIC: Final = {
    "v": frozenset("^$.*[~+=?{@|()<>&%"),
    "m": frozenset("^$.*[~"),
    "M": frozenset("^$"),
    "V": frozenset("^$"),
}
"""The characters that are special without a backslash."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that can be looked for."""

    compiled: re.Pattern[str]

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        r"""What a match is of, by `\zs` and `\ze`."""
        groups = self.compiled.groupindex
        start = match.start(_START) if _START in groups and match.start(_START) >= 0 else match.start()
        return start, match.start(_END) if _END in groups and match.start(_END) >= 0 else match.end()


def compiled(pattern: str, *, ignores_case: bool = False, last: str = "") -> Pattern:
    """The pattern; `last` is what was substituted last, for `~`. Raises FailedError."""
    translation = _Translation(pattern, last)
    translated = translation.whole()
    flags = re.MULTILINE
    if translation.ignores_case or (ignores_case and translation.ignores_case is None):
        flags |= re.IGNORECASE
    try:
        return Pattern(re.compile(translated, flags))
    except (re.error, OverflowError, RecursionError):
        raise FailedError(f"No such pattern here: {pattern}") from None


@dataclass(slots=True)
class _Translation:
    """A pattern on its way, of which `done` is translated."""

    pattern: str
    last: str
    at: int = 0
    magic: str = "m"
    done: list[str] = field(default_factory=list[str])
    """Each item is one that a multiplier takes whole."""
    opened: list[int] = field(default_factory=list[int])
    """Where in `done` groups begin."""
    ignores_case: bool | None = None

    def whole(self) -> str:
        """The whole pattern translated."""
        while self.at < len(self.pattern):
            self._item()
        if self.opened:
            raise FailedError(f"A group is not closed: {self.pattern}")
        return "".join(self.done)

    def _item(self) -> None:
        character, self.at = self.pattern[self.at], self.at + 1
        is_special = character in _MAGIC[self.magic]
        if character == "\\":
            if self.at == len(self.pattern):
                self.done.append("\\\\")
                return
            character, self.at = self.pattern[self.at], self.at + 1
            if character in "vmMVcC":
                self._set_switch(character)
                return
            if character in _CLASSES and character not in _MAGIC[self.magic]:
                self.done.append(_CLASSES[character])
                return
            is_special = character not in _MAGIC[self.magic]
            if character in "zZ_%" and not (character == "%" and self.magic == "v"):
                self._two(character)
                return
        if is_special:
            self._special(character)
        else:
            self.done.append(re.escape(character))

    def _set_switch(self, character: str) -> None:
        if character in "cC":
            self.ignores_case = character == "c"
        else:
            self.magic = character

    def _two(self, first: str) -> None:
        second, self.at = self.pattern[self.at : self.at + 1], self.at + 1
        match first + second:
            case "zs" | "ze" as name:
                self.done.append(f"(?P<{name}>)")
            case "%(":
                self._open("(?:")
            case "%^":
                self.done.append("\\A")
            case "%$":
                self.done.append("\\Z")
            case "_^":
                self.done.append("^")
            case "_$":
                self.done.append("$")
            case "_.":
                self.done.append("(?:.|\\n)")
            case "_s":
                self.done.append("[ \\t\\n]")
            case _ if first == "_" and second and second in _CLASSES:
                self.done.append(f"(?:{_CLASSES[second]}|\\n)")
            case _:
                raise FailedError(f"No such pattern here: {self.pattern}")

    def _special(self, character: str) -> None:
        match character:
            case "^":
                self.done.append("^" if self._begins_branch() else "\\^")
            case "$":
                self.done.append("$" if self._ends_branch() else "\\$")
            case "*" | "+" | "=" | "?" | "{":
                self._multiplier(character)
            case "@":
                self._look()
            case "[":
                self._collection()
            case "~":
                self.done.append(re.escape(self.last))
            case "(":
                self._open("(")
            case ")":
                self._close()
            case "&":
                raise FailedError(f"No such pattern here: {self.pattern}")
            case "%":
                self._two("%")
            case _:
                self.done.append(_PLAIN.get(character, re.escape(character)))

    def _multiplier(self, character: str) -> None:
        if character == "*" and (self._begins_branch() or self.done[-1] == "^"):
            self.done.append("\\*")
        elif character == "{":
            self._multiply(self._braces())
        else:
            self._multiply("?" if character in "=?" else character)

    def _begins_branch(self) -> bool:
        return not self.done or self.done[-1] in ("|", "(", "(?:", "\\n")

    def _ends_branch(self) -> bool:
        rest = self.pattern[self.at :]
        ends = ("|", ")") if self.magic == "v" else ("\\|", "\\)", "\\n")
        return not rest or rest.startswith(ends)

    def _multiply(self, multiplier: str) -> None:
        if not self.done or self.done[-1] in ("|", "(", "(?:"):
            raise FailedError(f"Nothing to repeat: {self.pattern}")
        self.done[-1] = (
            f"(?:{self.done[-1]}){multiplier}" if _is_long(self.done[-1]) else self.done[-1] + multiplier
        )

    def _braces(self) -> str:
        end = self.pattern.find("}", self.at)
        found = re.fullmatch(r"(-?)(\d*)(,?)(\d*)\\?", self.pattern[self.at : end]) if end >= 0 else None
        if found is None:
            raise FailedError(f"No such pattern here: {self.pattern}")
        self.at = end + 1
        lazy, low, comma, high = found.groups()
        bounds = f"{{{low or 0},{high}}}" if comma or not low else f"{{{low}}}"
        return bounds + ("?" if lazy else "")

    def _look(self) -> None:
        found = re.compile(r"\d*(=|!|<=|<!|>)").match(self.pattern, self.at)
        if found is None or not self.done:
            raise FailedError(f"No such pattern here: {self.pattern}")
        self.at = found.end()
        self.done[-1] = f"(?{found[1]}{self.done[-1]})"

    def _open(self, group: str) -> None:
        self.opened.append(len(self.done))
        self.done.append(group)

    def _close(self) -> None:
        if not self.opened:
            raise FailedError(f"A group is not opened: {self.pattern}")
        start = self.opened.pop()
        self.done[start:] = ["".join(self.done[start:]) + ")"]

    def _collection(self) -> None:
        found = re.compile(r"\^?\]?(?:\[:\w+:\]|\\.|[^\]])*\]").match(self.pattern, self.at)
        if found is None:
            self.done.append("\\[")
            return
        self.at = found.end()
        inner = found[0][:-1]
        sign = "^" if inner.startswith("^") else ""
        inner = inner.removeprefix("^")
        parts = re.compile(r"\[:(\w+):\]|\\([\\\]^ntre-])|(.)", re.DOTALL).finditer(inner)
        collected = "".join(map(_collected, parts))
        self.done.append(f"[^{collected}\\n]" if sign else f"[{collected}]")


def _collected(part: re.Match[str]) -> str:
    name, escaped, plain = part.groups()
    if name is not None:
        return _POSIX.get(name, "")
    if escaped is not None:
        return {"n": "\\n", "t": "\\t", "r": "\\r", "e": "\\x1b"}.get(escaped, f"\\{escaped}")
    return plain if plain == "-" else re.escape(plain)


def _is_long(item: str) -> bool:
    """Whether a multiplier would take only the last of it."""
    if item.startswith(("(", "[")) and item.endswith((")", "]")):
        return False
    return len(item) > 2 or (len(item) == 2 and not item.startswith("\\"))
