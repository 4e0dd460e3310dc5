"""The way in which a file spells its JSON, found in its text, and new values written that way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kernelbridge.outputs import JsonValue
from tui.files.jsontext import Member, is_array, is_object

_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|["\\/bfnrt])')
_WIDE_ESCAPE = re.compile(r"\\(?:u(?!00[01])[0-9a-fA-F]{4})")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_COMMA = ", "
_write_ascii = json.JSONEncoder().encode
_write_unicode = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Style:
    """How JSON is spelled. The defaults are nbformat's own (`nbformat.v4.nbjson`): indent 1, keys sorted."""

    newline: str = "\n"
    indent: str | None = " "
    """What each level is indented by; None when everything is on one line."""
    colon: str = ": "
    comma: str = _COMMA
    """Between what stands on one line; between lines it is a bare comma."""
    ascii_only: bool = False
    """Whether what is not ASCII is written as `\\uXXXX`."""
    upper_hex: bool = False
    """Whether the digits of `\\uXXXX` are in upper case."""
    sort_keys: bool = True

    def string(self, text: str) -> str:
        """A string; lone surrogates, which UTF-8 does not have, as escapes."""
        written = _write_ascii(text) if self.ascii_only else _write_unicode(text)
        if not written.isascii():
            written = _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
        if self.upper_hex and "\\u" in written:
            written = _ESCAPE.sub(lambda found: f"\\u{found[1].upper()}" if found[1] else found[0], written)
        return written

    def value(self, value: JsonValue, margin: str | None) -> str:
        """Any value.

        `margin` is the white space before the line that it begins on; None puts all of it on one line.
        Raises RecursionError for what nests too deeply.
        """
        if isinstance(value, str):
            return self.string(value)
        inner = None if margin is None or self.indent is None else margin + self.indent
        if is_object(value):
            keys: Iterable[str] = sorted(value) if self.sort_keys else value
            members = [self.member(key, value[key], inner) for key in keys]
            return self.container("{", members, "}", margin)
        if is_array(value):
            return self.container("[", [self.value(item, inner) for item in value], "]", margin)
        return _write_ascii(value)

    def member(self, key: str, value: JsonValue, margin: str | None) -> str:
        """One member of an object: key, colon and value."""
        return self.string(key) + self.colon + self.value(value, margin)

    def container(self, opening: str, items: Sequence[str], closing: str, margin: str | None) -> str:
        """An object or array around items that are written already."""
        if not items:
            return opening + closing
        if margin is None or self.indent is None:
            return opening + self.comma.join(items) + closing
        line = self.newline + margin + self.indent
        return opening + line + f",{line}".join(items) + self.newline + margin + closing


def detect(text: str, top: Sequence[Member], cell_keys: Sequence[str]) -> Style:
    """The style of a notebook's text, given its top level's members and the keys of a cell in their order.

    Files that mix styles get the one that they begin with; that is why what does not change is never written
    anew.
    """
    if not top:
        return Style()
    first = top[0]
    before = text[: first.start]
    newline = next((end for end in ("\r\n", "\n", "\r") if end in before), None)
    keys = [member.key for member in top]
    return Style(
        newline=newline or "\n",
        indent=None if newline is None else before.rsplit(newline[-1], 1)[1],
        colon=text[first.start : first.value_start].removeprefix(_key_text(text, first)),
        comma=_comma(text, top, newline),
        ascii_only=text.isascii() and _has_escape(text, _WIDE_ESCAPE),
        upper_hex=_is_upper_hex(text),
        sort_keys=keys == sorted(keys) and list(cell_keys) == sorted(cell_keys),
    )


def line_margin(text: str, index: int) -> str:
    """The white space at the beginning of the line that `index` stands in."""
    start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    end = start
    while text[end : end + 1] in {" ", "\t"}:
        end += 1
    return text[start:end]


def _key_text(text: str, member: Member) -> str:
    colon = text.rindex(":", member.start, member.value_start)
    return text[member.start : colon].rstrip(" \t\r\n")


def _comma(text: str, top: Sequence[Member], newline: str | None) -> str:
    """What separates items that stand on one line."""
    if newline is not None or len(top) == 1:
        return _COMMA
    return text[top[0].end : top[1].start]


def _has_escape(text: str, kind: re.Pattern[str]) -> bool:
    """Whether the text has such an escape; a backslash that is itself escaped begins none."""
    return any(_backslashes_before(text, found.start()) % 2 == 0 for found in kind.finditer(text))


def _is_upper_hex(text: str) -> bool:
    """Whether the first escape that has a letter among its digits has it in upper case."""
    for found in re.finditer(r"\\u(?=[0-9]{0,3}[a-fA-F])[0-9a-fA-F]{4}", text):
        if _backslashes_before(text, found.start()) % 2 == 0:
            return found[0][2:] == found[0][2:].upper()
    return False


def _backslashes_before(text: str, index: int) -> int:
    start = index
    while start and text[start - 1] == "\\":
        start -= 1
    return index - start
