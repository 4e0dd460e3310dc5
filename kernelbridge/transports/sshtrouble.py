"""What went wrong with ssh, told apart by its own words and those of what ran on the other machine."""

from __future__ import annotations

import re

from kernelbridge.transports.base import LoginNeededError, NoWayError, WayError

_REFUSED = re.compile(r"Permission denied \(|Too many authentication failures|Authentication failed")
_CHANGED = "REMOTE HOST IDENTIFICATION HAS CHANGED"
_UNVERIFIED = "Host key verification failed"
_SSH_ITSELF = 255
"""Exit status: it is ssh that failed, and not what it ran."""
_NOISE = re.compile(r"^(@+$|Warning: Permanently added|Connection to .* closed\.$|\*\* )")


def last_line(text: str) -> str:
    """The last line that says something; not sanitized."""
    lines = [line.strip() for line in text.splitlines()]
    return next((line for line in reversed(lines) if line and not _NOISE.match(line)), "")


def trouble_of(host: str, words: str, status: int | None) -> WayError:
    """What ssh said, and how it ended, before the other side was heard of; without a status it did not."""
    if _CHANGED in words:
        offending = re.search(r"^(?:Offending|Add correct host key in) .*$", words, re.MULTILINE)
        where = f"; {offending[0].strip()}" if offending else ""
        return NoWayError(f"{host}: the host's key has changed, and somebody may be listening in{where}")
    if status == _SSH_ITSELF and _UNVERIFIED in words:
        return LoginNeededError(f"{host}: its key is not known yet")
    if status == _SSH_ITSELF and _REFUSED.search(words):
        return LoginNeededError(f"{host}: {last_line(words)}")
    reason = last_line(words)
    if status is None:
        return WayError(f"{host}: {reason or 'it does not answer'}")
    return WayError(f"{host}: {reason or f'ssh ended with status {status}'}")


def trouble_there(host: str, said: str) -> WayError:
    """What a line that begins with `tnb-keeper` says that cannot be."""
    kind, _, detail = said.partition(" ")
    match kind:
        case "nopython":
            return NoWayError(
                f"{host}: there is no {detail}; name a Python that has ipykernel: "
                f"--kernel ssh://{host}/path/to/python"
            )
        case "old":
            version, _, python = detail.partition(" ")
            return NoWayError(
                f"{host}: {python} is Python {version}, and it takes 3.8; name another: "
                f"--kernel ssh://{host}/path/to/python"
            )
        case "without":
            _, _, python = detail.partition(" ")
            return NoWayError(
                f"{host}: {python} has no ipykernel: {python} -m pip install ipykernel, "
                f"or name another Python: --kernel ssh://{host}/path/to/python"
            )
        case "unsettled":
            return NoWayError(f"{host}: the keeper cannot be put there: {detail}")
        case _:
            return NoWayError(f"{host}: the keeper there speaks version {kind[:20]} of its protocol, not 1")
