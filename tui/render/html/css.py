"""The part of CSS that decides how text looks: rules of `<style>` elements, and `style` attributes.

Selectors are of tags, ids, classes, and elements within others; with anything else one matches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from tui.render.html.tree import Element

PROPERTIES: Final = frozenset(
    "color background-color font-weight font-style text-align text-decoration display visibility white-space"  # noqa: SIM905
    " list-style-type".split()
)  # fmt: skip
_SHORT_FOR: Final = {
    "background": "background-color",
    "text-decoration-line": "text-decoration",
    "list-style": "list-style-type",
}
_COMPOUND: Final = re.compile(r"(?P<tag>[a-zA-Z][a-zA-Z0-9-]*|\*)?(?P<rest>(?:[#.][\w-]+)*)")
_NAME: Final = re.compile(r"([#.])([\w-]+)")
_BRACE: Final = re.compile(r"[{}]")
_MOST_RULES: Final = 50_000
_MOST_OF_ONE_NAME: Final = 64
"""Rules for one class or tag, behind which others are left out; ids have as many."""
_MOST_STEPS: Final = 500_000
"""Elements that may be compared with a part of a selector, for all elements of a page."""
_LONGEST_SELECTOR: Final = 6  # parts
_ID, _CLASS, _TAG = 10_000, 100, 1

Declarations: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Compound:
    """What one element has to be."""

    tag: str | None
    id: str | None
    classes: frozenset[str]

    def fits(self, element: Element) -> bool:
        return (
            self.tag in (None, element.tag)
            and self.id in (None, element.attributes.get("id"))
            and (not self.classes or self.classes.issubset(element.classes))
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    """The declarations for elements that are `last`, within others."""

    last: _Compound
    within: tuple[_Compound, ...]
    """From the outermost."""
    weight: int
    order: int
    declarations: Declarations


@dataclass(slots=True)
class Stylesheet:
    """The rules of a page."""

    by_id: dict[str, list[_Rule]] = field(default_factory=dict[str, list[_Rule]])
    by_class: dict[str, list[_Rule]] = field(default_factory=dict[str, list[_Rule]])
    by_tag: dict[str, list[_Rule]] = field(default_factory=dict[str, list[_Rule]])
    _steps: int = 0

    def declared(self, element: Element) -> Declarations:
        """What is said of the element itself, the `style` attribute included; mostly nothing."""
        found = [rule for rule in self._candidates(element) if self._fits(rule, element)]
        inline = element.attributes.get("style")
        if not found:
            return declarations(inline) if inline else {}
        found.sort(key=lambda rule: (rule.weight, rule.order))
        merged: dict[str, str] = {}
        for rule in found:
            merged.update(rule.declarations)
        if inline:
            merged.update(declarations(inline))
        return merged

    def _candidates(self, element: Element) -> Iterator[_Rule]:
        own_id = element.attributes.get("id")
        if own_id and self.by_id:
            yield from self.by_id.get(own_id, ())
        if self.by_class and element.attributes.get("class"):
            for name in dict.fromkeys(element.classes):
                yield from self.by_class.get(name, ())
        if self.by_tag:
            yield from self.by_tag.get(element.tag, ())
            yield from self.by_tag.get("*", ())

    def _fits(self, rule: _Rule, element: Element) -> bool:
        self._steps += 1
        if self._steps > _MOST_STEPS or not rule.last.fits(element):
            return False
        around = element.parent
        for compound in reversed(rule.within):
            while around is not None and not compound.fits(around):
                self._steps += 1
                around = around.parent
            if around is None:
                return False
            around = around.parent
        return True

    def add(self, rule: _Rule) -> None:
        """Take a rule behind those that are there."""
        last = rule.last
        if last.id is not None:
            rules = self.by_id.setdefault(last.id, [])
        elif last.classes:
            rules = self.by_class.setdefault(min(last.classes), [])
        else:
            rules = self.by_tag.setdefault(last.tag or "*", [])
        if len(rules) < _MOST_OF_ONE_NAME:
            rules.append(rule)


def stylesheet(text: str) -> Stylesheet:
    """The rules of CSS text; what is not understood is left out, `@` rules among it."""
    sheet = Stylesheet()
    order = 0
    for prelude, body in _blocks(_without_comments(text)):
        told = declarations(body)
        if not told:
            continue
        for selector in prelude.split(","):
            rule = _rule(selector, order, told)
            order += 1
            if order > _MOST_RULES:
                return sheet
            if rule is not None:
                sheet.add(rule)
    return sheet


def _without_comments(text: str) -> str:
    first, *others = text.split("/*")
    return " ".join((first, *(other.partition("*/")[2] for other in others)))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule."""
    at = 0
    while (brace := text.find("{", at)) >= 0:
        prelude = text[at:brace].rpartition(";")[2].strip()
        end = text.find("}", brace)
        if end < 0:
            return
        if prelude.startswith("@"):
            at = _behind_block(text, brace)
            continue
        yield prelude, text[brace + 1 : end]
        at = end + 1


def _behind_block(text: str, brace: int) -> int:
    depth = 0
    for found in _BRACE.finditer(text, brace):
        depth += 1 if found.group() == "{" else -1
        if depth == 0:
            return found.end()
    return len(text)


def _rule(selector: str, order: int, told: Declarations) -> _Rule | None:
    parts = selector.replace(">", " ").split()
    if not 0 < len(parts) <= _LONGEST_SELECTOR:
        return None
    compounds = [_compound(part) for part in parts]
    known = [compound for compound in compounds if compound is not None]
    if len(known) < len(compounds):
        return None
    weight = sum(
        (_ID if one.id else 0) + _CLASS * len(one.classes) + (_TAG if one.tag else 0) for one in known
    )
    return _Rule(known[-1], tuple(known[:-1]), weight, order, told)


def _compound(text: str) -> _Compound | None:
    found = _COMPOUND.fullmatch(text)
    if found is None or not text:
        return None
    names = _NAME.findall(found["rest"])
    ids: Sequence[str] = [name for kind, name in names if kind == "#"]
    tag = (found["tag"] or "*").lower()
    classes = frozenset(name for kind, name in names if kind == ".")
    return _Compound(None if tag == "*" else tag, ids[-1] if ids else None, classes)


def declarations(text: str) -> Declarations:
    """The declarations in a `style` attribute or in a rule's braces, of the properties that are heeded."""
    found: dict[str, str] = {}
    for declaration in text.split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        name = _SHORT_FOR.get(name, name)
        value = value.partition("!")[0].strip().lower()
        if colon and value and name in PROPERTIES and "gradient(" not in value and "url(" not in value:
            found[name] = value
    return found
