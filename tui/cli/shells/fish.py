"""Completion for fish: a line for each word."""

from __future__ import annotations

from tui.cli.parser import Option
from tui.cli.shells.words import IDS, NAMES, Place, places


def fish() -> str:
    """What fish is to read."""
    found = places()
    names = " ".join(place.command for place in found if place.command)
    lines = ["# Completion of tnb for fish, made by: tnb completion fish"]
    for program in NAMES:
        for place in found:
            where = f"__fish_seen_subcommand_from {place.command}"
            if place.command:
                about = _quoted(place.summary)
                lines.append(f"complete -c {program} -n __fish_use_subcommand -a {place.command} -d {about}")
            else:
                where = f"not __fish_seen_subcommand_from {names}"
            lines += _lines(program, place, where)
    return "\n".join(lines) + "\n"


def _lines(program: str, place: Place, where: str) -> list[str]:
    head = f"complete -c {program} -n {_quoted(where)}"
    words = {value.option: value.words for value in place.values}
    lines = [
        f"{head} {_option(option, words.get(option))} -d {_quoted(option.about)}" for option in place.options
    ]
    if place.words:
        lines.append(f"{head} -f -a {_quoted(' '.join(place.words))}")
    if place.has_ids:
        lines.append(f"{head} -f -a {_quoted(f'({IDS})')}")
    return lines


def _option(option: Option, words: tuple[str, ...] | None) -> str:
    names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
    if words is None:
        return names
    return f"{names} -x -a {_quoted(' '.join(words))}" if words else f"{names} -r"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
