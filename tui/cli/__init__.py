"""The front door: reads the command line and loads only what a command needs, to answer at once."""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run `tnb` with the given arguments (those of the process by default) and return its exit status.

    0: all went well. 1: it could not be done, and a line on stderr says why. 2: the command line was not
    understood, or there is no terminal to draw on. 130: interrupted.
    """
    from tui.lean.pack import leave_pack, use_pack

    use_pack()
    try:
        from tui.cli.commands import run
        from tui.cli.streams import open_closed_streams

        open_closed_streams()
        return run(argv)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the last gate: a line, and a report
        from tui.cli.complaints import FAILED, complain
        from tui.faults import reported

        return complain(reported(error, "a command"), FAILED)
    finally:
        leave_pack()
