"""What can go wrong, as exceptions whose text is one line for a person: the keeper's, by our name."""

from __future__ import annotations

from kernelbridge.keeper.errors import KeeperError, LaunchError, PrivateDirectoryError

KernelBridgeError = KeeperError

__all__ = ["KernelBridgeError", "LaunchError", "PrivateDirectoryError"]
