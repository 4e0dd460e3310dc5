"""`tnb merge`: two notebooks that came from a third made one."""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tui.cli.complaints import complain
from tui.cli.given import STDIN
from tui.cli.parser import Parser

_DESCRIPTION = """\
Merges what REMOTE changed since BASE into LOCAL, by nbdime: cell by cell, and within sources line by
line. Where both changed the same, the result has both, marked. Bytes that nobody changed are LOCAL's
own."""

_EPILOG = """\
exit status: 0 if all is merged, 1 if there are conflicts, 2 if it cannot be done

examples:
  tnb merge base.ipynb mine.ipynb theirs.ipynb > merged.ipynb
  tnb merge -o mine.ipynb base.ipynb mine.ipynb theirs.ipynb
  tnb git-setup                          git merges notebooks so
"""
_TROUBLE: Final = 2


@dataclass(frozen=True, slots=True)
class MergeArguments:
    """Which three."""

    base: Path
    local: Path
    remote: Path
    output: str = STDIN
    name: str | None = None
    """Of the file that git asks about: its merge of texts is what is left where this one cannot be done."""


def parser() -> Parser:
    """What may be said."""
    parser = Parser(
        prog="tnb merge",
        usage="tnb merge [-o FILE] BASE LOCAL REMOTE",
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    for name in ("base", "local", "remote"):
        parser.add_argument(name, type=Path, metavar=name.upper(), help=argparse.SUPPRESS)
    parser.add_argument("-o", "--output", default=STDIN, metavar="FILE|-", help="by default standard output")
    return parser


def parse_merge(argv: Sequence[str]) -> MergeArguments:
    """Read the arguments. Raises SystemExit as `tui.cli.arguments.parse` does.

    With --git they are those of git's merge drivers: base, local, remote, the length of marks, the name.
    """
    if argv[:1] == ["--git"] and len(argv) == 6:
        base, local, remote, _, name = argv[1:]
        return MergeArguments(Path(base), Path(local), Path(remote), local, name)
    said = parser().parse_args(argv)
    return MergeArguments(said.base, said.local, said.remote, said.output)


def merge(argv: Sequence[str]) -> int:
    """Merge them; the exit status."""
    arguments = parse_merge(argv)
    from tui.cli.answering import answer_bytes
    from tui.conversion.errors import ConversionError
    from tui.conversion.merging import merged
    from tui.files.errors import FileError
    from tui.files.notebookfile import read
    from tui.files.opened import save_new, save_over

    try:
        found = merged(*(read(path) for path in (arguments.base, arguments.local, arguments.remote)))
        if arguments.output == STDIN:
            unprinted = answer_bytes(found.data, _TROUBLE)
            if unprinted:
                return unprinted
        else:
            path = Path(arguments.output)
            (save_over if path.exists() else save_new)(path, found.data)
    except (ConversionError, FileError) as error:
        if arguments.name is not None:
            return _as_text(arguments, str(error))
        return complain(str(error), _TROUBLE)
    except OSError as error:
        return complain(f"{arguments.output}: not written, {error.strerror or error}", _TROUBLE)
    if not found.conflicts:
        return 0
    times = "1 conflict" if found.conflicts == 1 else f"{found.conflicts} conflicts"
    return complain(f"{arguments.name or arguments.local}: {times}, marked in its cells")


def _as_text(arguments: MergeArguments, why: str) -> int:
    """Git's own merge of texts, in the place of ours."""
    complain(f"{arguments.name}: merged as text, since {why}")
    command = ["git", "merge-file", "-L", "ours", "-L", "base", "-L", "theirs"]
    paths = map(str, (arguments.local, arguments.base, arguments.remote))
    return min(subprocess.run([*command, *paths], check=False).returncode, 127)
