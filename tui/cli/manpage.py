"""Writes `docs/tnb.1`, the manual page, from what the commands say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Final

from tui.cli.arguments import parser as main_parser
from tui.cli.parser import Option, Parser, is_prose
from tui.cli.table import COMMANDS

_FILES = (
    (
        "~/.config/tnb/config.toml",
        "Configuration: theme, keys and more; the file that TNB_CONFIG names wins.",
    ),
    ("~/.config/tnb/servers.toml", "Jupyter Servers, for the list of kernels."),
    ("~/.local/state/tnb", "Kernels that run, what they printed, and what is unsaved."),
)
_ENVIRONMENT = (
    ("TNB_CONFIG", "The file of configuration."),
    ("NO_COLOR", "If set, no colours."),
    ("PAGER", "What shows a notebook that is longer than the screen, for tnb show."),
    ("BROWSER", "What opens pages; over ssh, too."),
)
_WIDTH: Final = 72
_BEGIN: Final = (".SH", ".SS", ".PP", ".TP")
"""Macros that begin a paragraph."""


def man_page() -> str:
    """The page, for man(1)."""
    return "\n".join(_without_empty_paragraphs(list(_lines()))) + "\n"


def _without_empty_paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Without macros for paragraphs that have nothing in them, or that another macro begins anyway."""
    for before, line, after in zip(("", *lines), lines, (*lines[1:], ".SH"), strict=False):
        if line != ".PP" or not (before.startswith((".SH", ".SS")) or after.startswith(_BEGIN)):
            yield line


def _lines() -> Iterator[str]:
    main = main_parser()
    yield '.\\" Made from the commands by `python -m tui.cli.manpage`; do not edit.'
    yield '.TH TNB 1 "" "tnb" "User Commands"'
    yield ".SH NAME"
    yield _text("tnb - the notebook for terminals")
    yield ".SH SYNOPSIS"
    yield from _block(_usage(main))
    yield ".SH DESCRIPTION"
    yield _filled(main.description or "")
    yield ".SH OPTIONS"
    yield from _options(main)
    yield from _told(_without_commands(main.epilog or ""))
    yield ".SH COMMANDS"
    for command in COMMANDS:
        parser = command.parser()
        yield f".SS {_text(f'tnb {command.name}')}"
        yield _text(f"{command.summary[0].upper()}{command.summary[1:].rstrip('.')}.")
        yield ".PP"
        yield from _block(_usage(parser))
        yield _filled(parser.description or "")
        yield from _options(parser)
        yield from _told(parser.epilog or "")
    for heading, terms in (("FILES", _FILES), ("ENVIRONMENT", _ENVIRONMENT)):
        yield f".SH {heading}"
        for term, about in terms:
            yield from (".TP", f"\\fB{_text(term)}\\fR", _text(about))
    yield ".SH SEE ALSO"
    yield _text("jupyter(1), less(1), git(1), gitattributes(5)")


def _usage(parser: Parser) -> str:
    return "\n".join(line.strip() for line in (parser.usage or parser.prog).splitlines())


def _options(parser: Parser) -> Iterator[str]:
    for option in parser.options():
        yield ".TP"
        yield _option(option)
        yield _text(option.about)


def _option(option: Option) -> str:
    names = ", ".join(f"\\fB{_text(name)}\\fR" for name in option.names)
    return names if option.value is None else f"{names} \\fI{_text(option.value)}\\fR"


def _told(text: str) -> Iterator[str]:
    """What help has at its end: paragraphs, and lists as they are."""
    for block in text.strip("\n").split("\n\n"):
        if is_prose(block):
            yield from (".PP", _filled(block))
        else:
            yield from _block(block)


def _block(text: str) -> Iterator[str]:
    """Lines as they are."""
    yield from (".PP", ".nf")
    yield from (_text(line) for line in text.strip("\n").splitlines())
    yield from (".fi", ".PP")


def _without_commands(epilog: str) -> str:
    """Without the list of commands, which have a section of their own."""
    return re.sub(r"commands.*?\n\n", "", epilog, count=1, flags=re.DOTALL)


def _filled(text: str) -> str:
    """A paragraph, in lines as long as they should be in such files."""
    return _text("\n".join(wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)))


def _text(text: str) -> str:
    """Text that man shows as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in text.splitlines())


def main() -> None:
    """Write the page into the checkout that this module is in."""
    Path(__file__).parents[2].joinpath("docs", "tnb.1").write_text(man_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
