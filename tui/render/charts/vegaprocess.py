"""The process in which vl-convert lays out a chart: native code with a JavaScript engine, on hostile input.

It gets little time and memory, may write no file, and asks no server for data.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Final

_SECONDS: Final = 20
_MEMORY: Final = 1 << 30
"""Bytes that are written to; of address space the engine reserves far more than it uses."""


def main() -> None:
    """Read a request from the standard input, and write the chart's scene graph to the standard output.

    Both are JSON; the request is an object of `is_lite`, `version`, `spec` and `config`.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or hard > _MEMORY:
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    import vl_convert

    request = json.load(sys.stdin)
    spec, config = request["spec"], request["config"]
    if request["is_lite"]:
        version = _nearest(request["version"], vl_convert.get_vegalite_versions())
        scene = vl_convert.vegalite_to_scenegraph(
            spec, vl_version=version, config=config, allowed_base_urls=[]
        )
    else:
        scene = vl_convert.vega_to_scenegraph(spec, allowed_base_urls=[])
    json.dump(scene, sys.stdout)


def _nearest(major: int, versions: list[str]) -> str:
    """The newest version of a major one, or the oldest or newest that there is."""
    same = [version for version in versions if version.partition(".")[0] == str(major)]
    oldest = int(versions[0].partition(".")[0])
    return same[-1] if same else versions[0] if major < oldest else versions[-1]
