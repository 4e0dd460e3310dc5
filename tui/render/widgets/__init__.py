"""Widgets as rows: the tree of models that a view shows, each kind by its own renderer."""
