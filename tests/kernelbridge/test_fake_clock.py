"""The scripted kernel's clock: how long its code takes is written down, too."""

from __future__ import annotations

from kernelbridge.fakekeeper import FRONTEND, SCRIPTED, FakeWay
from kernelbridge.fakekernel import FakeKernel, Takes, prints
from kernelbridge.session import Session
from recording import Recorder


async def test_code_takes_as_long_as_its_script_says_and_nobody_waits() -> None:
    recorder = Recorder()
    kernel = FakeKernel({"fit()": [prints("fitting"), Takes(4000)]})
    session = Session(FakeWay(kernel), recorder, FRONTEND)
    session.open(SCRIPTED)
    long, short = session.run("fit()"), session.run("2")
    assert (await recorder.finished(long)).seconds == 4000
    assert (await recorder.finished(short)).seconds == 0
