"""Following links: to a web page, or to another cell of the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kernelbridge.outputs import DisplayData, ExecuteResult, Stream
from tui.document.notebook import Cell, CellKind
from tui.render.links import Link, addresses_in, links_in_rows
from tui.sanitize import clean
from tui.terminal.browser import open_in_browser
from tui.widgets.hintline import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.screens.notebook.screen import Handler, NotebookScreen

_MOST_ROWS: Final = 5_000  # of a cell that links are looked for in


def _follow_link(screen: NotebookScreen) -> None:
    """Follow the focused cell's link; where it has several, the one that is chosen."""
    links = _links_of(screen)
    if not links:
        screen.say("no links in this cell")
    elif len(links) == 1:
        follow(screen, links[0])
    else:
        from tui.screens.links import LinksScreen

        screen.program.lay_over(LinksScreen(links, screen.palette), lambda link: follow(screen, link))


def follow(screen: NotebookScreen, link: Link) -> None:
    """Go to a place of the notebook, or open an address in the browser; without one, copy it."""
    if link.target.startswith("#"):
        _go_to_place(screen, link.target)
    elif open_in_browser(link.target):
        screen.say(f"opened {clean(link.target)}")
    else:
        screen.program.copy_text(link.target)
        screen.say(f"no browser here, copied: {clean(link.target)}")
    screen.refresh_status()


def _go_to_place(screen: NotebookScreen, target: str) -> None:
    from tui.render.markdown.anchors import place_name, places_in

    name = place_name(target)
    for cell in screen.notebook.cells:
        if cell.kind is CellKind.MARKDOWN and name in places_in(cell.source):
            screen.focus_cell(cell.key)
            return
    screen.say(f"no heading or place named {clean(target)}", Severity.WARNING)


def _links_of(screen: NotebookScreen) -> list[Link]:
    """Each link once: those that are drawn, those within the notebook, then addresses in plain text."""
    cell = screen.focused_cell
    block = screen.view.block(cell.key)
    links = links_in_rows(block.row(index) for index in range(min(block.height, _MOST_ROWS)))
    links += _inner_links(cell)
    known = {link.target for link in links}
    links += [link for text in _plain_texts(cell) for link in addresses_in(text) if link.target not in known]
    return list(dict.fromkeys(links))


def _inner_links(cell: Cell) -> list[Link]:
    from tui.render.markdown.anchors import inner_links

    texts = [cell.source] if cell.kind is CellKind.MARKDOWN else _markdown_outputs(cell)
    return [Link(clean(text), target) for source in texts for text, target in inner_links(source)]


def _markdown_outputs(cell: Cell) -> Iterator[str]:
    for output in cell.outputs:
        if isinstance(output, DisplayData | ExecuteResult):
            text = output.data.get("text/markdown")
            if isinstance(text, str):
                yield text


def _plain_texts(cell: Cell) -> Iterator[str]:
    if cell.kind is not CellKind.MARKDOWN:
        yield cell.source
    for output in cell.outputs:
        match output:
            case Stream(text=text):
                yield str(text)
            case DisplayData(data=data) | ExecuteResult(data=data):
                plain = data.get("text/plain")
                if isinstance(plain, str):
                    yield plain
            case _:
                pass


HANDLERS: Mapping[str, Handler] = {"view.follow-link": _follow_link}
