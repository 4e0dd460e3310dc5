"""Debugging the cells of a notebook: what keys do, and what is shown."""
