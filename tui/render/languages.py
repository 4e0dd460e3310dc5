"""The languages of cells: how each is coloured, commented and indented, and by which names it goes.

Plain data; nothing here needs a lexer to be loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kernelbridge.outputs import JsonObject, JsonValue

_OPENING: Final = ("(", "[", "{")
_CLOSING: Final = (")", "]", "}")


@dataclass(frozen=True, slots=True)
class Language:
    """What an editor and a highlighter need to know of a language."""

    name: str
    """In lower case, as kernels and fences spell it; of an unknown language as found, not sanitized."""
    lexer: str | None = None
    """The alias of the Pygments lexer; None for plain text. Pygments may not know it."""
    comment: str | None = "#"
    """What begins a comment up to the end of the line; None where there is no such comment."""
    indent: str = "    "
    """One level of indentation."""
    opens_after: tuple[str, ...] = _OPENING
    """A line that ends with one of these is followed by a deeper one."""
    opens_with: frozenset[str] = frozenset()
    """A line whose first word is one of these is followed by a deeper one."""
    closes: tuple[str, ...] = _CLOSING
    """A line that begins with one of these (a whole word, if it is one) stands a level less deep."""
    leaves: frozenset[str] = frozenset()
    """A line whose first word is one of these ends its block: the line after it stands a level less deep."""


PLAIN: Final = Language("text", comment=None, opens_after=(), closes=())

PYTHON: Final = Language(
    "python",
    "python",
    opens_after=(":", *_OPENING),
    closes=("elif", "else", "except", "finally", *_CLOSING),
    leaves=frozenset({"return", "raise", "pass", "break", "continue"}),
)


def _braces(name: str, lexer: str, comment: str | None = "//", indent: str = "    ") -> Language:
    """A language whose blocks stand in brackets."""
    return Language(name, lexer, comment, indent)


def _words(
    name: str, lexer: str, comment: str, opens: str, closes: str, *, after: str = "", indent: str = "    "
) -> Language:
    """A language whose blocks begin and end with words; `after`: those that begin one at a line's end."""
    return Language(
        name,
        lexer,
        comment,
        indent,
        opens_after=(*after.split(), *_OPENING),
        opens_with=frozenset(opens.split()),
        closes=(*closes.split(), *_CLOSING),
    )


_OCTAVE_OPENS: Final = "if elseif else for while do switch case otherwise function try catch parfor"
_OCTAVE_CLOSES: Final = "end endif endfor endwhile endfunction endswitch until else elseif catch"

_LANGUAGES: Final = (
    PLAIN,
    PYTHON,
    _braces("c", "c"),
    _braces("c++", "cpp"),
    _braces("c#", "csharp"),
    _braces("css", "css", None, "  "),
    _braces("cuda", "cuda"),
    _braces("d", "d"),
    _braces("dart", "dart", indent="  "),
    _braces("go", "go", indent="\t"),
    _braces("groovy", "groovy"),
    _braces("java", "java"),
    _braces("javascript", "javascript", indent="  "),
    _braces("json", "json", None, "  "),
    _braces("kotlin", "kotlin"),
    _braces("perl", "perl", "#"),
    _braces("php", "php"),
    _braces("powershell", "powershell", "#"),
    _braces("r", "r", "#", "  "),
    _braces("raku", "raku", "#"),
    _braces("rust", "rust"),
    _braces("scala", "scala", indent="  "),
    _braces("stan", "stan", indent="  "),
    _braces("swift", "swift"),
    _braces("tcl", "tcl", "#"),
    _braces("typescript", "typescript", indent="  "),
    _braces("wolfram language", "mathematica", None, "  "),
    _braces("clojure", "clojure", ";;", "  "),
    _braces("common-lisp", "common-lisp", ";;", "  "),
    _braces("racket", "racket", ";;", "  "),
    _braces("scheme", "scheme", ";;", "  "),
    _braces("gnuplot", "gnuplot", "#", "  "),
    _braces("maxima", "maxima", None, "  "),
    _braces("q", "q", "/", "  "),
    _braces("stata", "stata"),
    _braces("diff", "diff", None),
    _braces("html", "html", None, "  "),
    _braces("xml", "xml", None, "  "),
    _braces("markdown", "markdown", None, "  "),
    _braces("latex", "latex", "%", "  "),
    _braces("toml", "toml", "#", "  "),
    _braces("ini", "ini", "#"),
    _braces("dockerfile", "docker", "#"),
    _braces("pycon", "pycon", None),
    _braces("console", "console", None),
    Language("haskell", "haskell", "--", "  ", opens_after=("where", "do", "of", "=", "let", *_OPENING)),
    Language("ocaml", "ocaml", None, "  ", opens_after=("=", "->", "begin", "then", "struct", *_OPENING)),
    Language("f#", "fsharp", "//", opens_after=("=", "->", "then", "do", *_OPENING)),
    Language("yaml", "yaml", "#", "  ", opens_after=(":", *_OPENING)),
    Language("make", "make", "#", "\t", opens_after=(":",)),
    Language("prolog", "prolog", "%", opens_after=(":-", "->", *_OPENING)),
    _words("bash", "bash", "#", "", "fi done esac else elif }", after="then do else in", indent="  "),
    _words(
        "fortran",
        "fortran",
        "!",
        "program subroutine function module do select else",
        "end enddo endif else",
        after="then",
        indent="  ",
    ),
    _words(
        "julia",
        "julia",
        "#",
        "function macro if elseif else for while begin let try catch finally struct mutable module quote",
        "end elseif else catch finally",
        after="do begin",
    ),
    _words(
        "lua", "lua", "--", "", "end else elseif until", after="then do else repeat function )", indent="  "
    ),
    _words("matlab", "matlab", "%", _OCTAVE_OPENS, _OCTAVE_CLOSES),
    _words("octave", "octave", "#", _OCTAVE_OPENS, _OCTAVE_CLOSES, indent="  "),
    _words(
        "ruby",
        "ruby",
        "#",
        "def class module if elsif else unless case when while until for begin rescue ensure",
        "end elsif else when rescue ensure }",
        after="do",
        indent="  ",
    ),
    _words("sas", "sas", "*", "data proc", "run; quit; end;", after="do;", indent="  "),
    _words("sql", "sql", "--", "", "end", after="begin", indent="  "),
)

