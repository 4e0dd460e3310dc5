"""The pane of the kernel's variables."""
