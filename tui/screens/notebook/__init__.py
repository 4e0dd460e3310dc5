"""The screen of an open notebook: one file for the screen, one for each group of its actions."""
