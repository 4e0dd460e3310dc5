"""The variables that a kernel has, asked for without disturbing it."""
