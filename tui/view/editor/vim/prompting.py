"""What is typed behind `:`, `/` and `?`: editing the line, and the lines from before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from tui.view.editor.vim.registers import read
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.searching import word_span
from tui.view.editor.vim.state import FailedError, Prompt

_OLDER: Final = ("up", "ctrl+p")
_NEWER: Final = ("down", "ctrl+n")
_MOST_LINES: Final = 50
_BIG_WORD: Final = re.compile(r"\S+")


def typed_in_prompt(scene: Scene, prompt: Prompt, key: str) -> Prompt:
    """The line after a key; it stays as it is after one that means nothing there."""
    if prompt.takes_register:
        return replace(prompt, text=prompt.text + _inserted(scene, key), takes_register=False)
    if key in (*_OLDER, *_NEWER):
        return _turned(prompt, _lines_of(scene, prompt), 1 if key in _OLDER else -1)
    if key == "ctrl+r":
        return replace(prompt, takes_register=True)
    text = _edited(prompt.text, key)
    return replace(prompt, text=text, back=0, begun="")


def _edited(text: str, key: str) -> str:
    if key in ("backspace", "ctrl+h"):
        return text[:-1]
    if key == "ctrl+u":
        return ""
    if key == "ctrl+w":
        return re.sub(r"(?:\w+|[^\w\s]+)?\s*$", "", text, count=1)
    typed = {"space": " ", "tab": "\t"}.get(key, key)
    return text + typed if len(typed) == 1 else text


def _lines_of(scene: Scene, prompt: Prompt) -> tuple[str, ...]:
    return scene.memory.lines if prompt.sign == ":" else scene.memory.sought


def _turned(prompt: Prompt, lines: tuple[str, ...], step: int) -> Prompt:
    """An older line, or a newer one, of those that begin with what was typed."""
    begun = prompt.text if not prompt.back else prompt.begun
    back = prompt.back + step
    while 0 < back <= len(lines) and not lines[-back].startswith(begun):
        back += step
    if back > len(lines) or back < 0:
        return prompt
    return replace(prompt, text=lines[-back] if back else begun, back=back, begun=begun)


def _inserted(scene: Scene, key: str) -> str:
    """What `ctrl+r` puts in: a register, or with `ctrl+w` and `ctrl+a` the word at the cursor."""
    if key in ("ctrl+w", "ctrl+a"):
        line, at = scene.buffer.line(scene.line), scene.cursor - scene.buffer.start(scene.line)
        if key == "ctrl+a":
            return next((word[0] for word in _BIG_WORD.finditer(line) if word.end() > at), "")
        found = word_span(scene.buffer, scene.cursor)
        return "" if found is None else scene.text[slice(*found)]
    try:
        return read(scene, key).text.removesuffix("\n").replace("\n", "\r")
    except FailedError:
        return ""


def remembered(scene: Scene, prompt: Prompt) -> Scene:
    """With the line among those that up comes back to."""
    if not prompt.text.strip():
        return scene
    lines = (*(line for line in _lines_of(scene, prompt) if line != prompt.text), prompt.text)[-_MOST_LINES:]
    memory = scene.memory
    memory = replace(memory, lines=lines) if prompt.sign == ":" else replace(memory, sought=lines)
    return scene.with_memory(memory)
