"""Addresses that links lead to: which are followed, and whether a link's text tells the truth."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ADDRESS: Final = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_READS_AS_ADDRESS: Final = re.compile(
    r"\s*(?:[a-z][a-z0-9+.-]*://|www\.|[^\s/@]+\.(?P<domain>[^\W\d]{2,})(?:[/:?#]|\s*$))"
)
_FILE_ENDING: Final = re.compile(
    r"c|cc|cpp|cs|csv|gif|go|gz|h|hdf|html?|hs|ipynb|java|jl|jpe?g|js|json|lock|m|md|ml|npy|npz|parquet|pdf|pl"
    r"|png|pkl|py|r|rb|rs|rst|sh|so|sql|svg|tar|toml|ts|tsv|txt|whl|xlsx?|xml|ya?ml|zip"
)

BARE_ADDRESS: Final = re.compile(r"https?://[!-~]*[A-Za-z0-9/&#%=@$-]", re.IGNORECASE)
"""An address in running text, without a full stop or bracket behind it."""


def web_address(target: str) -> str | None:
    """The target, if it is an http or https address in printable ASCII."""
    return target if _ADDRESS.fullmatch(target) else None


def is_honest(shown: str, target: str) -> bool:
    """Whether a link's text, if it reads as an address, is the one that the link leads to."""
    text = unicodedata.normalize("NFKC", shown).casefold()
    found = _READS_AS_ADDRESS.match(text)
    if found is None or _FILE_ENDING.fullmatch(found["domain"] or ""):
        return True
    return _bare(text) == _bare(target.casefold())


def _bare(address: str) -> str:
    """The address without what a text usually leaves out."""
    return re.sub(r"^https?://", "", address.strip()).removeprefix("www.").rstrip("/")
