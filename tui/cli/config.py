"""`tnb config`: where the configuration is, what it says, and an editor for it."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.answering import answer
from tui.cli.complaints import complain
from tui.cli.parser import Parser

if TYPE_CHECKING:
    from tui.config import Config

_DESCRIPTION = """\
Your configuration: one file, config.toml. What can be set is told in docs/config.md."""

_EPILOG = """\
path      where the file is, or would be
show      every setting, its value, and where that comes from: itself a configuration
edit      the file in $VISUAL or $EDITOR; afterwards it is checked

exit status: 1 if the file cannot be used, 2 if the command line was not understood

examples:
  tnb config edit
  tnb config show | grep -v default      what you chose
"""


class What(Enum):
    """What is asked for."""

    PATH = "path"
    SHOW = "show"
    EDIT = "edit"


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb config",
        usage="tnb config path | show | edit",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    parser.add_argument("what", choices=[each.value for each in What], metavar="path | show | edit")
    return parser


def parse_config_command(argv: Sequence[str]) -> What:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does."""
    return What(parser().parse_args(argv).what)


def config(argv: Sequence[str]) -> int:
    """Do it; the exit status."""
    from tui.config import ConfigError
    from tui.locations import config_file

    path = config_file()
    try:
        match parse_config_command(argv):
            case What.PATH:
                return answer(str(path))
            case What.SHOW:
                return answer(_shown(path))
            case What.EDIT:
                return _edit(path)
    except ConfigError as error:
        return complain(str(error))


def _shown(path: Path) -> str:
    from tui.cli.configured import configuration
    from tui.sanitize import clean

    read = configuration()
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    there = "" if text else ", which is not there"
    lines = [f"{setting}  # {origin}" for setting, origin in _settings(read, text)]
    return "\n".join([f"# {clean(str(path))}{there}", *map(clean, lines)])


def _settings(config: Config, text: str) -> Iterator[tuple[str, str]]:
    """Each setting as it is written, and where it comes from."""
    from tui.config import SETTINGS
    from tui.settings import value_of
    from tui.tomllines import line_of
    from tui.tomltext import toml_key, toml_value

    for one in SETTINGS:
        line = line_of(text, one.path)
        yield f"{toml_key(one.path)} = {toml_value(value_of(config, one.path))}", _origin(line)
    for choice in config.keys:
        line = line_of(text, ("keys", choice.action)) or line_of(text, ("keys", *choice.action.split(".")))
        yield f"{toml_key(('keys', choice.action))} = {toml_value(choice.keys)}", _origin(line)
    for theme in config.themes:
        for name, value in (("base", theme.base), *theme.colors.items()):
            path = ("themes", theme.name, name)
            yield f"{toml_key(path)} = {toml_value(value)}", _origin(line_of(text, path))
        if theme.ansi:
            path = ("themes", theme.name, "ansi")
            yield f"{toml_key(path)} = {toml_value(theme.ansi)}", _origin(line_of(text, path))


def _origin(line: int | None) -> str:
    return "default" if line is None else f"line {line}"


def _edit(path: Path) -> int:
    from tui.cli.configured import configuration

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        ended = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return complain(f"{editor}: not started, {reason} (VISUAL or EDITOR names the editor)")
    if ended != 0:
        return complain(f"{editor} ended with status {ended}")
    if not path.exists():
        answer(f"{path} was not made: all is as by default")
        return 0
    configuration()
    answer(f"{path} is in order")
    return 0
