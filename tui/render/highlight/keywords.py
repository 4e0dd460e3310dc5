"""The words that belong to a language itself, as its Pygments lexer knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from keyword import kwlist
from typing import Any, Final, cast

from pygments.lexer import RegexLexer, words
from pygments.token import Keyword, Name

from tui.render.highlight.lexers import lexer_of
from tui.render.languages import Language

_ALTERNATIVES: Final = re.compile(r"\((?:\?:)?((?:\w+\|)+\w+)\)")
_KINDS: Final = ((Keyword, "keyword"), (Name.Builtin, "builtin"), (Name.Exception, "class"))
_WORD: Final = re.compile(r"[^\W\d]\w+")


@lru_cache(maxsize=32)
def keywords_of(language: Language) -> Mapping[str, str]:
    """The language's own words, each as a `keyword` or a `builtin`; none where Pygments does not know it."""
    lexer = lexer_of(language)
    known: dict[str, str] = {}
    if isinstance(lexer, RegexLexer):
        for pattern, token in _rules(type(lexer)):
            kind = next((kind for family, kind in _KINDS if token in family), "")
            for word in _words_of(pattern) if kind else ():
                known.setdefault(word, kind)
    if language.lexer == "python":  # whose rules take some together with the name that follows
        known |= dict.fromkeys(kwlist, "keyword")
    return dict(sorted(known.items()))


def _rules(lexer: type[RegexLexer]) -> Iterator[tuple[object, Any]]:
    """The patterns of a lexer and of what it builds upon, each with its token."""
    for each in lexer.__mro__:
        tables = cast("Mapping[str, list[object]]", vars(each).get("tokens", {}))
        for rules in tables.values():
            for rule in rules:
                parts = cast("tuple[Any, ...]", rule) if type(rule) is tuple else ()
                if len(parts) > 1 and type(parts[1]) is type(Keyword):
                    yield parts[0], parts[1]


def _words_of(pattern: object) -> Iterator[str]:
    """The plain words that a pattern stands for, where it is a list of them."""
    if isinstance(pattern, words):
        listed = cast("list[str]", list(pattern.words))
    else:
        listed = [word for found in _ALTERNATIVES.findall(str(pattern)) for word in found.split("|")]
    yield from (word for word in listed if _WORD.fullmatch(word))
