"""Notebooks of the web: which address means which notebook, and how it is fetched."""
