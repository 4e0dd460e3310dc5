"""`tnb run` for an engine of a cluster: it ends in order when the engine is gone."""

from __future__ import annotations

import os
import signal
import sys
import threading


def main() -> int:
    """Run the notebook that the arguments name; the exit status."""
    from tui.cli.run import run

    threading.Thread(target=_end_with_engine, daemon=True).start()
    return run(sys.argv[1:])


def _end_with_engine() -> None:
    """The other end of standard input is the engine's, and nothing is ever written there."""
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
