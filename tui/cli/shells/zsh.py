"""Completion for zsh: the arguments of each command as `_arguments` takes them."""

from __future__ import annotations

from tui.cli.parser import Option
from tui.cli.shells.words import IDS, NAMES, Place, places


def zsh() -> str:
    """What zsh is to read."""
    found = places()
    commands = "\n".join(
        f"        {_quoted(f'{place.command}:{place.summary}')}" for place in found if place.command
    )
    cases = "\n".join(_case(place) for place in found if place.command)
    return f"""\
#compdef {" ".join(NAMES)}
# Completion of tnb for zsh, made by: tnb completion zsh
_tnb_commands() {{
    local -a commands
    commands=(
{commands}
    )
    _describe -t commands command commands
    _files
}}
_tnb_ids() {{
    local -a ids
    ids=(${{(f)"$({IDS})"}})
    compadd -a ids
}}
_tnb() {{
    local command=$words[2]
    if ((CURRENT > 2)); then
        case $command in
{cases}
        esac
    fi
    _arguments -S \\
{_arguments(found[0], "_tnb_commands")}
}}
if [ "$funcstack[1]" = "_tnb" ]; then _tnb "$@"; else compdef _tnb {" ".join(NAMES)}; fi
"""


def _case(place: Place) -> str:
    rest = "_files"
    if place.words:
        rest = f"({' '.join(place.words)})"
    elif place.has_ids:
        rest = "_tnb_ids"
    return f"""\
            {place.command})
                shift words; ((CURRENT--))
                _arguments -S \\
{_arguments(place, rest)}
                return ;;"""


def _arguments(place: Place, rest: str) -> str:
    words = {value.option: value.words for value in place.values}
    lines = [
        _argument(option, name, words.get(option, ())) for option in place.options for name in option.names
    ]
    return " \\\n".join(f"                    {_quoted(line)}" for line in [*lines, f"*: :{rest}"])


def _argument(option: Option, name: str, words: tuple[str, ...]) -> str:
    about = option.about.replace("\\", "").replace("[", "(").replace("]", ")").replace(":", "\\:")
    value = ""
    if option.value is not None:
        value = f":{_plain(option.value)}:{f'({_escaped(words)})' if words else '_files'}"
    return f"*{name}[{about}]{value}"


def _plain(text: str) -> str:
    return "".join(char if char.isalnum() else " " for char in text).strip() or "value"


def _escaped(words: tuple[str, ...]) -> str:
    return " ".join(word.replace(":", "\\:") for word in words)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
