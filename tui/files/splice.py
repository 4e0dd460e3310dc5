"""JSON text changed into the text of another value, with all that stays the same left as it is spelled.

Items that a change leaves alone keep their own text and the separators between them; new ones are written in
the file's style.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from kernelbridge.outputs import JsonValue
from tui.files.jsontext import (
    Element,
    Member,
    canonical,
    is_array,
    is_object,
    read_array,
    read_object,
    same_json,
)
from tui.files.style import Style, line_margin


class Item(NamedTuple):
    """One item of a new array or object: which old one it stands for, and its text if that is another."""

    origin: int | None
    text: str | None = None
    more: Iterable[str] = ()
    """What follows in the text, in pieces, which are read once."""


Items: TypeAlias = Sequence[Element] | Sequence[Member]
"""What an array or an object consists of now."""


@dataclass(frozen=True, slots=True)
class Splicer:
    """Splices into one text, in one style."""

    text: str
    style: Style

    def value(self, start: int, new: JsonValue, margin: str | None) -> str:
        """What to write in place of the value at `start` so that it becomes `new`.

        `margin` is the white space before the line that it begins on, None where all around it is on one
        line. Raises RecursionError for what nests too deeply.
        """
        if self.text.startswith("{", start) and is_object(new):
            return self._object(start, new, margin)
        if self.text.startswith("[", start) and is_array(new):
            return self._array(start, new, margin)
        return self.style.value(new, margin)

    def rejoin(self, start: int, end: int, old: Items, new: Sequence[Item], margin: str | None) -> str:
        """The array or object from `start` to `end`, whose items are `old`, with the items `new`."""
        return "".join(self.pieces(start, end, old, new, margin))

    def pieces(
        self, start: int, end: int, old: Items, new: Sequence[Item], margin: str | None
    ) -> Iterator[str]:
        """The same piece by piece, so that a long text is never there a second time."""
        text = self.text
        if not old or not new:
            whole = ["".join((self._text_of(item, old), *item.more)) for item in new]
            yield self.style.container(text[start], whole, text[end - 1], margin)
            return
        usual = self._separator(start, old)
        yield text[start : old[0].start]
        before: int | None = None
        for position, item in enumerate(new):
            if before is not None and item.origin == before + 1:
                yield text[old[before].end : old[before + 1].start]
            elif position:
                yield usual
            yield self._text_of(item, old)
            yield from item.more
            before = item.origin
        yield text[old[-1].end : end]

    def item_margin(self, start: int, end: int, old: Items, margin: str | None) -> str | None:
        """The white space before an item of the array or object; None where all stands on one line."""
        text = self.text
        if not old:
            return None if margin is None or self.style.indent is None else margin + self.style.indent
        if text.find("\n", start, end) < 0 and text.find("\r", start, end) < 0:
            return None
        return line_margin(text, old[0].start)

    def _text_of(self, item: Item, old: Items) -> str:
        if item.text is not None:
            return item.text
        if item.origin is None:
            return ""
        return self.text[old[item.origin].start : old[item.origin].end]

    def _separator(self, start: int, old: Items) -> str:
        """What stands between two items of this array or object, or would."""
        if len(old) > 1:
            return self.text[old[0].end : old[1].start]
        lead = self.text[start + 1 : old[0].start]
        return "," + lead if "\n" in lead or "\r" in lead else self.style.comma

    def _object(self, start: int, new: Mapping[str, JsonValue], margin: str | None) -> str:
        """An object turned into another; of a key that stands there twice the last counts."""
        members, end = read_object(self.text, start)
        last = {member.key: index for index, member in enumerate(members)}
        inner = self.item_margin(start, end, members, margin)
        items: list[tuple[str, Item]] = []
        for index, member in enumerate(members):
            if member.key not in new:
                continue
            item = Item(index)
            value = new[member.key]
            if last[member.key] == index and not same_json(member.value, value):
                head = self.text[member.start : member.value_start]
                item = Item(index, head + self.value(member.value_start, value, inner))
            items.append((member.key, item))
        added = [key for key in new if key not in last]
        items += [(key, Item(None, self.style.member(key, new[key], inner))) for key in added]
        keys = [member.key for member in members]
        if added and keys == sorted(keys):
            items.sort(key=lambda pair: pair[0])
        return self.rejoin(start, end, members, [item for _, item in items], margin)

    def _array(self, start: int, new: Sequence[JsonValue], margin: str | None) -> str:
        """An array turned into another: elements equal to an old one take its text."""
        old, end = read_array(self.text, start)
        values = [element.value for element in old]
        head = _common(values, new)
        tail = _common(values[head:][::-1], new[head:][::-1])
        middle = range(head, len(old) - tail)
        by_value = {_identity(values[index]): index for index in reversed(middle)}
        wanted = new[head : len(new) - tail]
        origins = [by_value.get(_identity(value)) for value in wanted]
        taken = set(origins)
        inner = self.item_margin(start, end, old, margin)
        items = [Item(index) for index in range(head)]
        for place, (value, origin) in enumerate(zip(wanted, origins, strict=True), head):
            if origin is not None:
                items.append(Item(origin))
            elif place in middle and place not in taken:
                items.append(Item(place, self.value(old[place].start, value, inner)))
            else:
                items.append(Item(None, self.style.value(value, inner)))
        items += [Item(index) for index in range(len(old) - tail, len(old))]
        return self.rejoin(start, end, old, items, margin)


def _common(old: Sequence[JsonValue], new: Sequence[JsonValue]) -> int:
    """How many values both begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if not same_json(one, other):
            break
        count += 1
    return count


def _identity(value: JsonValue) -> tuple[bool, str]:
    """What two values share exactly when they are the same JSON."""
    return (True, value) if isinstance(value, str) else (False, canonical(value))
