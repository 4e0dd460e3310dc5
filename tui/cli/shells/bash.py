"""Completion for bash: a function that looks at the words before the cursor."""

from __future__ import annotations

from tui.cli.shells.words import IDS, NAMES, Place, places


def bash() -> str:
    """What bash is to read."""
    found = places()
    names = "|".join(place.command for place in found if place.command)
    values = "\n".join(_values(place) for place in found)
    words = "\n".join(_words(place) for place in found)
    commands = " ".join(place.command for place in found if place.command)
    return f"""\
# Completion of tnb for bash, made by: tnb completion bash
_tnb() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command= words=
    COMPREPLY=()
    if ((COMP_CWORD > 1)); then
        case ${{COMP_WORDS[1]}} in {names}) command=${{COMP_WORDS[1]}} ;; esac
    fi
    case "$command $before" in
{values}
    esac
    case "$command" in
{words}
    esac
    ((COMP_CWORD == 1)) && [[ $word != -* ]] && words="{commands}"
    [[ $word == -* || -n $words ]] && COMPREPLY=($(compgen -W "$words" -- "$word"))
    [[ $word == -* ]] || COMPREPLY+=($(compgen -f -- "$word"))
}}
complete -o filenames -F _tnb {" ".join(NAMES)}
"""


def _values(place: Place) -> str:
    """Behind an option that takes one of some words, or a file."""
    lines: list[str] = []
    for value in place.values:
        pattern = " | ".join(f'"{place.command} {name}"' for name in value.option.names)
        found = f'-W "{" ".join(value.words)}"' if value.words else "-f"
        lines.append(f'        {pattern}) COMPREPLY=($(compgen {found} -- "$word")); return ;;')
    return "\n".join(lines) or "        _) ;;"


def _words(place: Place) -> str:
    options = " ".join(name for option in place.options for name in option.names)
    others = " ".join(place.words) if place.words else f"$({IDS})" if place.has_ids else ""
    return f"""\
        "{place.command}")
            words="{others}"
            [[ $word == -* ]] && words="{options}" ;;"""
