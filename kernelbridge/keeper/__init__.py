"""The process that owns a kernel. Runs on Python 3.8 or later, and imports nothing of tnb but this package.

What it needs is the standard library and what ipykernel brings. docs/keeper.md is its specification.
"""
