"""Jupyter widgets as a frontend has them: models, folded from what the kernel tells, and what it is told."""
