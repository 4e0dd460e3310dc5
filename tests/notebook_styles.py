"""Notebooks as real files write them, and odd but legal ones, all of them made here.

`STYLES` are spellings of one and the same sound notebook, `ODDITIES` notebooks that are not quite sound and
yet open, `BROKEN` files that cannot be opened, each with the error that says why.
"""

from __future__ import annotations

import copy
import json
import re
from typing import Any

from tui.files import errors

PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def code(
    source: str, outputs: list[Any] | None = None, count: int | None = None, **more: Any
) -> dict[str, Any]:
    """A code cell as nbformat writes one."""
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": {},
        "outputs": outputs or [],
        "source": source.splitlines(keepends=True),
        **more,
    }


def markdown(source: str, **more: Any) -> dict[str, Any]:
    """A markdown cell as nbformat writes one."""
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True), **more}


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    """A stream output as nbformat writes one."""
    return {"name": name, "output_type": "stream", "text": text.splitlines(keepends=True)}


def result(data: dict[str, Any], count: int | None = 1) -> dict[str, Any]:
    """An execute_result."""
    return {"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"}


def notebook(cells: list[Any], minor: int = 5, **more: Any) -> dict[str, Any]:
    """A notebook around cells."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python", "version": "3.11.4"}},
        "nbformat": 4,
        "nbformat_minor": minor,
        **more,
    }


def sample(minor: int = 5) -> dict[str, Any]:
    """A notebook with every kind of cell and output, some of it not ASCII."""
    cells: list[dict[str, Any]] = [
        markdown(
            "# Größe 大きさ 😀\n\nText with `code`\u2028and a line separator.",
            attachments={"a.png": {"image/png": PICTURE}},
        ),
        code(
            "import math\n\nprint('é', \"\\u00e9\", '\\\\n')\nx = 1\t# tab",
            [stream("é\n\x1b[31mred\x1b[0m\n")],
            1,
        ),
        code("", [], None),
        code(
            "plot(x)",
            [
                result(
                    {"image/png": PICTURE, "text/html": ["<b>1</b>\n", "<i>2</i>"], "text/plain": ["1"]}, 3
                ),
                {
                    "data": {"application/vnd.x+json": {"b": [1, 2.50, None], "a": "é"}},
                    "metadata": {"z": 1},
                    "output_type": "display_data",
                },
                {
                    "ename": "E",
                    "evalue": "bad",
                    "output_type": "error",
                    "traceback": ["\x1b[0;31mE\x1b[0m", "line\nline"],
                },
            ],
            3,
        ),
        {
            "cell_type": "raw",
            "metadata": {"raw_mimetype": "text/x-rst", "tags": ["a", "b"]},
            "source": ["raw\n", "text"],
        },
        code("last = 1\n", [stream("1\n"), stream("2\n", "stderr")], 4),
    ]
    if minor >= 5:
        for number, cell in enumerate(cells):
            cell["id"] = f"cell-{number}"
    return notebook([dict(sorted(cell.items())) for cell in cells], minor)


def canonical(document: Any, indent: Any = 1, **options: Any) -> str:
    """JSON text as nbformat writes it."""
    options = {"ensure_ascii": False, "sort_keys": True, **options}
    return json.dumps(document, indent=indent, **options) + "\n"


def _with_strings(document: dict[str, Any]) -> dict[str, Any]:
    """The same with every source, stream and text as one string."""
    new = copy.deepcopy(document)
    for cell in new["cells"]:
        cell["source"] = "".join(cell["source"])
        for output in cell.get("outputs", ()):
            if "text" in output:
                output["text"] = "".join(output["text"])
    return new


def _shuffled(document: dict[str, Any]) -> dict[str, Any]:
    """The same with keys in another order, the way some programs write them."""
    order = ["cell_type", "source", "metadata", "id", "outputs", "execution_count"]
    cells = [
        dict(sorted(cell.items(), key=lambda item: [*order, item[0]].index(item[0])))
        for cell in document["cells"]
    ]
    return {
        "nbformat": 4,
        "nbformat_minor": document["nbformat_minor"],
        "metadata": document["metadata"],
        "cells": cells,
    }


def _upper_hex(text: str) -> str:
    return re.sub(r"(?<!\\)((?:\\\\)*\\u)([0-9a-f]{4})", lambda found: found[1] + found[2].upper(), text)


def _inline_lists(text: str) -> str:
    """Lists of words written on one line, as people do by hand."""
    return re.sub(r'\[\s*("[ab]"),\s*("[ab]")\s*\]', r"[\1, \2]", text)


def _mixed(text: str) -> str:
    """One cell indented by four where the others are by one."""
    lines = text.split("\n")
    middle = range(len(lines) // 3, len(lines) // 2)
    return "\n".join(" " * 3 + line if at in middle else line for at, line in enumerate(lines))


STYLES: dict[str, bytes] = {
    name: text.encode()
    for name, text in {
        "nbformat 4.5": canonical(sample()),
        "nbformat 4.0, no ids": canonical(sample(0)),
        "nbformat 4.1": canonical(sample(1)),
        "nbformat 4.2": canonical(sample(2)),
        "nbformat 4.3": canonical(sample(3)),
        "nbformat 4.4": canonical(sample(4)),
        "a newer minor version": canonical(sample(99)),
        "indented by nothing": canonical(sample(), 0),
        "indented by two": canonical(sample(), 2),
        "indented by four": canonical(sample(), 4),
        "indented by tabs": canonical(sample(), "\t"),
        "on one line": canonical(sample(), None),
        "compact": canonical(sample(), None, separators=(",", ":")).strip(),
        "CRLF": canonical(sample()).replace("\n", "\r\n"),
        "CR": canonical(sample()).replace("\n", "\r"),
        "no final newline": canonical(sample()).rstrip("\n"),
        "many final newlines": canonical(sample()) + "\n\n  \n",
        "byte order mark": "\ufeff" + canonical(sample()),
        "escapes": canonical(sample(), ensure_ascii=True),
        "escapes in upper case": _upper_hex(canonical(sample(), ensure_ascii=True)),
        "control escapes in upper case": _upper_hex(canonical(sample())),
        "escaped slashes": canonical(sample()).replace("</", "<\\/"),
        "strings": canonical(_with_strings(sample())),
        "keys in another order": canonical(_shuffled(sample()), sort_keys=False),
        "keys in another order, strings, by two": canonical(
            _with_strings(_shuffled(sample())), 2, sort_keys=False
        ),
        "lists on one line": _inline_lists(canonical(sample())),
        "mixed indentation": _mixed(canonical(sample())),
        "space before colons": canonical(sample()).replace('":', '" :'),
        "space around everything": re.sub(r"\n( *)", r"\n\n \1", canonical(sample())),
    }.items()
}
"""Spellings of the sample, by name."""

_ok = canonical(notebook([code("print(1)\n", [stream("1\n")], 1), markdown("# ok"), code("y = 2")]))
_cell = canonical(code("x")).strip()

ODDITIES: dict[str, bytes] = {
    name: (text if isinstance(text, str) else canonical(text)).encode()
    for name, text in {
        "a key twice in a cell": _ok.replace(
            '"cell_type": "markdown"', '"cell_type": "markdown",\n   "source": "first"'
        ),
        "the source twice": _ok.replace(
            '"source": [\n    "# ok"', '"source": "old",\n   "source": [\n    "# ok"'
        ),
        "cells twice": _ok.replace(
            '"metadata": {\n  "kernelspec"', f'"cells": [{_cell}],\n "metadata": {{\n  "kernelspec"'
        ),
        "metadata twice": _ok.replace(' "nbformat": 4', ' "metadata": {"a": 1},\n "nbformat": 4'),
        "ids twice": notebook([code("a", id="a"), code("b", id="a"), markdown("c", id="a")]),
        "bad ids": notebook([code("x", id=name) for name in ("", " ", "x" * 100, "é", 5, None, "a\nb")]),
        "ids in 4.4": notebook([code("a", id="a"), code("b", id="b")], 4),
        "no metadata": {"cells": [code("x"), code("y")], "nbformat": 4, "nbformat_minor": 4},
        "no version": {"cells": [code("x"), code("y")], "metadata": {}},
        "version as text": notebook([code("x"), code("y")], nbformat="4"),
        "version as a fraction": notebook([code("x"), code("y")], nbformat=4.5),
        "missing keys": notebook(
            [{"cell_type": "code"}, {"source": "x"}, {}, {"cell_type": "markdown", "source": "y"}]
        ),
        "unknown keys": notebook([code("x", more={"x": [1]}), code("y")], future="keep me"),
        "unknown kinds of cell": notebook(
            [{"cell_type": "future", "metadata": {}, "source": "z"}, {"cell_type": 7}, code("y")]
        ),
        "cells that are none": notebook([None, 3, "x", [], code("y"), 1.50]),
        "odd sources": notebook(
            [
                {**code(""), "source": odd}
                for odd in (5, None, {}, [1, 2], ["a", None, "b"], True, ["no", "joints"])
            ]
        ),
        "odd outputs": notebook(
            [
                {**code("x"), "outputs": odd}
                for odd in (None, {}, "x", 5, [None], [1], [{}], [{"output_type": "n"}])
            ]
        ),
        "odd metadata": notebook([{**code("x"), "metadata": odd} for odd in (None, [], "x", 5)], metadata=[]),
        "odd counts": notebook([code("x", count=odd) for odd in ("1", -5, 1.5, [], True, 10**30)]),
        "odd streams": notebook(
            [code("x", [{**stream(""), "text": odd} for odd in (None, 5, {}, [1], ["a", None])])]
        ),
        "odd errors": notebook([code("x", [{"output_type": "error", "ename": 5}, {"output_type": "error"}])]),
        "odd data": notebook([code("x", [result({"text/plain": odd}) for odd in (5, None, {}, [1], True)])]),
        "odd attachments": notebook([markdown("x", attachments=odd) for odd in (None, [], "x", {"a": 5})]),
        "not a number": _ok.replace(
            '"metadata": {},', '"metadata": {"a": NaN, "b": [Infinity, -Infinity]},', 1
        ),
        "large and odd numbers": _ok.replace(
            '"metadata": {},',
            '"metadata": {"a": 123456789012345678901234567890, "b": 1E5, "c": 0.10, "d": -0.0, "e": 1e999},',
            1,
        ),
        "lone surrogates": _ok.replace("# ok", "a\\ud800b \\udc00 \\ud83d\\ude00"),
        "everything escaped": _ok.replace("cells", "\\u0063ells")
        .replace("code", "c\\u006fde")
        .replace("print", "\\u0070rint"),
        "no cells": notebook([]),
        "one empty cell": notebook([code("")]),
        "deep JSON": notebook([code("x", [result({"application/json": json.loads("[" * 300 + "]" * 300)})])]),
    }.items()
}
"""Notebooks that open although something is odd about them, by what it is."""

BROKEN: dict[str, tuple[bytes, type[errors.CannotRead]]] = {
    "nothing": (b"", errors.EmptyFile),
    "white space": (b" \n\n", errors.EmptyFile),
    "half of it": (_ok.encode()[: len(_ok) // 2], errors.TruncatedJson),
    "all but the last brace": (_ok.rstrip()[:-1].encode(), errors.TruncatedJson),
    "the middle of a string": (_ok[: _ok.index("print") + 3].encode(), errors.TruncatedJson),
    "text behind the end": ((_ok + "xyz").encode(), errors.NotJson),
    "two notebooks": ((_ok + _ok).encode(), errors.NotJson),
    "random bytes": (bytes(range(200, 0, -1)), errors.NotJson),
    "zero bytes": (bytes(4096), errors.NotJson),
    "UTF-16": (_ok.encode("utf-16"), errors.NotUtf8),
    "gzip": (b"\x1f\x8b\x08\0\0\0\0\0", errors.NotJson),
    "a web page": (b"<!DOCTYPE html><title>Sign in</title>", errors.NotJson),
    "a comment": (_ok.replace('"nbformat"', '// x\n "nbformat"', 1).encode(), errors.NotJson),
    "a trailing comma": (_ok.replace('"nbformat_minor": 5', '"nbformat_minor": 5,').encode(), errors.NotJson),
    "a bare control character": (_ok.replace("# ok", "a\x01b").encode(), errors.NotJson),
    "merge markers": (
        _ok.replace(' "nbformat": 4', '<<<<<<< HEAD\n "nbformat": 4\n=======\n>>>>>>> x').encode(),
        errors.MergeConflict,
    ),
    "a Git LFS pointer": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
        errors.LfsPointer,
    ),
    "a list": (b"[]", errors.NotANotebook),
    "a number": (b"3", errors.NotANotebook),
    "an empty object": (b"{}", errors.NotANotebook),
    "cells that are no list": (b'{"cells": {}, "nbformat": 4}', errors.NotANotebook),
    "no cells": (b'{"metadata": {}, "nbformat": 4}', errors.NotANotebook),
    "too deep": (b"[" * 200_000, errors.BeyondLimits),
    "too deep in metadata": (
        b'{"cells": [], "metadata": {"x": ' + b"[" * 99_999 + b"]" * 99_999 + b"}}",
        errors.BeyondLimits,
    ),
    "a number too long": (
        _ok.replace('"metadata": {},', f'"metadata": {{"a": {"9" * 5000}}},', 1).encode(),
        errors.BeyondLimits,
    ),
}
"""Files that are no notebooks, by what they hold, with the error that reading them raises."""
