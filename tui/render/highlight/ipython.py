"""Python as IPython takes it: with magics, shell lines and questions about names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from pygments.lexer import bygroups as _untyped_bygroups  # pyright: ignore[reportUnknownVariableType]
from pygments.lexer import words
from pygments.lexers.python import PythonLexer
from pygments.token import Name, Operator, Punctuation, Text, Whitespace

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from pygments.lexer import Lexer

_bygroups = cast("Any", _untyped_bygroups)

_NAME: Final = r"[^\W\d]\w*"
_REST: Final = r".*(?:(?<=\\)\n.*)*"  # the line, and those that a backslash continues it with

_TYPES: Final[dict[str, Any]] = {
    **{
        word: rule[1]
        for rules in PythonLexer.tokens.values()
        for rule in rules
        if isinstance(rule, tuple) and isinstance(rule[0], words)
        for word in rule[0].words
    },
    **dict.fromkeys(("in", "is", "and", "or", "not"), Operator.Word),
    **dict.fromkeys(("self", "cls", "Ellipsis", "NotImplemented"), Name.Builtin.Pseudo),
}
"""The words that Pygments' rules list, and their types."""
_NOT_AFTER_DOT: Final = (Name.Builtin, Name.Exception)


def _word(_lexer: Lexer, match: re.Match[str]) -> Iterator[tuple[int, Any, str]]:
    word, start = match.group(), match.start()
    token = _TYPES.get(word, Name)
    if token is not Name and match.string[start - 1] == "." and any(token in kind for kind in _NOT_AFTER_DOT):
        token = Name
    yield start, token, word


_FREQUENT: Final[list[Any]] = [
    # What most of a line is made of, before the some seventy rules that could not match there. Not at the
    # beginning of a line, and not what begins more than a word.
    (rf"(?<=.)(?!(?:def|class|from|import|lazy|async|yield)\b){_NAME}\b(?![\"'])", _word),
    (r"(?<=\S)[^\S\n]+", Text),
    (r"[]{}(),;[]|:(?!=)", Punctuation),
    (r"[-+*/<>&|^~]|\.(?!\d)|=(?![ \t]*[!%])", Operator),
]

_MAGICS: Final[list[Any]] = [
    # The first: magics whose argument is Python, which is coloured as such.
    (
        r"^([ \t]*)(%%?(?:time|timeit|prun|lprun|memit|mprun|debug|capture)\b)",
        _bygroups(Whitespace, Name.Decorator),
    ),
    (rf"^([ \t]*)(%%?{_NAME}|!!?)({_REST})", _bygroups(Whitespace, Name.Decorator, Text)),
    (
        rf"(=)([ \t]*)(!(?!=)|%{_NAME})({_REST})",
        _bygroups(Operator, Whitespace, Name.Decorator, Text),
    ),
    (r"^([ \t]*)(\?\??)(.*)", _bygroups(Whitespace, Name.Decorator, Text)),
    (r"^([ \t]*%{0,2}[\w.*]+)(\?\??)([ \t]*)$", _bygroups(Text, Name.Decorator, Whitespace)),
]


_AT_A_STATEMENT: Final = [*_FREQUENT, *_MAGICS]


def _adapted(rule: Any) -> Any:
    """Pygments' rule with names as `re` knows them, which halves the time that compiling takes.

    The index of a replacement field is kept to its line: it would be looked for in the whole text.
    """
    if not (isinstance(rule, tuple) and isinstance(rule[0], str)):
        return cast("Any", rule)
    pattern = rule[0].replace(PythonLexer.uni_name, _NAME).replace(r"[^\]]+", r"[^\]\n]+")
    return (pattern, *cast("tuple[Any, ...]", rule[1:]))


class IPythonLexer(PythonLexer):
    """Pygments' lexer of Python, and IPython's syntax where a statement may begin."""

    name = "IPython"
    aliases: ClassVar[list[str]] = []
    filenames: ClassVar[list[str]] = []
    mimetypes: ClassVar[list[str]] = []

    tokens: ClassVar[dict[str, Any]] = {
        state: [*(_AT_A_STATEMENT if state == "root" else ()), *(_adapted(rule) for rule in rules)]
        for state, rules in PythonLexer.tokens.items()
    }
