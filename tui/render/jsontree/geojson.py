"""What a GeoJSON (RFC 7946) holds, in one line: features, kinds of geometry, bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from kernelbridge.outputs import JsonObject, JsonValue

_GEOMETRIES: Final = frozenset(
    ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"]
)
_MOST_FEATURES: Final = 10_000
_MOST_POSITIONS: Final = 30_000


def summary_of(value: JsonValue) -> str:
    """What is in a GeoJSON; empty for any other value."""
    if not isinstance(value, Mapping):
        return ""
    kind = value.get("type")
    if not isinstance(kind, str):
        return ""
    if kind not in ("FeatureCollection", "Feature") and not (kind in _GEOMETRIES and _has_places(value)):
        return ""
    geometries = list(_geometries(value))
    kinds = Counter(str(geometry.get("type")) for geometry in geometries)
    parts = ["GeoJSON"]
    features = value.get("features")
    if isinstance(features, list):
        parts.append("1 feature" if len(features) == 1 else f"{len(features):,} features")
    if kinds:
        parts.append(
            ", ".join(f"{count:,} {name}" if count > 1 else name for name, count in kinds.most_common())
        )
    bounds = _bounds(geometries)
    if bounds is not None:
        west, south, east, north = bounds
        parts.append(f"{_degrees(south, 'N', 'S')} to {_degrees(north, 'N', 'S')}")
        parts.append(f"{_degrees(west, 'E', 'W')} to {_degrees(east, 'E', 'W')}")
    return " · ".join(parts)


def _has_places(value: JsonObject) -> bool:
    return isinstance(value.get("coordinates"), list) or isinstance(value.get("geometries"), list)


def _geometries(value: JsonObject) -> Iterator[JsonObject]:
    """The geometries of a GeoJSON, those in collections one by one."""
    waiting: list[JsonValue] = [value]
    left = _MOST_FEATURES
    while waiting and left:
        left -= 1
        one = waiting.pop()
        if not isinstance(one, Mapping):
            continue
        for name in ("features", "geometries"):
            inner = one.get(name)
            if isinstance(inner, list):
                waiting += inner[:left]
        waiting += [one.get("geometry")] if one.get("type") == "Feature" else []
        kind = one.get("type")
        if isinstance(kind, str) and kind in _GEOMETRIES and kind != "GeometryCollection":
            yield one


def _bounds(geometries: list[JsonObject]) -> tuple[float, float, float, float] | None:
    """West, south, east and north of all positions, or of 30,000 of them."""
    west = south = float("inf")
    east = north = float("-inf")
    waiting: list[JsonValue] = [geometry.get("coordinates") for geometry in geometries]
    left = _MOST_POSITIONS
    while waiting and left:
        left -= 1
        one = waiting.pop()
        if not isinstance(one, list) or not one:
            continue
        if isinstance(one[0], list):
            waiting += one[:left]
        elif len(one) > 1 and isinstance(one[0], int | float) and isinstance(one[1], int | float):
            west, east = min(west, one[0]), max(east, one[0])
            south, north = min(south, one[1]), max(north, one[1])
    return (west, south, east, north) if west <= east else None


def _degrees(angle: float, positive: str, negative: str) -> str:
    return f"{abs(angle):.4g}°{positive if angle >= 0 else negative}"
