"""A real xterm on a screen that nobody sees, and what is on that screen."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

from programs import require_program

_PATIENCE = 30.0
_HEADER = struct.Struct(">25I")
"""Of an XWD file (X11/XWDFile.h)."""
_SIZE = "800x600x24"


class Xterm:
    """A program in an xterm that draws sixels. Leaving its `with` block ends all of it."""

    def __init__(self, argv: Sequence[str | Path], folder: Path, env: Mapping[str, str]) -> None:
        self._screen = folder / "Xvfb_screen0"
        reading, writing = os.pipe()
        server = [require_program("Xvfb"), "-displayfd", str(writing), "-screen", "0", _SIZE]
        self._server = subprocess.Popen(
            [*server, "-fbdir", str(folder), "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            display = f":{told.readline().strip()}"
        terminal = [require_program("xterm"), "-ti", "vt340", "-xrm", "xterm*decTerminalID: vt340"]
        self._terminal = subprocess.Popen(
            [*terminal, "-fn", "fixed", "-geometry", "90x40+0+0", "-e", *map(str, argv)],
            env={**env, "DISPLAY": display},
            stderr=subprocess.DEVNULL,
        )

    def wait_for_pixels(self, color: tuple[int, int, int], count: int) -> Image.Image:
        """Wait until so many pixels of the screen have a colour; what is within the bounds of them."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            image = self.shown()
            found = image.point([255 if level == part else 0 for part in color for level in range(256)])
            mask = Image.merge("RGB", found.split()).convert("L").point([0] * 255 + [255])
            if (seen := mask.histogram()[255]) == count:
                return image.crop(mask.getbbox())
            assert time.monotonic() < deadline, f"{seen} pixels of {color}, not {count}"
            time.sleep(0.1)

    def shown(self) -> Image.Image:
        """The screen as it is now."""
        data = self._screen.read_bytes()
        header = _HEADER.unpack_from(data)
        width, height, line, colors = header[4], header[5], header[12], header[19]
        start = header[0] + colors * 12
        return Image.frombytes(
            "RGB", (width, height), data[start : start + line * height], "raw", "BGRX", line
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (self._terminal, self._server):
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            process.wait()
