"""`python -m tui.cli.packing`, as `make compile` has it: packs what a start loads before there was one."""

from __future__ import annotations

import sys
from importlib import import_module

from tui.lean.entities import load_entities_late
from tui.lean.libraries import load_textual, without_openssl
from tui.lean.pack import write_pack

_FIRST_FRAME = ("tui.cli.open", "tui.cli.said", "tui.files.pairing", "tui.firstframe")
_WHAT_MAY_BE_IN_SIGHT = ("tui.render.markdown", "tui.render.markdown.parsing")
_SCREEN = ("tui.kernellaunch", "tui.app")


def main() -> None:
    """Load it as `tui.cli.open` does, and write it."""
    load_entities_late()
    for name in (*_FIRST_FRAME, *_WHAT_MAY_BE_IN_SIGHT):
        import_module(name)
    with without_openssl():
        load_textual()
        for name in _SCREEN:
            import_module(name)
    write_pack(frozenset(sys.modules))


if __name__ == "__main__":
    main()
