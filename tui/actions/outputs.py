"""What is done with outputs."""

from __future__ import annotations

from tui.actions.action import Action, Group

OUTPUTS = (
    Action("output.toggle", "Fold or unfold the output", Group.OUTPUTS, ("o",)),
    Action("output.next-type", "Show the output's next type", Group.OUTPUTS, ("t",)),
    Action("output.controls", "Use the widgets in the output", Group.OUTPUTS, ("w",)),
    Action("output.view-table", "Open the output's table on the whole screen", Group.OUTPUTS, ("T",)),
    Action("output.tree", "Walk through the output's JSON, dict or list", Group.OUTPUTS, ("g t",)),
    Action("output.elsewhere", "Open the output in a browser, or save it", Group.OUTPUTS, ("e",)),
    Action("output.picture", "Show the cell's pictures on the whole screen", Group.OUTPUTS, ("p",)),
    Action("output.copy", "Copy what the output says", Group.OUTPUTS, ("Y",)),
    Action("output.copy-table", "Copy the output's table, to be pasted into a spreadsheet", Group.OUTPUTS),
    Action("output.copy-picture", "Write the output's picture to a file, and copy its path", Group.OUTPUTS),
    Action("output.wrap", "Wrap the output's lines, or leave them whole", Group.OUTPUTS, ("W",)),
    Action("output.scroll-right", "Scroll the output to the right", Group.OUTPUTS, (">", "shift+right")),
    Action("output.scroll-left", "Scroll the output to the left", Group.OUTPUTS, ("<", "shift+left")),
    Action("output.go-to-error", "Go to the line where the cell failed", Group.OUTPUTS, ("g e",)),
    Action("output.clear", "Clear the output", Group.OUTPUTS),
    Action("output.clear-all", "Clear all outputs", Group.OUTPUTS),
)
