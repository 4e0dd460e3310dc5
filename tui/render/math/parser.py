"""Reads LaTeX's mathematics into a tree. What is between braces is read anew by the rules of the commands."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Final, TypeAlias

from tui.render.math.alphabets import Alphabet
from tui.render.math.lexer import END, Token, TokenKind, tokens
from tui.render.math.nodes import EMPTY, Face, Kind, Node, Scripts, Sequence, Space, Symbol, Text
from tui.render.math.pairing import paired
from tui.render.math.refusal import CannotTypesetError
from tui.render.math.symbols import CHARACTERS, SYMBOLS

DEEPEST: Final = 30
"""Groups and brackets in one another; a person writes five."""

_ESCAPED_IN_TEXT: Final = {
    **{character: character for character in "{}%$&#_"},
    **dict.fromkeys(" ,;:", " "),
    "textbackslash": "\\",
    "quad": "  ",
    "ldots": "…",
    "dots": "…",
}
_AS_PRINTED: Final = {"-": "−"}
_PRIMES: Final = ["", "′", "″", "‴"]
_GROUP_ENDS: Final = frozenset({TokenKind.CLOSE, TokenKind.END, TokenKind.ALIGN})

Rule: TypeAlias = Callable[["Parser", str], Node | None]
"""Reads what follows a command, whose name it gets; None where the command leaves nothing to be seen."""

Infix: TypeAlias = Callable[[Node, Node], Node]
r"""Makes a part of all that stands before and behind a command in its group, as `\over` does."""


class Parser:
    """Reads one formula. Every method raises CannotTypesetError at what it does not know."""

    def __init__(self, source: str, rules: Mapping[str, Rule], infixes: Mapping[str, Infix]) -> None:
        self._tokens = tokens(source)
        self._at = 0
        self._rules = rules
        self._infixes = infixes
        self._depth = 0
        self.face: Face | Alphabet = Face.MATH
        """How the letters look that are read now."""

    def formula(self) -> Node:
        """All of the source."""
        node = self.sequence(frozenset())
        if self.peek() is not END:
            raise CannotTypesetError("its braces or environments do not match")
        return node

    def peek(self) -> Token:
        """The next token that is no blank."""
        while self._at < len(self._tokens) and self._tokens[self._at].kind is TokenKind.BLANK:
            self._at += 1
        return self._tokens[self._at] if self._at < len(self._tokens) else END

    def take(self) -> Token:
        """The next token that is no blank, which is then behind."""
        token = self.peek()
        if token is not END:
            self._at += 1
        return token

    def accepts(self, kind: TokenKind, text: str) -> bool:
        """Whether that token is next; it is then behind."""
        if self.peek() != (kind, text):
            return False
        self._at += 1
        return True

    def sequence(self, stops: frozenset[str]) -> Node:
        r"""What stands up to a closing brace, an `&`, the end, or one of the commands `stops`: not taken."""
        items: list[Node] = []
        face = self.face
        with self._deeper():
            depth = self._depth
            while True:
                token = self.peek()
                if token.kind in _GROUP_ENDS or (token.kind is TokenKind.COMMAND and token.text in stops):
                    break
                if token.kind is TokenKind.CHARACTER and token.text in stops:
                    break
                if token.kind is TokenKind.COMMAND and (infix := self._infixes.get(token.text)):
                    self.take()
                    items = [infix(_line(items), self.sequence(stops))]
                    break
                if (item := self.scripted()) is not None:
                    items.append(item)
                    self._count_brackets(item, depth)
            self._depth = depth
        self.face = face
        return _line(items)

    def scripted(self) -> Node | None:
        """A part with its sub- and superscripts."""
        base = EMPTY if self.peek().kind in _SCRIPTS else self._part()
        sub: Node | None = None
        sup: Node | None = None
        while (token := self.peek()).kind in _SCRIPTS:
            if base is None:
                base = EMPTY
            if token.kind is TokenKind.PRIME:
                if sup is not None:
                    raise CannotTypesetError("a prime stands behind a superscript")
                sup = self._primes()
            elif token.kind is TokenKind.SUPERSCRIPT:
                self.take()
                written = self.argument()
                if sup is not None and not (isinstance(sup, Symbol) and sup.text in _PRIMES):
                    raise CannotTypesetError("it has two superscripts at one place")
                sup = written if sup is None else Sequence((sup, written))
            else:
                self.take()
                if sub is not None:
                    raise CannotTypesetError("it has two subscripts at one place")
                sub = self.argument()
        return base if sub is None and sup is None else Scripts(base or EMPTY, sub, sup)

    def argument(self) -> Node:
        """What a command or `^` takes: a group or the one part that is next."""
        with self._deeper():
            token = self.peek()
            if token.kind in _GROUP_ENDS or token.kind in _SCRIPTS:
                raise CannotTypesetError("something is missing in it")
            return self._part() or EMPTY

    def optional(self) -> Node | None:
        """What stands in square brackets, if they are next."""
        if not self.accepts(TokenKind.CHARACTER, "["):
            return None
        body = self.sequence(frozenset("]"))
        if not self.accepts(TokenKind.CHARACTER, "]"):
            raise CannotTypesetError("a bracket is not closed")
        return body

    def raw_argument(self) -> str:
        """The characters between braces, unread: a name, a colour, a length."""
        if not self.accepts(TokenKind.OPEN, "{"):
            raise CannotTypesetError("something is missing in it")
        return self._raw("}")

    def raw_optional(self) -> str | None:
        """The characters in square brackets, unread, if they are next."""
        return self._raw("]") if self.accepts(TokenKind.CHARACTER, "[") else None

    def text(self, face: Face) -> Node:
        r"""The words between braces; in them `$...$` is mathematics."""
        if not self.accepts(TokenKind.OPEN, "{"):
            token = self.take()
            if token.kind is not TokenKind.CHARACTER:
                raise CannotTypesetError("something is missing in it")
            return Text(token.text, face)
        with self._deeper():
            return self._words(face)

    def _words(self, face: Face) -> Node:
        items: list[Node] = []
        words: list[str] = []

        def end_words() -> None:
            if words:
                items.append(Text("".join(words), face))
                words.clear()

        while True:
            token = self._next()
            match token.kind:
                case TokenKind.CHARACTER | TokenKind.BLANK | TokenKind.PRIME:
                    words.append({"~": " ", "'": "’", "`": "‘"}.get(token.text, token.text))
                case TokenKind.COMMAND if token.text in _ESCAPED_IN_TEXT:
                    words.append(_ESCAPED_IN_TEXT[token.text])
                case TokenKind.OPEN:
                    end_words()
                    with self._deeper():
                        items.append(self._words(face))
                case TokenKind.DOLLAR:
                    end_words()
                    items.append(self._mathematics_in_text())
                case TokenKind.CLOSE:
                    end_words()
                    return _line(items)
                case _:
                    raise CannotTypesetError(_unknown(token))

    def _mathematics_in_text(self) -> Node:
        face, self.face = self.face, Face.MATH
        items: list[Node] = []
        while self.peek().kind is not TokenKind.DOLLAR:
            if self.peek().kind in _GROUP_ENDS:
                raise CannotTypesetError("its braces or environments do not match")
            if (item := self.scripted()) is not None:
                items.append(item)
        self.take()
        self.face = face
        return _line(items)

    def _part(self) -> Node | None:
        token = self.take()
        match token.kind:
            case TokenKind.CHARACTER:
                return self._character(token.text)
            case TokenKind.COMMAND:
                return self._command(token)
            case TokenKind.OPEN:
                node = self.sequence(frozenset())
                if not self.accepts(TokenKind.CLOSE, "}"):
                    raise CannotTypesetError("its braces or environments do not match")
                return _grouped(node)
            case _:
                raise CannotTypesetError(_unknown(token))

    def _command(self, token: Token) -> Node | None:
        if rule := self._rules.get(token.text):
            return rule(self, token.text)
        if (symbol := SYMBOLS.get(token.text)) is None:
            raise CannotTypesetError(_unknown(token))
        text, kind = symbol
        return Symbol(text, kind, Face.BOLD if self.face is Face.BOLD else Face.MATH)

    def _character(self, character: str) -> Node:
        if isinstance(self.face, Alphabet):
            return Symbol(self.face.letter(character), face=Face.UPRIGHT)
        if character == "~":
            return Space(1)
        kind = CHARACTERS.get(character, Kind.ORDINARY)
        if character == "," and self._is_between_digits():
            kind = Kind.ORDINARY
        return Symbol(_AS_PRINTED.get(character, character), kind, self.face)

    def _is_between_digits(self) -> bool:
        """Whether the token that was taken stands in a number, as in 1,000."""
        around = self._tokens[max(self._at - 2, 0) : self._at + 1 : 2]
        return len(around) == 2 and all(token.text.isdecimal() for token in around)

    def _primes(self) -> Node:
        count = 0
        while self.peek().kind is TokenKind.PRIME:
            self.take()
            count += 1
        return Symbol(_PRIMES[count] if count < len(_PRIMES) else "′" * count)

    def _next(self) -> Token:
        token = self._tokens[self._at] if self._at < len(self._tokens) else END
        self._at += 1
        return token

    def _raw(self, end: str) -> str:
        found: list[str] = []
        while (token := self._next()).text != end or token.kind is TokenKind.COMMAND:
            if token.kind in (TokenKind.END, TokenKind.OPEN, TokenKind.CLOSE):
                raise CannotTypesetError("its braces or environments do not match")
            found.append(f"\\{token.text}" if token.kind is TokenKind.COMMAND else token.text)
        return "".join(found)

    def _count_brackets(self, item: Node, outside: int) -> None:
        """Counts what `paired` will make of brackets as depth."""
        bracket = item.base if isinstance(item, Scripts) else item
        if isinstance(bracket, Symbol) and bracket.kind is Kind.OPENING:
            self._go_deeper()
        elif isinstance(bracket, Symbol) and bracket.kind is Kind.CLOSING:
            self._depth = max(self._depth - 1, outside)

    @contextmanager
    def _deeper(self) -> Generator[None]:
        self._go_deeper()
        yield
        self._depth -= 1

    def _go_deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise CannotTypesetError("its parts are nested too deeply")


_SCRIPTS: Final = frozenset({TokenKind.SUPERSCRIPT, TokenKind.SUBSCRIPT, TokenKind.PRIME})


def _line(items: list[Node]) -> Node:
    items = paired(items)
    return items[0] if len(items) == 1 else Sequence(tuple(items))


def _grouped(node: Node) -> Node:
    """What braces make of a part: a sign in them is no operator any more, as in `1{,}5`."""
    if isinstance(node, Symbol) and node.kind is not Kind.ORDINARY:
        return Symbol(node.text, Kind.ORDINARY, node.face)
    return node


def _unknown(token: Token) -> str:
    if token.kind is TokenKind.COMMAND:
        return f"\\{token.text} is not known here"
    return f"{token.text or 'the end'} is not expected where it stands"
