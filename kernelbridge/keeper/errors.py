"""What can go wrong in a keeper, as exceptions whose text is one line for a person.

KeeperError
├── ProtocolError          the other side does not speak the keeper's protocol
├── LaunchError            the kernel cannot be started, or joined
│   └── ServerError        a Jupyter Server refuses, or is none
│       └── UnreachableError  it cannot be reached at the moment
├── PrivateDirectoryError  there is no directory that only this user can enter
├── HomeError              the keeper's home cannot be made, read or locked
└── JournalError           a record cannot be written
"""

from __future__ import annotations


class KeeperError(Exception):
    """Anything that this package raises on its own account."""


class ProtocolError(KeeperError):
    """A frame that is none, or of another protocol."""


class LaunchError(KeeperError):
    """The kernel's program is not there, may not be run, or says nothing."""


class ServerError(LaunchError):
    """A Jupyter Server that refuses what it is asked, or is none; or a URL that is not to be used."""


class UnreachableError(ServerError):
    """A Jupyter Server that does not answer: it may later."""


class PrivateDirectoryError(KeeperError):
    """Neither the runtime directory nor the temporary one can hold files and sockets of this user alone."""


class HomeError(KeeperError):
    """The keeper's folder cannot be used."""


class JournalError(KeeperError):
    """What was to be kept is not on disk."""
