"""Notebooks as pages for a browser, served to this machine: scripts in them do not run."""
