"""Searches a notebook in portions, so that a large one holds no key up and a bad expression can be stopped.

`hunt` is all that the rest knows of how it is done.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

from tui.document.found import Found, found_in, texts_of
from tui.document.literal import places_of
from tui.document.query import pattern_of
from tui.screens.find.regexprocess import spans_in_process

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tui.document.notebook import Notebook
    from tui.document.query import Query

MOST_FOUND: Final = 100_000
"""Matches that are enough."""
_PORTION: Final = 0.008
"""Seconds at a time."""


async def hunt(notebook: Notebook, query: Query, template: str | None = None) -> AsyncIterator[list[Found]]:
    """The matches in the notebook's order, some at a time. Raises QueryError and TooSlowError."""
    if not query.text:
        return
    pattern = pattern_of(query)
    if query.is_regex:
        texts = list(texts_of(notebook.cells, in_outputs=query.in_outputs))
        given = [(searched.text, searched.output is None) for searched in texts]
        answer = await spans_in_process((pattern.pattern, pattern.flags, template, given, MOST_FOUND))
        yield [
            Found(searched.cell, searched.output, start, end, searched.text[start:end], made)
            for searched, spans in zip(texts, answer, strict=True)
            for start, end, made in spans
        ]
        return
    places = places_of(query.text, match_case=query.match_case)
    portion: list[Found] = []
    count, since = 0, time.monotonic()
    for searched in texts_of(notebook.cells, in_outputs=query.in_outputs):
        for found in found_in(searched, pattern, template, places(searched.text)):
            portion.append(found)
            count += 1
            if count == MOST_FOUND:
                yield portion
                return
        if time.monotonic() - since > _PORTION:
            yield portion
            portion = []
            await asyncio.sleep(0)
            since = time.monotonic()
    yield portion
