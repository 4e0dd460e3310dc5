"""Texts that would take a terminal over or break what draws them, and notebooks full of them."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any, Final

TEXTS: Final = {
    "titles and palettes": "\x1b]0;owned\x07\x1b]2;x\x1b\\\x1b]4;1;?\x07\x1b]11;?\x07\x1b]104\x07",
    "clipboard": "\x1b]52;c;aGk=\x07\x1b]52;c;?\x1b\\",
    "links": "\x1b]8;;file:///etc/passwd\x1b\\click\x1b]8;;\x1b\\ [a](javascript:x) <file:///etc> [b](http://a/\x07)",
    "queries": "\x1b[c\x1b[>c\x1b[6n\x1b[5n\x1b[?2026$p\x1bP$qm\x1b\\\x05",
    "modes": "\x1b[?1049l\x1b[?25h\x1b[?1000h\x1b[?2004l\x1bc\x1b[!p\x1b[>25u\x1b[20h\x1b(0\x0e",
    "moving and erasing": "\x1b[2J\x1b[H\x1b[99;99H\x1b[3J\x1b[1;5r\x1bM\x1bD\x1b#8\x1b7\x1b8\x0b\x08",
    "C1 controls": "\x9b2J\x9d0;owned\x9c\x90q\x9c\x84\x85\x8d",
    "unfinished": "\x1b]0;never ended \x1b[38;5 \x1bP \x1b",
    "colours without end": "\x1b[31;1;7mred\x1b[38;2;999;999;999m\x1b[38;5;m\x1b[;;;m\x1b[4:3m\x1b[1000m",
    "pictures": "\x1b_Ga=T,t=f;L2V0Yw==\x1b\\\x1bPq#0;2;0;0;0~-\x1b\\\x1b]1337;File=inline=1:AAAA\x07",
    "characters": "\x00\x07\x7f\u202eabc\u2066\u200b\ufeff\u2028\ufffe\ue000\U000e0041"
    + "e"
    + "\u0301" * 200,
    "lone surrogates": "a\ud800b\udc00 \udfff",
    "markup": "[red]x[/red] [bold [/nope] [@click=app.quit]y[/] [link=file:///etc]z[/] $primary {x} %s",
    "documents": "&#27;[31m &#x9b;2J <script>x</script> <td colspan=9999> ![](/dev/zero) $\\def\\a{\\a}$",
    "long": "word " * 2_000 + "x" * 200_000,
}

MIME_TYPES: Final = (
    *("text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/gif"),
    *("image/svg+xml", "application/json", "application/javascript", "application/vnd.of-nobody+json"),
    *("application/vnd.jupyter.widget-view+json", "application/geo+json", "text/x\x1b]0;owned\x07", ""),
)
ODD_VALUES: Final = (None, True, 5, -1, 1.5, 10**400, "", "text", [], ["a", None], {}, {"a": [1]})
"""What may stand in JSON in place of what is expected."""

_PICTURE_OF_NOTHING = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\0" * 40).decode()


def everywhere(path: Path, text: str) -> Path:
    """A notebook that holds `text` in every place that may be drawn."""
    outputs: list[dict[str, Any]] = [
        {"output_type": "stream", "name": "stdout", "text": text},
        {"output_type": "stream", "name": "stderr", "text": text},
        {"output_type": "error", "ename": text, "evalue": text, "traceback": [text, text]},
        {"output_type": "display_data", "data": {text: text}, "metadata": {text: text}},
        {"output_type": "execute_result", "execution_count": 1, "data": {"text/plain": text}, "metadata": {}},
        *(
            {
                "output_type": "display_data",
                "data": {mime: {text: text} if "json" in mime else text},
                "metadata": {},
            }
            for mime in MIME_TYPES
        ),
        {"output_type": "display_data", "data": {"image/png": _PICTURE_OF_NOTHING}, "metadata": {}},
    ]
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": f"{text}\n\n# {text}\n\n`{text}`\n\n- {text}\n\n> {text}",
        },
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": f"```{text}\n{text}\n```\n\n|{text}|b|\n|-|-|\n|c|{text}|",
        },
        {
            "cell_type": "code",
            "metadata": {},
            "execution_count": 1,
            "source": f"{text}\n'{text}'",
            "outputs": outputs,
        },
        {"cell_type": "raw", "metadata": {}, "source": text},
        {"cell_type": "code", "metadata": {}, "execution_count": 10**30, "source": "last", "outputs": []},
    ]
    kernelspec = {"name": text, "display_name": text, "language": text}
    return write(path, cells, {"kernelspec": kernelspec, "language_info": {"name": text}, "title": text})


def write(path: Path, cells: list[Any], metadata: Any) -> Path:
    """A notebook at `path`, valid or not."""
    content = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return path
