"""The lines around the notebook, and what dialogs share."""
