"""Where words begin and end, by vim's rules; each says whether there was one."""

from __future__ import annotations

from collections.abc import Callable

from tui.view.editor.vim.buffer import Step, Walk


def forward_to_start(walk: Walk, count: int, *, stops_at_line_end: bool) -> bool:
    """`w`; with an operator the last word ends where its line does."""
    buffer = walk.buffer
    for left in reversed(range(count)):
        stops = stops_at_line_end and left == 0
        kind, is_last_line = walk.kind, buffer.line_at(walk.at) == buffer.last_line
        step = walk.on()
        crossed = step in (Step.LINE_END, Step.OTHER_LINE)
        if step is Step.NOWHERE or (crossed and is_last_line):
            return False
        if crossed and stops:
            return True
        while kind and walk.kind == kind:
            step = walk.on()
            if step is Step.NOWHERE or (step is not Step.WITHIN and stops):
                return True
        while walk.kind == 0 and not walk.on_empty_line:
            step = walk.on()
            if step is Step.NOWHERE or (step is not Step.WITHIN and is_last_line):
                return True
    return True


def back_to_start(walk: Walk, count: int, *, stays_in_word: bool = False) -> bool:
    """`b`."""
    for _ in range(count):
        kind = walk.kind
        if walk.back() is Step.NOWHERE:
            return False
        if not stays_in_word or kind in (0, walk.kind):
            while walk.kind == 0 and not walk.on_empty_line:
                if walk.back() is Step.NOWHERE:
                    return True
            if walk.kind == 0:
                continue
            if not _skip(walk, walk.kind, Walk.back):
                return True
        walk.on()
        stays_in_word = False
    return True


def forward_to_end(walk: Walk, count: int, *, stays_in_word: bool = False, heeds_empty: bool = False) -> bool:
    """`e`; `stays_in_word` as for `cw`, which does not leave a word of one character."""
    for _ in range(count):
        kind = walk.kind
        if walk.on() is Step.NOWHERE:
            return False
        if kind and walk.kind == kind:
            if not _skip(walk, kind, Walk.on):
                return False
        elif not stays_in_word or kind == 0:
            while walk.kind == 0:
                if heeds_empty and walk.on_empty_line:
                    break
                if walk.on() is Step.NOWHERE:
                    return False
            if walk.kind == 0:
                stays_in_word = False
                continue
            if not _skip(walk, walk.kind, Walk.on):
                return False
        walk.back()
        stays_in_word = False
    return True


def back_to_end(walk: Walk, count: int, *, stops_at_line_end: bool = False) -> bool:
    """`ge`."""
    for _ in range(count):
        kind, step = walk.kind, walk.back()
        if step is Step.NOWHERE:
            return False
        if stops_at_line_end and step is Step.OTHER_LINE:
            return True
        while kind and walk.kind == kind:
            step = walk.back()
            if step is Step.NOWHERE or (stops_at_line_end and step is Step.OTHER_LINE):
                return True
        while walk.kind == 0 and not walk.on_empty_line:
            step = walk.back()
            if step is Step.NOWHERE or (stops_at_line_end and step is Step.OTHER_LINE):
                return True
    return True


def back_in_line(walk: Walk) -> None:
    """To where the run of one kind begins, within the line."""
    kind = walk.kind
    while not walk.at_line_start:
        here = walk.at
        walk.back()
        if walk.kind != kind:
            walk.at = here
            return


def _skip(walk: Walk, kind: int, go: Callable[[Walk], Step]) -> bool:
    """Over a run of one kind; False where the text ends first."""
    while walk.kind == kind:
        if go(walk) is Step.NOWHERE:
            return False
    return True
