"""ipyparallel, which is an extra: loaded when it is needed, and named in one line where it is not there."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any, Final

from tui.clusters.errors import ClusterError

_MISSING: Final = "clusters need ipyparallel, which is not installed: pip install 'tnb[cluster]' installs it"


def ipyparallel() -> Any:
    """The package, which has no types. Raises ClusterError."""
    try:
        return import_module("ipyparallel")
    except ModuleNotFoundError as error:
        raise ClusterError(_MISSING) from error


def quiet_log() -> logging.Logger:
    """Where ipyparallel may tell what it does: to nobody, since tnb says it in its own words."""
    log = logging.getLogger("tnb.clusters")
    log.handlers = [logging.NullHandler()]
    log.propagate = False
    return log
