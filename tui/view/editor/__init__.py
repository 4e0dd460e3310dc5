"""The text editor of a cell, pure: text, cursor, layout in terminal cells and every command."""
