"""Pictures in markdown: attachments of the cell and data: addresses, where a paragraph is nothing else.

What is elsewhere stays a link with its text: nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from kernelbridge.outputs import JsonValue
from tui.render.canvas import Canvas
from tui.render.content import Content
from tui.render.drawing import CannotDrawError, Drawing, Pending
from tui.render.rowops import text_row, wrap
from tui.render.rows import Role, Row, Style
from tui.sanitize import clean

if TYPE_CHECKING:
    from markdown_it.token import Token

    from tui.render.markdown.parsing import Block

Attachments: TypeAlias = Mapping[str, JsonValue]
"""A cell's attachments, as nbformat has them: by name, a MIME bundle."""

_HUNG: Final = "tnb-pictures"
"""The key in a paragraph's token."""
_ATTACHMENT: Final = "attachment:"
_DATA: Final = re.compile(r"data:(image/(?:png|jpe?g|gif|webp));base64,([A-Za-z0-9+/=%\s]*)", re.IGNORECASE)
_LONG_DATA: Final = re.compile(
    r"(?P<before>\]\(\s*<?|\]:\s*<?)data:(?P<mime>image/[a-z+]{1,20});base64,(?P<data>[A-Za-z0-9+/=]{200,})"
)
_EMBEDDED: Final = "embedded-"
_MOST_PICTURES: Final = 50
"""In a cell; those behind are named only."""

Shown: TypeAlias = Callable[[Drawing], Sequence[Row]]
"""What is shown of a drawing now: all of it, or what stands for it meanwhile."""


def with_data_apart(source: str, attachments: Attachments) -> tuple[str, Attachments]:
    """The source with long data: addresses of pictures made attachments, so that it can be laid out."""
    if "base64," not in source:
        return source, attachments
    apart: dict[str, JsonValue] = dict(attachments)

    def taken(found: re.Match[str]) -> str:
        name = f"{_EMBEDDED}{len(apart)}"
        apart[name] = {found["mime"]: found["data"]}
        return f"{found['before']}{_ATTACHMENT}{name}"

    return _LONG_DATA.sub(taken, source), apart


@dataclass(frozen=True, slots=True)
class Hanger:
    """Hangs pictures into paragraphs that are nothing else."""

    attachments: Attachments
    canvas: Canvas
    shown: Shown

    def hang(self, blocks: Sequence[Block]) -> None:
        """Have `picture_rows` give the pictures of these blocks, and of those in them."""
        for block, images in _image_paragraphs(blocks):
            contents = [(image, _content(image, self.attachments)) for image in images]
            if any(content is not None for _, content in contents):
                block.token.meta[_HUNG] = [(image, content, self) for image, content in contents]

    def rows(self, image: Token, content: Content | None, width: int) -> Sequence[Row]:
        """A picture, or in its place a line that names it."""
        if content is None:
            return _named(image, "", width)
        from tui.render.picture.draw import draw_picture

        try:
            return self.shown(draw_picture(content, self.canvas.of_width(width)))
        except CannotDrawError as error:
            return _named(image, f" · {error}", width)


def picture_rows(block: Block, width: int) -> list[Row] | None:
    """The pictures that a paragraph consists of, one below the other; None for all other blocks."""
    hung = block.token.meta.get(_HUNG)
    if not hung:
        return None
    return [row for image, content, hanger in hung for row in hanger.rows(image, content, width)]


def pictures_of(blocks: Sequence[Block], attachments: Attachments) -> list[Content]:
    """The pictures of a cell that can be drawn, in the order in which they are shown."""
    found = (_content(image, attachments) for _, images in _image_paragraphs(blocks) for image in images)
    return [content for content in found if content is not None]


def made(drawing: Drawing) -> Sequence[Row]:
    """All of a drawing; takes its time."""
    return drawing.draw() if isinstance(drawing, Pending) else drawing


def _image_paragraphs(blocks: Iterable[Block]) -> Iterator[tuple[Block, list[Token]]]:
    left = _MOST_PICTURES
    for block in blocks:
        if block.kind == "paragraph" and len(block.children) == 1:
            children = block.children[0].token.children or []
            images = [child for child in children if child.type == "image"]
            if images and left > 0 and all(map(_is_nothing_else, children)):
                left -= len(images)
                yield block, images
        else:
            yield from _image_paragraphs(block.children)


def _is_nothing_else(token: Token) -> bool:
    return token.type in ("image", "softbreak", "hardbreak") or (
        token.type == "text" and not token.content.strip()
    )


def _content(image: Token, attachments: Attachments) -> Content | None:
    from urllib.parse import unquote  # late: few have pictures, and it knows of hosts and more

    source = str(image.attrs.get("src", ""))
    if (data := _DATA.fullmatch(source)) is not None:
        return Content(data[1].lower(), unquote(data[2]))
    if not source.startswith(_ATTACHMENT):
        return None
    bundle = attachments.get(unquote(source.removeprefix(_ATTACHMENT)))
    if not isinstance(bundle, Mapping):
        return None
    return next((Content(mime, data) for mime, data in bundle.items() if mime.startswith("image/")), None)


def _named(image: Token, reason: str, width: int) -> list[Row]:
    source = str(image.attrs.get("src", ""))
    name = "embedded" if source.startswith("data:") else source.rpartition("/")[2].rpartition(":")[2]
    text = clean(f"[image: {image.content or name}]{reason}")
    return wrap(text_row(text, Style(Role.MUTED)), width)
