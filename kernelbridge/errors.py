"""What can go wrong, as exceptions whose text is one line for a person.

KernelBridgeError
├── LaunchError            the kernel's program cannot be started
└── PrivateDirectoryError  there is no directory that only this user can enter
"""

from __future__ import annotations


class KernelBridgeError(Exception):
    """Anything that this package raises on its own account."""


class LaunchError(KernelBridgeError):
    """The kernel's program is not there, may not be run, or its kernelspec says nothing to run."""


class PrivateDirectoryError(KernelBridgeError):
    """Neither the runtime directory nor the temporary one can hold files and sockets of this user alone."""
