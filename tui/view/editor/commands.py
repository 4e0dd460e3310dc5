"""The editor's commands by their ids."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tui.view.editor import deleting, motions, rearranging, selecting
from tui.view.editor.comments import toggle_comment
from tui.view.editor.indenting import dedent, indent
from tui.view.editor.inserting import newline
from tui.view.editor.state import EditorCommand

_STEPS: Final[Mapping[str, motions.Motion]] = {"left": motions.left, "right": motions.right}

_JUMPS: Final[Mapping[str, motions.Motion]] = {
    "up": motions.up,
    "down": motions.down,
    "word-left": motions.word_left,
    "word-right": motions.word_right,
    "line-start": motions.line_start,
    "line-end": motions.line_end,
    "page-up": motions.page_up,
    "page-down": motions.page_down,
    "text-start": motions.text_start,
    "text-end": motions.text_end,
}

COMMANDS: Final[Mapping[str, EditorCommand]] = MappingProxyType(
    {
        **{f"editor.{name}": motions.stepping(motion) for name, motion in _STEPS.items()},
        **{f"editor.{name}": motions.moving(motion) for name, motion in _JUMPS.items()},
        **{
            f"editor.select-{name}": motions.extending(motion)
            for name, motion in {**_STEPS, **_JUMPS}.items()
        },
        "editor.select-all": selecting.select_all,
        "editor.select-line": selecting.select_line,
        "editor.delete-left": deleting.delete_left,
        "editor.delete-right": deleting.delete_right,
        "editor.delete-word-left": deleting.delete_word_left,
        "editor.delete-word-right": deleting.delete_word_right,
        "editor.delete-to-line-start": deleting.delete_to_line_start,
        "editor.delete-to-line-end": deleting.delete_to_line_end,
        "editor.delete-line": deleting.delete_line,
        "editor.newline": newline,
        "editor.indent": indent,
        "editor.dedent": dedent,
        "editor.toggle-comment": toggle_comment,
        "editor.move-line-up": rearranging.move_line_up,
        "editor.move-line-down": rearranging.move_line_down,
        "editor.duplicate-line": rearranging.duplicate_line,
        "editor.join-lines": rearranging.join_lines,
    }
)
