"""What is done to whole cells."""

from __future__ import annotations

from tui.actions.action import Action, Group

CELLS = (
    Action("cell.edit", "Edit the cell", Group.CELLS, ("enter",), hint="edit"),
    Action("cell.insert-above", "Insert a cell above", Group.CELLS, ("a",), hint="insert"),
    Action("cell.insert-below", "Insert a cell below", Group.CELLS, ("b",), hint="insert"),
    Action("cell.delete", "Delete the cell", Group.CELLS, ("d d",), hint="delete"),
    Action("edit.undo", "Undo", Group.CELLS, ("z",), ("ctrl+z",)),
    Action("edit.redo", "Redo", Group.CELLS, ("Z", "ctrl+y", "ctrl+shift+z"), ("ctrl+y", "ctrl+shift+z")),
    Action("cell.cut", "Cut the cell", Group.CELLS, ("x",)),
    Action("cell.copy", "Copy the cell", Group.CELLS, ("c",)),
    Action("cell.paste-below", "Paste cells below", Group.CELLS, ("v",)),
    Action("cell.paste-above", "Paste cells above", Group.CELLS, ("V",)),
    Action("cell.to-code", "Make it a code cell", Group.CELLS, ("y",)),
    Action("cell.to-markdown", "Make it a markdown cell", Group.CELLS, ("m",)),
    Action("cell.to-raw", "Make it a raw cell", Group.CELLS, ("r",)),
    *(
        Action(f"cell.heading-{level}", f"Make it a level {level} heading", Group.CELLS, (str(level),))
        for level in range(1, 7)
    ),
    Action("cell.merge", "Merge with the cell below, or the selected cells", Group.CELLS, ("M",)),
    Action(
        "cell.split",
        "Split the cell at the cursor",
        Group.CELLS,
        edit_keys=("ctrl+shift+minus", "ctrl+underscore"),
    ),
    Action("cell.extend-down", "Select the cell below too", Group.CELLS, ("J", "shift+down")),
    Action("cell.extend-up", "Select the cell above too", Group.CELLS, ("K", "shift+up")),
    Action("cell.select-all", "Select all cells", Group.CELLS, ("ctrl+a",)),
    Action("cell.format", "Format the cell with ruff or black", Group.CELLS, ("F",)),
    Action("cell.format-all", "Format all cells with ruff or black", Group.CELLS),
    Action("cell.edit-in-editor", "Edit the cell in your editor", Group.CELLS, ("f4",), ("f4",)),
    Action("cell.move-up", "Move the cell up", Group.CELLS, ("alt+up",)),
    Action("cell.move-down", "Move the cell down", Group.CELLS, ("alt+down",)),
)
