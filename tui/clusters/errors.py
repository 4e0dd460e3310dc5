"""What can go wrong with a cluster, in one line for a person."""

from __future__ import annotations


class ClusterError(Exception):
    """It cannot be done; its text says why, and what would help."""
