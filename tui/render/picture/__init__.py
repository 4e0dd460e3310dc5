"""Pictures as rows of cells: measured, decoded in a process of its own, drawn by what the terminal can do."""
