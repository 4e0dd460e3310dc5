"""What the keeper costs: `1+1` through it and by jupyter_client on the same kernel, in turns; and its memory.

python -m bench.roundtrip [--write ../docs/performance.md]
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
from jupyter_client.blocking.client import BlockingKernelClient

from bench.report import report
from kept import KeptKernel, state_of_own

TURNS = 40
A_TURN = 10
"""Executions by one client before the other has its turn."""
BEGIN, END = "<!-- keeper: begin -->", "<!-- keeper: end -->"


def plain(client: BlockingKernelClient) -> float:
    """Seconds from the request to reply and idle, by jupyter_client."""
    began = time.perf_counter()
    request = client.execute("1+1")
    while client.get_shell_msg(timeout=10)["parent_header"].get("msg_id") != request:
        pass
    while True:
        message = client.get_iopub_msg(timeout=10)
        is_mine = message["parent_header"].get("msg_id") == request
        if is_mine and message["content"].get("execution_state") == "idle":
            return time.perf_counter() - began


async def kept(kernel: KeptKernel) -> float:
    """Seconds from asking for the run to its end, through the keeper."""
    began = time.perf_counter()
    await kernel.recorder.finished(kernel.session.run("1+1"))
    seconds = time.perf_counter() - began
    kernel.recorder.events.clear()
    return seconds


async def measure(folder: Path) -> tuple[list[float], list[float], float]:
    """Seconds by jupyter_client, seconds through the keeper, and the keeper's memory in MB."""
    kernel = await KeptKernel(folder / "a.ipynb").ready()
    client = BlockingKernelClient(connection_file=kernel.session.identity.connection_file)
    client.load_connection_file()
    client.start_channels()
    client.wait_for_ready(timeout=30)
    direct: list[float] = []
    through: list[float] = []
    for _ in range(TURNS):
        direct += [await asyncio.to_thread(plain, client) for _ in range(A_TURN)]
        through += [await kept(kernel) for _ in range(A_TURN)]
    memory = psutil.Process(kernel.keeper_pid()).memory_info().rss / 1e6
    client.stop_channels()
    kernel.discard()
    await kernel.end()
    return direct, through, memory


def table(direct: Sequence[float], through: Sequence[float], memory: float) -> str:
    """The figures as a markdown table."""
    rows = [
        f"{len(direct)} executions of `1+1` each way, {A_TURN} at a turn, {time.strftime('%Y-%m-%d')}.",
        "",
        "| `1+1`, from the request to its end, ms | jupyter_client | through the keeper |",
        "| --- | ---: | ---: |",
    ]
    for name, of in (("median", statistics.median), ("fastest", min), ("95th percentile", _p95)):
        one, other = of(direct) * 1e3, of(through) * 1e3
        rows.append(f"| {name} | {one:.1f} | {other:.1f} ({other / one:.2f}x) |")
    return "\n".join([*rows, "", f"The keeper's memory after that: {memory:.0f} MB."])


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def measured() -> str:
    """The table."""
    with state_of_own(), tempfile.TemporaryDirectory() as folder:
        os.environ.pop("JPY_PARENT_PID", None)
        return table(*asyncio.run(measure(Path(folder))))


def main() -> None:
    """Measure, and write the table."""
    report(__doc__, measured, BEGIN, END)


if __name__ == "__main__":
    main()
