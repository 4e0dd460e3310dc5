"""Running cells, and the kernel."""

from __future__ import annotations

from tui.actions.action import Action, Group

_RUN_NEXT = ("shift+enter", "ctrl+r")
_RUN_STAY = ("ctrl+enter", "ctrl+e", "ctrl+j")
_RUN_INSERT = ("alt+enter",)

RUNNING = (
    Action(
        "run.cell-next", "Run the cell and go to the next", Group.RUNNING, _RUN_NEXT, _RUN_NEXT, hint="run"
    ),
    Action("run.cell-stay", "Run the cell and stay", Group.RUNNING, _RUN_STAY, _RUN_STAY),
    Action("run.cell-insert", "Run the cell and insert one below", Group.RUNNING, _RUN_INSERT, _RUN_INSERT),
    Action("run.all", "Run all cells", Group.RUNNING),
    Action("run.above", "Run all cells above", Group.RUNNING),
    Action("run.below", "Run this cell and all below", Group.RUNNING),
    Action("run.selected", "Run the selected cells", Group.RUNNING),
    Action("run.withdraw", "Take the cell out of the queue", Group.RUNNING),
)

KERNEL = (
    Action("kernel.interrupt", "Interrupt the kernel", Group.KERNEL, ("i i",)),
    Action("kernel.restart", "Restart the kernel", Group.KERNEL, ("0 0",)),
    Action("kernel.restart-and-run-all", "Restart the kernel and run all cells", Group.KERNEL),
    Action("kernel.start", "Start the kernel", Group.KERNEL),
    Action("kernel.reconnect", "Reconnect to the kernel", Group.KERNEL, ("R",)),
    Action("kernel.shutdown", "Shut the kernel down", Group.KERNEL),
    # Not Ctrl+K, with which editors that have a terminal in them, as VS Code, begin sequences of their own.
    Action("kernel.choose", "Choose a kernel", Group.KERNEL, ("g k",)),
    Action("cluster.show", "Show clusters of engines", Group.KERNEL, ("g C",)),
)
