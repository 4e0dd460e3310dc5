"""Insert sessions: how they begin, what is typed in them, and what they leave behind."""

from __future__ import annotations

from dataclasses import replace

from tui.document.textchange import TextChange
from tui.view.editor.indentation import indentation_after, indentation_of
from tui.view.editor.vim.blocktyping import typed_in_lines
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Change, Inserting, Mode, Repeating, Typed, Vim


def begin_insert(
    scene: Scene,
    change: Change,
    *,
    times: int = 1,
    opens_lines: bool = False,
    is_indented: bool = False,
    repeating: Repeating | None = None,
) -> Scene:
    """The insert mode at the cursor."""
    inserting = Inserting(change, scene.cursor, None, times, opens_lines, is_indented, repeating)
    vim = replace(scene.vim, mode=Mode.INSERT, inserting=inserting)
    return scene.with_vim(vim).at(scene.cursor)


def open_line(scene: Scene, change: Change, *, below: bool) -> Scene:
    """`o` and `O`: a new line, as deep as the language asks for."""
    buffer, line = scene.buffer, scene.line
    text, language = buffer.line(line), scene.surroundings.language
    space = indentation_after(text, language) if below else indentation_of(text)
    scene = scene.undoing_to(scene.cursor)
    at = buffer.end(line) if below else buffer.start(line)
    scene = scene.replaced(at, at, f"\n{space}" if below else f"{space}\n")
    cursor = at + len(space) + below
    return begin_insert(
        scene.at(cursor), change, times=change.command.times, opens_lines=True, is_indented=bool(space)
    )


def noted(vim: Vim, change: TextChange | None, cursor: int) -> Vim:
    """What is remembered after the editor changed the text, or moved the cursor, in the insert mode."""
    inserting = vim.inserting
    if inserting is None:
        return vim if change is None else replace(vim, places=vim.places.mapped(change))
    if change is None:
        return replace(vim, inserting=replace(inserting, start=cursor, change=None, is_indented=False))
    both = change if inserting.change is None else inserting.change.then(change)
    if both is None:
        inserting = replace(inserting, start=change.start, change=change)
    else:
        inserting = replace(inserting, change=both)
    return replace(vim, inserting=inserting, places=vim.places.mapped(change))


def put_in(scene: Scene, text: str) -> Scene:
    """Text put in at the cursor, as part of what is typed."""
    at = scene.cursor
    vim = noted(scene.vim, TextChange(at, "", text), at + len(text))
    scene = scene.replaced(at, at, text).at(at + len(text))
    return scene.with_vim(replace(scene.vim, inserting=vim.inserting))


def leave_insert(scene: Scene) -> Scene:
    """Esc: what was typed comes as often as the count says, and `.` knows it."""
    inserting = scene.vim.inserting
    if inserting is None:
        return scene.in_mode(Mode.NORMAL)
    typed = None
    if inserting.change is not None:
        typed = Typed(inserting.change, inserting.change.start - inserting.start)
    change = replace(inserting.began_by, typed=typed)
    scene = _repeated(scene, inserting, inserting.times - 1)
    scene = _without_indentation(scene, inserting)
    buffer, at = scene.buffer, scene.cursor
    if at > buffer.start_at(at):
        at = buffer.before(at)
    scene, at = _in_block(scene, inserting, at)
    buffer = scene.buffer
    if typed is not None:
        scene = scene.with_marks({"^": scene.cursor})
    vim = replace(scene.vim, mode=Mode.NORMAL, inserting=None)
    scene = scene.with_vim(vim).at(buffer.on_character(at))
    return scene.with_memory(replace(scene.memory, change=change))


def type_again(scene: Scene, typed: Typed | None) -> Scene:
    """What an insert session came to, done anew in one that just began."""
    inserting = scene.vim.inserting
    if typed is None or inserting is None:
        return leave_insert(scene)
    start = max(0, scene.cursor + typed.shift)
    end = min(start + len(typed.change.removed), len(scene.text))
    if scene.vim.mode is Mode.REPLACE:
        end = typed_over(scene, start, typed.change.inserted)
    change = TextChange(start, scene.text[start:end], typed.change.inserted)
    scene = scene.replaced(start, end, typed.change.inserted)
    scene = scene.at(start + len(typed.change.inserted))
    vim = replace(scene.vim, inserting=replace(inserting, change=change))
    return leave_insert(scene.with_vim(vim))


def typed_over(scene: Scene, start: int, text: str) -> int:
    """Where that ends which a text takes the place of in the replace mode: within the line."""
    line_end, end = scene.buffer.end_at(start), start
    for _ in text.partition("\n")[0]:
        if end == line_end:
            break
        end = scene.buffer.after(end)
    return end


def _repeated(scene: Scene, inserting: Inserting, times: int) -> Scene:
    if times <= 0 or inserting.change is None or not inserting.change.inserted:
        return scene
    text = inserting.change.inserted
    if inserting.opens_lines:
        line = scene.buffer.line_at(inserting.change.start)
        text = "\n" + indentation_of(scene.buffer.line(line)) + text.lstrip(" \t")
    if scene.vim.mode is Mode.REPLACE:
        at = scene.cursor
        end = typed_over(scene, at, text * times)
        return scene.replaced(at, end, text * times).at(at + times * len(text))
    at = scene.cursor
    return scene.replaced(at, at, text * times).at(at + times * len(text))


def _in_block(scene: Scene, inserting: Inserting, at: int) -> tuple[Scene, int]:
    """What was typed in a block's first line in the others, too, and where the cursor goes then."""
    repeating, change = inserting.repeating, inserting.change
    if (
        repeating is None
        or repeating.block.lines[0] > scene.buffer.last_line
        or (change is not None and "\n" in change.inserted)
    ):
        return scene, at
    line = scene.buffer.line(repeating.block.lines[0])
    text = line[repeating.column :][: max(0, len(line) - repeating.length)]
    if not text:
        return scene, at
    scene = typed_in_lines(scene, repeating, text)
    return scene, at if repeating.returns_to is None else repeating.returns_to


def _without_indentation(scene: Scene, inserting: Inserting) -> Scene:
    """A line that got nothing but its indentation is left empty."""
    change, buffer, line = inserting.change, scene.buffer, scene.line
    is_own = inserting.is_indented if change is None else change.inserted.rpartition("\n")[1] == "\n"
    start, end = buffer.start(line), buffer.end(line)
    if not is_own or start == end or scene.cursor != end or not buffer.is_blank(line):
        return scene
    return scene.replaced(start, end, "").at(start)
