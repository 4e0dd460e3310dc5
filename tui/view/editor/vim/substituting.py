"""`:s`, and `&` which does it again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tui.view.editor.vim.confirming import confirming, with_all
from tui.view.editor.vim.effects import Tell
from tui.view.editor.vim.patterns import Pattern, compiled
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.searching import split_pattern
from tui.view.editor.vim.state import FailedError, Match, Search, Substitution

_FLAGS: Final = re.compile(r"(&?[giInce#lpr]*)\s*(\d*)")
_DELIMITERS: Final = frozenset('\\"|') | frozenset(map(chr, range(0x30, 0x3A)))


def substitute(scene: Scene, argument: str, lines: range) -> Scene:
    """`:s/pattern/replacement/flags`, on the lines; without a pattern, what was substituted last."""
    last = scene.memory.substitution
    if not argument or argument[0].isalnum() or argument[0] in ' "|&\t':
        if last is None:
            raise FailedError("No previous substitution")
        said, lines = _flags(scene, argument.strip(), last, lines)
        return _substituted(scene, replace(last, flags=said), lines)
    delimiter = argument[0]
    if delimiter in _DELIMITERS:
        raise FailedError(f"No pattern between {delimiter}")
    pattern, at = split_pattern(argument[1:], delimiter)
    rest = argument[1 + at :]
    replacement, end = split_pattern(rest, delimiter)
    if not pattern:
        searched = scene.memory.search
        if searched is None:
            raise FailedError("No previous search")
        pattern = searched.pattern
    if last is not None:
        replacement = re.sub(r"(\\.)|~", lambda one: one[1] or last.replacement, replacement)
    flags, lines = _flags(scene, rest[end:].strip(), last, lines)
    return _substituted(scene, Substitution(pattern, replacement, flags), lines)


def substitute_again(scene: Scene, lines: range, *, keeps_flags: bool) -> Scene:
    """The last one once more; `g&` with its flags."""
    last = scene.memory.substitution
    if last is None:
        raise FailedError("No previous substitution")
    return _substituted(scene, last if keeps_flags else replace(last, flags=""), lines)


def _flags(scene: Scene, text: str, last: Substitution | None, lines: range) -> tuple[str, range]:
    """The flags, and the lines by a count behind them."""
    found = _FLAGS.fullmatch(text)
    if found is None:
        raise FailedError(f"No such flags: {text}")
    flags, count = found.groups()
    if flags.startswith("&"):
        flags = flags[1:] + (last.flags if last is not None else "")
    if count:
        end = min(lines[-1] + int(count[:9]), scene.buffer.last_line + 1)
        lines = range(lines[-1], end)
    return flags, lines


def _substituted(scene: Scene, what: Substitution, lines: range) -> Scene:
    pattern = compiled(what.pattern, ignores_case="i" in what.flags and "I" not in what.flags)
    memory = replace(
        scene.memory,
        substitution=what,
        shows_matches=True,
        search=Search(what.pattern, scene.memory.search is None or scene.memory.search.is_forward),
    )
    scene = scene.with_memory(memory)
    buffer = scene.buffer
    start, end = buffer.start(lines[0]), buffer.end(lines[-1])
    matches = _matches(scene.text, pattern, what, start, end)
    if not matches:
        if "e" in what.flags:
            return scene
        raise FailedError(f"Pattern not found: {what.pattern}")
    if "n" in what.flags:
        told = Tell(_told(matches, "match", "matches"))
        return scene.at(buffer.text_start(scene.line)).asking(told)
    if "c" in what.flags:
        return confirming(scene, matches, what.replacement)
    return _all_replaced(scene, matches)


def _all_replaced(scene: Scene, matches: Sequence[Match]) -> Scene:
    scene = with_all(scene, matches)
    if len({match.line for match in matches}) > 2:
        scene = scene.asking(Tell(_told(matches, "substitution", "substitutions")))
    return scene


def _told(matches: Sequence[Match], one: str, many: str) -> str:
    count, lines = len(matches), len({match.line for match in matches})
    where = "1 line" if lines == 1 else f"{lines} lines"
    return f"{count} {one if count == 1 else many} on {where}"


def _matches(text: str, pattern: Pattern, what: Substitution, start: int, end: int) -> list[Match]:
    """What is to be replaced in the lines of `[start, end)`: a match may go on in lines below."""
    matches: list[Match] = []
    at, line_start = start, start
    while line_start <= end:
        line_end = text.find("\n", line_start)
        line_end = len(text) if line_end < 0 else line_end
        found, search_at = 0, line_start
        while search_at <= line_end:
            match = pattern.compiled.search(text, search_at)
            if match is None or (span := pattern.span(match))[0] > line_end:
                break
            if span[0] == span[1] == line_end and found:
                break
            if span[0] == span[1] == at and found:
                search_at = span[1] + 1
                continue
            new = _replacement(what.replacement, match, text[slice(*span)])
            matches.append(Match(*span, new, line_start))
            found, at = found + 1, span[1]
            search_at = span[1] if span[1] > span[0] else span[1] + 1
            if "g" not in what.flags:
                break
        line_start = line_end + 1
        if at > line_start:
            following = text.find("\n", at)
            line_start = following + 1 if following >= 0 else len(text) + 1
    return matches


def _replacement(replacement: str, match: re.Match[str], whole: str) -> str:
    r"""The replacement of a match: `&`, `\1`, `\r`, and the case of what follows `\u` and its like."""
    parts: list[str] = []
    once, until = "", ""
    at = 0
    while at < len(replacement):
        character, at = replacement[at], at + 1
        if character == "\\" and at < len(replacement):
            character, at = replacement[at], at + 1
            if character in "ul":
                once = character
                continue
            if character in "ULEe":
                until = "" if character in "Ee" else character
                continue
            piece = _escaped(character, match, whole)
        else:
            piece = whole if character == "&" else character
        if until:
            piece = piece.upper() if until == "U" else piece.lower()
        if once and piece:
            piece = (piece[0].upper() if once == "u" else piece[0].lower()) + piece[1:]
            once = ""
        parts.append(piece)
    return "".join(parts)


def _escaped(character: str, match: re.Match[str], whole: str) -> str:
    if character == "0":
        return whole
    if character.isascii() and character.isdigit():
        named = set(match.re.groupindex.values())
        plain = [index for index in range(1, match.re.groups + 1) if index not in named]
        wanted = int(character)
        return (match[plain[wanted - 1]] or "") if wanted <= len(plain) else ""
    return {"r": "\n", "n": "\n", "t": "\t"}.get(character, character)