_ALIASES: Final = {
    # kernelspecs and `language_info`
    "ir": "r",
    "irkernel": "r",
    "ipython": "python",
    "ipython2": "python",
    "ipython3": "python",
    "python2": "python",
    "python3": "python",
    "sage": "python",
    "sagemath": "python",
    "xonsh": "python",
    "coconut": "python",
    "sos": "python",
    "ijulia": "julia",
    "iruby": "ruby",
    "ihaskell": "haskell",
    "nodejs": "javascript",
    "calysto_scheme": "scheme",
    "wolfram": "wolfram language",
    "mathematica": "wolfram language",
    "csharp": "c#",
    "fsharp": "f#",
    "pwsh": "powershell",
    "shell": "bash",
    "polyglot-notebook": "c#",
    # fences, and what people call them
    "": "text",
    "plaintext": "text",
    "plain": "text",
    "none": "text",
    "txt": "text",
    "output": "text",
    "py": "python",
    "cython": "python",
    "cpp": "c++",
    "cc": "c++",
    "cxx": "c++",
    "hpp": "c++",
    "h": "c",
    "cu": "cuda",
    "cs": "c#",
    "js": "javascript",
    "jsx": "javascript",
    "ts": "typescript",
    "sh": "bash",
    "zsh": "bash",
    "ksh": "bash",
    "shell-session": "console",
    "shellsession": "console",
    "terminal": "console",
    "jl": "julia",
    "hs": "haskell",
    "ml": "ocaml",
    "fs": "f#",
    "rs": "rust",
    "rb": "ruby",
    "kt": "kotlin",
    "golang": "go",
    "pl": "perl",
    "ps1": "powershell",
    "clj": "clojure",
    "lisp": "common-lisp",
    "scm": "scheme",
    "rkt": "racket",
    "tex": "latex",
    "f90": "fortran",
    "md": "markdown",
    "yml": "yaml",
    "svg": "xml",
    "htm": "html",
    "jsonc": "json",
    "docker": "dockerfile",
    "makefile": "make",
    "patch": "diff",
    "cfg": "ini",
    "conf": "ini",
    "mysql": "sql",
    "postgresql": "sql",
    "sqlite": "sql",
    "m": "octave",
    "do": "stata",
    "gp": "gnuplot",
}

_BY_NAME: Final = {language.name: language for language in _LANGUAGES}


def language_named(name: str) -> Language:
    """The language of that name, alias or file extension (with or without its dot), in any case.

    One that is not listed gets the name as its lexer's, with `#` for comments.
    """
    known = _lookup(name)
    return known if known is not None else Language(name, name.strip().lower())


def language_of(metadata: JsonObject) -> Language:
    """The language of a notebook's code cells, from its `metadata` (nbformat: `language_info`, `kernelspec`).

    The kernel's own word comes first, then the kernelspec's; the first that is known wins. A notebook that
    says nothing is in Python, as Jupyter assumes.
    """
    info, spec = metadata.get("language_info"), metadata.get("kernelspec")
    words = [
        _text(info, "name"),
        _text(info, "pygments_lexer"),
        _text(spec, "language"),
        _text(info, "file_extension"),
        _text(metadata, "language"),
        _text(spec, "name"),
    ]
    said = [word for word in words if word]
    for word in said:
        known = _lookup(word)
        if known is not None:
            return known
    return language_named(said[0]) if said else PYTHON


def _lookup(name: str) -> Language | None:
    word = name.strip().lower()
    for candidate in (word, word.removeprefix("."), word.rstrip("0123456789.-"), word.partition("-")[0]):
        found = _BY_NAME.get(_ALIASES.get(candidate, candidate))
        if found is not None and (candidate or not word):
            return found
    return None


def _text(holder: JsonValue, key: str) -> str:
    """The text at `key`, or nothing where there is no object, no key or no text."""
    if not isinstance(holder, Mapping):
        return ""
    value = holder.get(key)
    return value if isinstance(value, str) else ""
