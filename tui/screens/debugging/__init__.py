"""The pane of what has stopped: calls, variables, and what a person has evaluated there."""
