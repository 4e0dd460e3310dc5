"""Pictures that are made to harm: each costs a message, soon, and tnb itself no memory."""

from __future__ import annotations

import base64
import resource
import subprocess
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Thread

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernelbridge.outputs import DisplayData
from render.picture.files import encoded, noise, png
from tui.render.canvas import Canvas
from tui.render.content import Content
from tui.render.drawing import CannotDrawError, Pending
from tui.render.outputs import draw_output
from tui.render.picture.draw import draw_image, draw_svg
from tui.render.picture.job import Form, Job, Source
from tui.render.picture.workshop import Workshop
from tui.render.rows import Row

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
ROOT = f'<svg {NAMESPACES} width="64" height="64">'
DEADLINE = 8.0
"""Seconds in which also a slow machine is done with a picture that is given up after 5."""


def svg_rows(svg: str, width: int = 40) -> list[Row]:
    drawing = draw_svg(Content("image/svg+xml", svg), Canvas(width))
    return list(drawing.draw() if isinstance(drawing, Pending) else drawing)


def png_rows(data: bytes, width: int = 40) -> list[Row]:
    drawing = draw_image(Content("image/png", base64.b64encode(data).decode()), Canvas(width))
    return list(drawing.draw() if isinstance(drawing, Pending) else drawing)


def colors(rows: list[Row]) -> set[object]:
    return {span.style.bg for row in rows for span in row}


def uses(levels: int) -> str:
    groups = "".join(
        f'<g id="a{level}">' + f'<use xlink:href="#a{level - 1}"/>' * 10 + "</g>"
        for level in range(1, levels)
    )
    first = '<g id="a0"><rect width="9" height="9"/></g>'
    return f'{ROOT}<defs>{first}{groups}</defs><use xlink:href="#a{levels - 1}"/></svg>'


@pytest.mark.parametrize(
    "svg",
    [
        f'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]>{ROOT}<text>&x;</text></svg>',
        f'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>{ROOT}<text>&b;</text></svg>',
        uses(9),
        f"{ROOT}<rect",
        f"{ROOT}<text>&undeclared;</text></svg>",
        ROOT + "<g>" * 100_000,
    ],
    ids=["entity of a file", "billion laughs", "uses of uses", "cut off", "no such entity", "deep"],
)
def test_a_hostile_svg_costs_a_message(svg: str) -> None:
    began = time.monotonic()
    with pytest.raises(CannotDrawError):
        svg_rows(svg)
    assert time.monotonic() - began < DEADLINE


def test_a_huge_svg_is_drawn_small() -> None:
    huge = ROOT.replace('"64"', '"60000"') + '<rect width="100%" height="100%" fill="#ff0000"/></svg>'

    assert colors(svg_rows(huge)) == {(255, 0, 0)}


def test_an_svg_shows_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(encoded(noise(64, 64)))

    for address in (secret, f"file://{secret}"):
        rows = svg_rows(f'{ROOT}<image xlink:href="{address}" width="64" height="64"/></svg>')
        assert colors(rows) == {None}


@pytest.mark.parametrize(
    "data",
    [png(30_000, 30_000), png(4_999, 4_999, zlib.compress(bytes(200_000_000), 1)), png(65_535, 1)],
    ids=["too large", "unpacks to much", "cut off"],
)
def test_a_hostile_png_costs_a_message_or_an_empty_picture_and_no_memory_here(data: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    with suppress(CannotDrawError):
        png_rows(data)
    assert time.monotonic() - began < DEADLINE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


def test_pictures_are_drawn_after_the_process_that_draws_them_died() -> None:
    workshop = Workshop()
    job, data = job_and_data()
    try:
        first = workshop.make(job, data)
        process = workshop._process
        assert process is not None
        process.kill()
        process.wait()
        with pytest.raises(CannotDrawError):
            workshop.make(job, data)
        assert workshop.make(job, data) == first
    finally:
        workshop.stop()


def test_one_process_draws_picture_after_picture_however_much_memory_this_one_has() -> None:
    workshop = Workshop()
    weight = bytearray(b"x" * (300 << 20))
    try:
        workshop.make(*job_and_data())
        process = workshop._process
        workshop.make(*job_and_data())
        assert process is not None
        assert workshop._process is process
    finally:
        workshop.stop()
        del weight


def test_a_picture_that_nobody_waits_for_any_more_is_given_up_at_once() -> None:
    workshop = Workshop()
    blur = '<filter id="f"><feTurbulence baseFrequency="0.1" numOctaves="400"/></filter>'
    slow = f'{ROOT}{blur}<rect width="64" height="64" filter="url(#f)"/></svg>'
    job = job_and_data()[0]._replace(source=Source.VECTOR, columns=200, rows=100, width=1600, height=1600)
    others = len(decoders())
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(workshop.make, job, slow.encode())
        while len(decoders()) == others:
            assert not waiting.done()
        began = time.monotonic()
        workshop.stop()
        with pytest.raises(CannotDrawError):
            waiting.result()
        assert time.monotonic() - began < 2


def test_a_picture_given_up_while_its_process_was_being_made_is_not_drawn() -> None:
    class GivenUpMeanwhile(Workshop):
        def _running(self) -> subprocess.Popen[bytes]:
            stopping.start()
            while not self._stops:
                pass
            return super()._running()

    workshop = GivenUpMeanwhile()
    stopping = Thread(target=workshop.stop)
    with pytest.raises(CannotDrawError, match="cannot be decoded"):
        workshop.make(*job_and_data())
    stopping.join()
    assert workshop._process is None


def decoders() -> list[psutil.Process]:
    """The processes that decode pictures for this one."""
    return [one for one in psutil.Process().children() if "picture.worker" in " ".join(one.cmdline())]


def job_and_data() -> tuple[Job, bytes]:
    return Job(Source.RASTER, Form.SEXTANTS, 4, 2, 8, 16, 32, 32, True, 256), encoded(noise(8, 8))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["png", "jpeg", "gif", "webp", "svg+xml", "bmp"]), st.data())
def test_any_data_is_a_picture_or_a_message(data: bytes, kind: str, more: st.DataObject) -> None:
    whole = encoded(noise(9, 9), "GIF" if kind in ("svg+xml", "bmp") else kind.upper())
    cut = more.draw(st.integers(0, len(whole)))
    for file in (data, whole[:cut] + data + whole[cut + 1 :]):
        text = base64.b64encode(file).decode()
        drawing = draw_output(DisplayData({f"image/{kind}": text}), Canvas(20))
        rows = drawing.draw() if isinstance(drawing, Pending) else drawing
        assert rows
