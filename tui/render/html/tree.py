"""HTML as a tree of what is drawn: elements and text, without comments, scripts and styles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_DROPPED: Final = frozenset(
    "script style title meta link template noscript noembed noframes datalist track source param".split()  # noqa: SIM905
)
_DEEPEST: Final = 80
"""Levels; what is nested deeper belongs to the element at that level."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(slots=True, eq=False)
class Element:
    """An element and what is in it."""

    tag: str
    attributes: Mapping[str, str | None]
    parent: Element | None = None
    children: list[Node] = field(default_factory=list["Node"])
    markup: str = ""
    """Of an SVG, all of it."""

    def attribute(self, name: str) -> str:
        """Its value; empty where there is none."""
        return self.attributes.get(name) or ""

    @property
    def classes(self) -> list[str]:
        """The names of its classes."""
        return self.attribute("class").split()

    @property
    def elements(self) -> list[Element]:
        """The elements directly in it."""
        return [child for child in self.children if isinstance(child, Element)]


Node: TypeAlias = Element | str


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed text."""

    root: Element
    styles: str
    """What its `<style>` elements hold."""


def parse(text: str) -> Document:
    """The tree of a text. In reasonable time only of one that `scan.too_costly` does not refuse."""
    from selectolax.lexbor import LexborHTMLParser

    parser = LexborHTMLParser(_SURROGATE.sub("\ufffd", text))
    root = Element("body", {})
    styles: list[str] = []
    todo: list[tuple[LexborNode, Element, int]] = []
    if parser.root is not None:
        todo.append((parser.root, root, 0))
    while todo:
        node, parent, depth = todo.pop()
        children: list[tuple[LexborNode, Element, int]] = []
        child = node.first_child
        while child is not None:
            tag = child.tag
            if tag == "-text":
                parent.children.append(child.text_content or "")
            elif tag == "style":
                styles.append(child.text())
            elif tag == "svg":
                parent.children.append(Element("svg", child.attributes, parent, markup=child.html or ""))
            elif child.is_element_node and tag not in _DROPPED:
                element = Element(tag or "", child.attributes, parent)
                parent.children.append(element)
                deeper = parent if depth >= _DEEPEST else element
                children.append((child, deeper, depth + 1))
            child = child.next
        todo += reversed(children)
    return Document(root, "\n".join(styles))


def text_of(element: Element) -> str:
    """All text in an element, as it is written."""
    found: list[str] = []
    todo: list[Node] = [element]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            found.append(node)
        else:
            todo += reversed(node.children)
    return "".join(found)


def last_table(element: Element) -> Element | None:
    """The table that ends last, and is in no other."""
    for child in reversed(element.elements):
        found = child if child.tag == "table" else last_table(child)
        if found is not None:
            return found
    return None
