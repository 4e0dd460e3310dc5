"""Which role of the theme a token of Pygments has, and runs: stretches of a line in one style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tui.render.rows import Role, Style

if TYPE_CHECKING:
    from pygments.token import _TokenType  # pyright: ignore[reportPrivateUsage] - its only name

_NAMES: Final = {
    "Token": Role.CODE,
    "Keyword": Role.KEYWORD,
    "Keyword.Type": Role.NAME_BUILTIN,
    "Operator.Word": Role.KEYWORD,
    "Operator": Role.OPERATOR,
    "Name.Function": Role.NAME_FUNCTION,
    "Name.Class": Role.NAME_CLASS,
    "Name.Builtin": Role.NAME_BUILTIN,
    "Name.Exception": Role.NAME_BUILTIN,
    "Name.Decorator": Role.DECORATOR,
    "Name.Tag": Role.KEYWORD,
    "Name.Attribute": Role.NAME_FUNCTION,
    "Name.Variable": Role.CODE,
    "Name.Variable.Magic": Role.NAME_BUILTIN,
    "Literal": Role.NUMBER,
    "Literal.String": Role.STRING,
    "Literal.Number": Role.NUMBER,
    "Comment": Role.COMMENT,
    "Comment.Preproc": Role.DECORATOR,
    "Generic.Heading": Role.HEADING,
    "Generic.Subheading": Role.HEADING,
    "Generic.Emph": Role.EMPHASIS,
    "Generic.Strong": Role.STRONG,
    "Generic.Deleted": Role.ERROR,
    "Generic.Inserted": Role.OK,
    "Generic.Error": Role.ERROR,
    "Generic.Traceback": Role.ERROR,
    "Generic.Prompt": Role.MUTED,
}
"""Token types by name; one that is not here has the role of the type above it."""

PLAIN_CODE: Final = Style(Role.CODE)


class Run(NamedTuple):
    """A stretch of one line in one style."""

    length: int
    """In code points."""
    style: Style


class _StyleOfToken(dict["_TokenType", Style]):
    """Token types to styles, each looked up once; one style object a role, so that `is` compares them."""

    def __missing__(self, token: _TokenType) -> Style:
        name = str(token).removeprefix("Token.")
        role = _NAMES.get(name)
        if role is None:
            style = self[token.parent] if token.parent is not None else PLAIN_CODE
        else:
            style = _STYLES[role]
        self[token] = style
        return style


_STYLES: Final = {role: Style(role) for role in _NAMES.values()} | {Role.CODE: PLAIN_CODE}

STYLE_OF: Final = _StyleOfToken()
"""The style of a token type; indexing never fails."""
