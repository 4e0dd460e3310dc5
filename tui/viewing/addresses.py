"""Which notebook an address means: the page that shows one in a browser leads to the file itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

_RAW: Final = "https://raw.githubusercontent.com"
_GISTS: Final = "https://api.github.com/gists"
_SUFFIX: Final = ".ipynb"
_REPOSITORY: Final = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+/[^/].*" + re.escape(_SUFFIX))
_GITHUB: Final = {"github.com", "www.github.com"}
_NBVIEWER: Final = {"nbviewer.org", "www.nbviewer.org", "nbviewer.jupyter.org"}
_COLAB: Final = "colab.research.google.com"
_FILE_PAGES: Final = {"blob", "raw", "edit", "blame", "tree"}
_PORTS: Final = range(1, 1 << 16)


class AddressError(Exception):
    """It is no address of a notebook; its text says why."""


@dataclass(frozen=True, slots=True)
class FileAddress:
    """The notebook itself, as bytes."""

    url: str

    @property
    def name(self) -> str:
        """What to call the file."""
        return _file_name(PurePosixPath(unquote(urlsplit(self.url).path)).name)


@dataclass(frozen=True, slots=True)
class GistAddress:
    """A gist, which may hold several files."""

    url: str
    """Of what GitHub tells programs of it."""
    file: str = ""
    """Which of its files, as the page's own address has it (file-a-ipynb); empty for the first notebook."""


WebAddress: TypeAlias = FileAddress | GistAddress


def address_of(said: str) -> WebAddress | None:
    """What was said, as an address; None for a path of this machine. Raises AddressError.

    A file that is there wins over `owner/repository/path.ipynb`.
    """
    if "://" in said:
        return _of_url(said)
    if _REPOSITORY.fullmatch(said) and not Path(said).exists():
        owner, repository, path = said.split("/", 2)
        return _raw(owner, repository, "HEAD", path)
    return None


def _of_url(said: str) -> WebAddress:
    url = checked(said)
    host = url.hostname or ""
    parts = [part for part in url.path.split("/") if part]
    if host in _NBVIEWER:
        return _of_nbviewer(said, parts)
    if host == _COLAB and parts[:1] == ["github"]:
        return _of_github(said, parts[1:])
    if host in _GITHUB:
        return _of_github(said, parts)
    if host == "gist.github.com" and parts and "raw" not in parts:
        return GistAddress(f"{_GISTS}/{_gist_id(said, parts[:2])}", url.fragment)
    if "/-/blob/" in url.path:
        return FileAddress(
            urlunsplit(url._replace(path=url.path.replace("/-/blob/", "/-/raw/", 1), fragment=""))
        )
    return FileAddress(urlunsplit(url._replace(fragment="")))


def checked(said: str) -> SplitResult:
    """The address in its parts: http or https, a host, and no name or password. Raises AddressError."""
    try:
        url = urlsplit(said)
        port_is_right = url.port is None or url.port in _PORTS
    except ValueError as error:
        raise AddressError(f"{said}: {error}") from error
    if "@" in url.netloc:
        # Not quoted: it may hold a password.
        raise AddressError(
            f"an address at {url.hostname} with a name or a password in it: it is not sent anywhere"
        )
    if url.scheme not in ("http", "https"):
        raise AddressError(f"{said}: only http and https addresses can be fetched")
    if not url.hostname or not port_is_right or not said.isprintable() or " " in said:
        raise AddressError(f"{said}: this is no address")
    return url


def _of_github(said: str, parts: list[str]) -> FileAddress:
    if len(parts) < 5 or parts[2] not in _FILE_PAGES:
        raise AddressError(
            f"{said}: not the page of a file; those look like github.com/owner/repo/blob/main/a.ipynb"
        )
    owner, repository, _, ref, *path = map(unquote, parts)
    return _raw(owner, repository, ref, "/".join(path))


def _of_nbviewer(said: str, parts: list[str]) -> WebAddress:
    match parts:
        case ["github", *rest]:
            return _of_github(said, rest)
        case ["gist", *rest] if rest:
            return GistAddress(f"{_GISTS}/{_gist_id(said, rest[:2])}")
        case ["url", host, *rest]:
            return FileAddress(urlunsplit(checked(f"http://{host}/{'/'.join(rest)}")))
        case ["urls", host, *rest]:
            return FileAddress(urlunsplit(checked(f"https://{host}/{'/'.join(rest)}")))
        case _:
            raise AddressError(f"{said}: not the page of a notebook")


def _gist_id(said: str, parts: list[str]) -> str:
    """The last of them: before it stands who wrote it."""
    found = parts[-1]
    if not re.fullmatch(r"[0-9a-fA-F]{5,40}", found):
        raise AddressError(f"{said}: not the page of a gist")
    return found


def _raw(owner: str, repository: str, ref: str, path: str) -> FileAddress:
    return FileAddress(f"{_RAW}/{quote(f'{owner}/{repository}/{ref}/{path}')}")


def _file_name(name: str) -> str:
    safe = re.sub(r"[^\w.+ -]", "-", name).lstrip(".-") or "notebook"
    return safe if safe.endswith(_SUFFIX) else f"{safe}{_SUFFIX}"
