"""The pages: the index, a frame around each notebook that shows its changes, and the notebook in it."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tui.export.chain.configured import Chain, configuration, exporter_named
from tui.export.chain.exporting import Source, export
from tui.files.notebookfile import read
from tui.serving.site import Entry, Folder, Root, Web

if TYPE_CHECKING:
    from nbconvert.exporters import Exporter

    from kernelbridge.keeper.files.wholefile import Signature

_LINK_OUT: Final = re.compile(r"<a\s(?=[^>]*\bhref=[\"']?https?:)", re.IGNORECASE)
_IN_NEW_TAB: Final = '<a target="_blank" rel="noopener noreferrer" '

STYLE: Final = """\
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
h2 { font-size: 1rem; margin-top: 2rem; overflow-wrap: anywhere; }
li { list-style: none; margin: .2rem 0; overflow-wrap: anywhere; }
ul { padding: 0; }
body.frame { margin: 0; max-width: none; padding: 0; height: 100vh; display: flex; flex-direction: column; }
nav { padding: .4rem 1rem; border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
iframe { border: 0; flex: 1; width: 100%; background: white; }
"""
SCRIPT: Final = """\
"use strict";
const frame = document.querySelector("iframe");
const changes = new EventSource(document.body.dataset.changes);
changes.onmessage = () => {
  if (!frame) { location.reload(); return; }
  const top = frame.contentWindow.scrollY;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, top), { once: true });
  frame.contentWindow.location.reload();
};
"""


def index(entries: Sequence[tuple[Root, Sequence[Entry]]]) -> str:
    """The list of all notebooks."""
    parts = ["<h1>Notebooks</h1>"]
    for root, notebooks in entries:
        parts.append(f"<h2>{escape(root.title)}</h2><ul>")
        parts += [f'<li><a href="n/{_path(each)}">{escape(each.name)}</a></li>' for each in notebooks]
        parts.append("</ul>" if notebooks else "<li>no notebook</li></ul>")
    return _page("Notebooks", "".join(parts), 'data-changes="changes/"', "")


def frame(entry: Entry) -> str:
    """The page around a notebook: the way back, and the notebook where no script of it can run."""
    up = "../" * (_path(entry).count("/") + 1)
    body = (
        f'<nav><a href="{up}">Notebooks</a> / {escape(entry.name)}</nav>'
        f'<iframe sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" '
        f'src="{up}p/{_path(entry)}" title="{escape(entry.name)}"></iframe>'
    )
    return _page(entry.name, body, f'class="frame" data-changes="{up}changes/{_path(entry)}"', up)


def failed(why: str) -> str:
    """A page that says what is wrong."""
    return f'<!DOCTYPE html><meta charset="utf-8"><title>tnb</title><p>{escape(why)}</p>'


def _page(title: str, body: str, attributes: str, up: str) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<link rel="stylesheet" href="{up}tnb.css"></head>'
        f'<body {attributes}>{body}<script src="{up}tnb.js"></script></body></html>'
    )


def _path(entry: Entry) -> str:
    return f"{entry.key}/{quote(entry.name)}"


@dataclass(frozen=True, slots=True)
class _Made:
    version: Signature
    page: str


class Pages:
    """Notebooks as nbconvert's HTML, made anew when they have changed. To be asked from any thread."""

    def __init__(self) -> None:
        """Raises ExportError where nbconvert is missing, or configured wrongly."""
        self._exporter: Exporter = exporter_named("html", configuration(Chain()))
        self._lock = threading.Lock()
        self._made: dict[Path, _Made] = {}

    def notebook(self, root: Root, name: str) -> str | None:
        """The page of a notebook, None where there is none. Raises ExportError and CannotRead."""
        if isinstance(root, Web):
            text = root.fetched.data.decode("utf-8", "replace") if name == root.fetched.name else None
            return None if text is None else self._render(Source(Path(name), text))
        return self._of_file(root, name)

    def _of_file(self, root: Folder, name: str) -> str | None:
        path, version = root.file(name), root.version(name)
        if path is None:
            return None
        made = self._made.get(path)
        if made is None or made.version != version:
            text = read(path).data.decode("utf-8", "replace")
            made = self._made[path] = _Made(version, self._render(Source(path, text)))
        return made.page

    def _render(self, source: Source) -> str:
        with self._lock:
            html = str(export(self._exporter, source, source.path.stem).content)
        return _LINK_OUT.sub(_IN_NEW_TAB, html)
