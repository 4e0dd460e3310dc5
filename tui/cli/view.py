"""`tnb view`: a notebook of the web or of this machine to look at, on this terminal or in a browser."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.cli.answering import answer
from tui.cli.complaints import complain
from tui.cli.parser import Parser

if TYPE_CHECKING:
    from tui.serving.site import Root

_DESCRIPTION = """\
Shows a notebook without running or changing anything: one of the web is fetched, within limits of size and
time, and no cookie, token or password is sent. S keeps a copy of it. With --serve, nbconvert's pages of
notebooks are served to a browser on this machine, and follow their files."""

_EPILOG = """\
what can be viewed:
  analysis.ipynb, folder/ (with --serve)
  https://example.org/a.ipynb
  https://github.com/owner/repo/blob/main/a.ipynb, a file's page on GitLab, a gist, a page of nbviewer
  owner/repo/path/a.ipynb, on GitHub

What is served has an address with a secret part: who does not know it gets nothing. Only this machine can
ask, unless --public-address is said; then everybody who knows the address can read what is served,
unencrypted. Scripts of notebooks do not run, and pages load nothing from elsewhere. From another machine:
ssh -L 8888:localhost:8888 host, and the address that tnb tells. Ctrl+C ends it.

exit status: 1 if it cannot be fetched, read or served, 2 if the command line was not understood

examples:
  tnb view https://github.com/ageron/handson-ml3/blob/main/02_end_to_end_machine_learning_project.ipynb
  tnb view jakevdp/PythonDataScienceHandbook/notebooks/Index.ipynb
  tnb view --serve .                     all notebooks of this folder, with an index
  tnb view --serve 8888 a.ipynb https://gist.github.com/someone/0123456789abcdef0123456789abcdef
"""
_OPTION: Final = "--serve"
_PORT: Final = re.compile(r"[0-9]{1,5}")
_ANY: Final = 0
"""The port for which the system chooses one that is free."""


@dataclass(frozen=True, slots=True)
class ViewArguments:
    """What to show, and where."""

    notebooks: tuple[str, ...]
    served_at: int | None = None
    """The port to serve them at; None for on this terminal."""
    public_address: str | None = None
    opens_browser: bool = True
    as_json: bool = False
    theme: str | None = None


def parser() -> Parser:
    """What may be said."""
    from tui.cli.arguments import theme

    parser = Parser(
        prog="tnb view",
        usage="tnb view notebook.ipynb | URL | owner/repo/path.ipynb\n"
        "       tnb view --serve [PORT] FILE|FOLDER|URL...",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    add = parser.add_argument
    add("notebooks", nargs="+", metavar="FILE|FOLDER|URL", help=argparse.SUPPRESS)
    add(_OPTION, type=_port, metavar="[PORT]", help="serve pages to a browser on this machine")
    add("--public-address", metavar="ADDRESS", help="serve to everybody who can reach this address of it")
    add("--no-browser", action="store_true", help="tell the address, and open no browser")
    add("--json", action="store_true", help="tell the address for programs")
    add("--theme", type=theme, metavar="NAME", help="auto, dark, light or one of Textual's")
    return parser


def parse_view(argv: Sequence[str]) -> ViewArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    words = parser()
    said = words.parse_args(_with_port(argv))
    if said.serve is None and len(said.notebooks) > 1:
        words.error("one at a time, or with --serve")
    if said.serve is None and (said.public_address or said.json):
        words.error("--public-address and --json go with --serve")
    return ViewArguments(
        tuple(said.notebooks), said.serve, said.public_address, not said.no_browser, said.json, said.theme
    )


def view(argv: Sequence[str]) -> int:
    """Show it; the exit status."""
    arguments = parse_view(argv)
    from tui.export.chain.errors import ExportError
    from tui.files.errors import FileError
    from tui.viewing.addresses import AddressError
    from tui.viewing.fetching import FetchError

    try:
        if arguments.served_at is None:
            return _on_terminal(arguments)
        return _serve(arguments, arguments.served_at)
    except (AddressError, FetchError, FileError, ExportError) as error:
        return complain(str(error))
    except OSError as error:
        return complain(f"it cannot be served there: {error.strerror or error}")


def _on_terminal(arguments: ViewArguments) -> int:
    from tui.cli.open import look_at
    from tui.viewing.addresses import address_of
    from tui.viewing.fetching import fetch
    from tui.viewing.looked import looked_at, looked_at_here

    said = arguments.notebooks[0]
    address = address_of(said)
    file = looked_at_here(Path(said)) if address is None else looked_at(fetch(address))
    return look_at(file, arguments.theme)


def _serve(arguments: ViewArguments, port: int) -> int:
    from tui.cli.ending import end_as_if_interrupted
    from tui.export.chain.configured import without_folder_on_path
    from tui.serving.pages import Pages
    from tui.serving.server import Server
    from tui.serving.site import Site
    from tui.terminal.browser import open_in_browser

    without_folder_on_path()
    end_as_if_interrupted()  # which is what ends services, too
    site = Site(tuple(_root(said) for said in arguments.notebooks))
    with Server(site, Pages(), port, arguments.public_address) as server:
        if arguments.public_address is not None:
            complain(
                f"everybody who knows the address can read this at {arguments.public_address}, unencrypted"
            )
        try:
            answer(json.dumps({"url": server.url}) if arguments.as_json else server.url)
            if arguments.opens_browser:
                open_in_browser(server.url)
            server.serve_forever()
        except KeyboardInterrupt:
            server.stopping.set()
    return 0


def _root(said: str) -> Root:
    """Raises AddressError, FetchError and FileError."""
    from tui.files.notebookfile import read
    from tui.serving.site import Folder, Web
    from tui.viewing.addresses import address_of
    from tui.viewing.fetching import fetch

    address = address_of(said)
    if address is not None:
        return Web(fetch(address))
    path = Path(said)
    if path.is_dir():
        return Folder(path)
    read(path)
    return Folder(path.parent, path.name)


def _with_port(argv: Sequence[str]) -> list[str]:
    """`--serve` and the port behind it as one word: what else follows it is to be served."""
    words: list[str] = []
    for word in argv:
        if words and words[-1] == f"{_OPTION}={_ANY}" and _PORT.fullmatch(word):
            words[-1] = f"{_OPTION}={word}"
        else:
            words.append(f"{_OPTION}={_ANY}" if word == _OPTION else word)
    return words


def _port(text: str) -> int:
    if not _PORT.fullmatch(text) or int(text) >= 1 << 16:
        raise argparse.ArgumentTypeError("must be a port, from 1 to 65535")
    return int(text)
