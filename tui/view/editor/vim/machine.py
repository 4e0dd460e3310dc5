"""What a key does: the one function that the program calls, and what `.` and `@` do again."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tui.document.selection import TextSelection
from tui.view.editor.vim import marking
from tui.view.editor.vim.buffer import Buffer
from tui.view.editor.vim.commands import COMMANDS, is_repeatable
from tui.view.editor.vim.confirming import answered
from tui.view.editor.vim.effects import GoBeyond, LeaveCell, PassOn, Play, Tell
from tui.view.editor.vim.excommands import run_line
from tui.view.editor.vim.inserting import leave_insert, noted, put_in, type_again
from tui.view.editor.vim.macros import keys_of, text_of
from tui.view.editor.vim.motions import MOTIONS
from tui.view.editor.vim.operators import operate, whole_lines
from tui.view.editor.vim.overtyping import take_back, type_over
from tui.view.editor.vim.parsing import WHOLE_LINES, Grammar, Incomplete, Unknown, parse
from tui.view.editor.vim.prompting import remembered, typed_in_prompt
from tui.view.editor.vim.reach import Reach, span_of
from tui.view.editor.vim.registers import read, recorded
from tui.view.editor.vim.scene import Scene
from tui.view.editor.vim.state import Change, Command, FailedError, Find, Mode, Prompt, Recording, Vim
from tui.view.editor.vim.textobjects import OBJECTS

ESCAPES: Final = frozenset(("escape", "ctrl+left_square_bracket"))
_PROMPTS: Final = frozenset((":", "/", "?"))
_BY_LINES: Final = frozenset(("j", "k", "down", "up"))
_NUMBERED: Final = frozenset("12345678")
_MOST_TIMES: Final = 1_000


def press(scene: Scene, key: str, *, is_typed: bool = True) -> Scene:
    """What a key makes of the scene; a key that fails only clears what was pending.

    A macro that is being recorded gets what is typed, and not what another one plays.
    """
    scene = replace(scene, effects=(), undo_at=None, failed=False)
    recording = scene.vim.recording
    if recording is not None:
        if key == "q" and _is_free(scene.vim):
            return _ended(scene, recording)
        if is_typed:
            recording = Recording(recording.register, (*recording.keys, key))
        scene = scene.with_vim(replace(scene.vim, recording=recording))
    try:
        return _pressed(scene, key)
    except FailedError as failure:
        scene = _with_typed(scene, key)
        said = (Tell(str(failure), is_warning=True),) if str(failure) else ()
        failed = replace(scene, vim=replace(scene.vim, pending=(), prompt=None), failed=True)
        return failed.asking(*said)


def _with_typed(scene: Scene, key: str) -> Scene:
    """What fails can be done again: a line, and with `;` what `f` and its like did not find."""
    if key == "enter" and scene.vim.prompt is not None:
        return remembered(scene, scene.vim.prompt)
    pending = scene.vim.pending
    if not pending or pending[-1] not in "fFtT" or len(key) != 1:
        return scene
    return scene.with_memory(replace(scene.memory, find=Find(pending[-1], key)))


def _is_free(vim: Vim) -> bool:
    """Whether a key would be a command's first."""
    return not (vim.mode.types or vim.prompt or vim.confirming or vim.pending)


def _pressed(scene: Scene, key: str) -> Scene:
    if scene.vim.confirming is not None:
        return answered(scene, scene.vim.confirming, key)
    if scene.vim.prompt is not None:
        return _in_prompt(scene, scene.vim.prompt, key)
    if scene.vim.mode.types:
        return _while_typing(scene, key)
    return _commanding(scene, key)


# -- the line behind `:`, `/` and `?` ----


def _in_prompt(scene: Scene, prompt: Prompt, key: str) -> Scene:
    if key == "enter":
        scene = remembered(scene.with_vim(replace(scene.vim, prompt=None)), prompt)
        if prompt.sign == ":":
            return run_line(_without_pending(scene), prompt.text)
        return _commanding(scene, prompt.sign + prompt.text if prompt.text else prompt.sign + prompt.sign)
    if key in ESCAPES or key == "ctrl+c" or (key in ("backspace", "ctrl+h") and not prompt.text):
        return _without_pending(scene.with_vim(replace(scene.vim, prompt=None)))
    return scene.with_vim(replace(scene.vim, prompt=typed_in_prompt(scene, prompt, key)))


# -- insert and replace ----


def _while_typing(scene: Scene, key: str) -> Scene:
    if scene.vim.pending:
        return _insert_register(_without_pending(scene), key)
    if key in ESCAPES:
        return leave_insert(scene)
    if key == "ctrl+r":
        return scene.with_vim(replace(scene.vim, pending=(key,)))
    if scene.vim.mode is Mode.REPLACE:
        typed = {"space": " ", "tab": "\t", "enter": "\n"}.get(key, key)
        if key in ("backspace", "ctrl+h"):
            return take_back(scene)
        if len(typed) == 1:
            return type_over(scene, typed)
    return scene.asking(PassOn())


def _insert_register(scene: Scene, key: str) -> Scene:
    if key in ESCAPES:
        return scene
    return put_in(scene, read(scene, key).text)


# -- normal and visual ----


def _without_pending(scene: Scene) -> Scene:
    return scene.with_vim(replace(scene.vim, pending=())) if scene.vim.pending else scene


def _commanding(scene: Scene, key: str) -> Scene:
    vim = scene.vim
    if key in ESCAPES or (key == "ctrl+c" and vim.pending):
        return _escaped(scene)
    keys = (*vim.pending, " " if key == "space" else key)
    parsed = parse(keys, Grammar.VISUAL if vim.mode.is_visual else Grammar.NORMAL)
    if isinstance(parsed, Incomplete):
        return scene.with_vim(replace(vim, pending=keys))
    if isinstance(parsed, Command) and parsed.name in _PROMPTS and not parsed.argument:
        return _prompting(scene, parsed)
    scene = _without_pending(scene)
    if isinstance(parsed, Unknown):
        return scene
    return _done(scene, parsed, is_alone=not vim.pending)


def _escaped(scene: Scene) -> Scene:
    if scene.vim.pending:
        return _without_pending(scene)
    if scene.vim.mode.is_visual:
        scene = marking.unmarked(scene)
        return scene.at(scene.buffer.on_character(scene.cursor), scene.goal)
    return scene.asking(LeaveCell())


def _prompting(scene: Scene, command: Command) -> Scene:
    """Opens the line for `:`, `/` or `?`; what was typed before stays pending, but for a count of lines."""
    if command.name != ":":
        return scene.with_vim(replace(scene.vim, prompt=Prompt(command.name)))
    if command.operator:
        raise FailedError
    text = ""
    if scene.vim.mode.is_visual:
        text = "'<,'>"
        start = marking.marked_span(scene.vim, scene.buffer, scene.cursor).start
        scene = marking.unmarked(scene).at(start)
    elif command.count is not None:
        text = "." if command.count == 1 else f".,.+{command.count - 1}"
    return scene.with_vim(replace(scene.vim, pending=(), prompt=Prompt(":", text)))


def _done(scene: Scene, command: Command, *, is_alone: bool) -> Scene:
    """Does a whole command, and keeps it for `.`."""
    if scene.vim.mode.is_visual:
        return _done_with_marked(scene, command, is_alone=is_alone)
    match command.name:
        case "." if not command.operator:
            return _repeat(scene, command)
        case "@":
            return _play(scene, command)
        case _:
            pass
    if not command.operator and command.name in MOTIONS:
        return _moved(scene, command)
    if not command.operator and command.name not in COMMANDS:
        return scene.asking(PassOn()) if is_alone and len(command.name) > 1 else scene
    change = Change(command)
    done = _executed(scene, change)
    if is_repeatable(command) and not done.vim.mode.types:
        done = done.with_memory(replace(done.memory, change=change))
    return _within(done)


def _done_with_marked(scene: Scene, command: Command, *, is_alone: bool) -> Scene:
    if command.name == "ctrl+c":
        command = replace(command, name="y", register="+")
    if command.name in OBJECTS or command.name in MOTIONS:
        find = OBJECTS.get(command.name) or MOTIONS[command.name]
        reach = find(scene, command)
        return marking.extended(_remembered(scene, reach), reach, command)
    done = marking.act(scene, command)
    if done is None:
        return scene.asking(PassOn()) if is_alone and len(command.name) > 1 else scene
    return _within(done)


def _within(scene: Scene) -> Scene:
    """The cursor on a character again, where the mode asks for it."""
    if scene.vim.mode is not Mode.NORMAL:
        return scene
    return scene.at(scene.buffer.on_character(scene.cursor), scene.goal)


def _remembered(scene: Scene, reach: Reach) -> Scene:
    scene = scene if reach.scene is None else reach.scene.at(scene.cursor, scene.goal)
    return scene.with_marks({"'": scene.cursor}) if reach.is_jump else scene


def _moved(scene: Scene, command: Command) -> Scene:
    try:
        reach = MOTIONS[command.name](scene, command)
    except FailedError:
        if command.name not in _BY_LINES or command.count is not None:
            raise
        step = 1 if command.name in ("j", "down") else -1
        return replace(scene, failed=True).asking(GoBeyond(step))
    scene = _remembered(scene, reach)
    return scene.at(scene.buffer.on_character(reach.offset), reach.goal)


def _executed(scene: Scene, change: Change) -> Scene:
    """Does a command that changes, yanks or enters a mode."""
    command = change.command
    if not command.operator:
        return COMMANDS[command.name](scene, change)
    if command.name == WHOLE_LINES:
        return operate(scene, whole_lines(scene, command), change)
    find = OBJECTS.get(command.name) or MOTIONS.get(command.name)
    if find is None:
        raise FailedError
    reach = find(scene, command)
    scene = _remembered(scene, reach)
    return operate(scene, span_of(scene, reach, command), change)


# -- again ----


def _repeat(scene: Scene, command: Command) -> Scene:
    """`.`: the last change, with another count where one is given."""
    change = scene.memory.change
    if change is None:
        raise FailedError
    again = change.command
    if command.count is not None:
        again = replace(again, count=command.count)
    if again.register in _NUMBERED:
        again = replace(again, register=str(int(again.register) + 1))
    change = replace(change, command=again)
    if change.extent is not None:
        done = marking.apply_again(scene, change.extent, change)
    else:
        done = _executed(scene, change)
    if done.vim.mode.types:
        done = type_again(done, change.typed)
    return _within(done.with_memory(replace(done.memory, change=change)))


def _play(scene: Scene, command: Command) -> Scene:
    """`@`: the keys of a register, so many times; `@@` the one that was played last."""
    name = scene.memory.macro if command.argument == "@" else command.argument
    if not name:
        raise FailedError
    if name == ":":
        line = read(scene, name).text
        scene = scene.with_memory(replace(scene.memory, macro=name))
        for _ in range(min(command.times, _MOST_TIMES)):
            scene = run_line(scene, line)
        return scene
    keys = keys_of(read(scene, name).text) * min(command.times, _MOST_TIMES)
    return scene.with_memory(replace(scene.memory, macro=name)).asking(Play(keys))


def _ended(scene: Scene, recording: Recording) -> Scene:
    """The keys go into their register, but for the `q` that ends them."""
    scene = scene.with_vim(replace(scene.vim, recording=None, pending=()))
    return recorded(scene, recording.register, text_of(recording.keys))


# -- from outside ----


def undone_at(buffer: Buffer, offset: int) -> int:
    """Where the cursor goes when something is undone, or done again, that began at an offset."""
    if offset > len(buffer.text):
        return buffer.text_start(buffer.last_line)
    return buffer.on_character(offset)


def pasted(scene: Scene, text: str) -> Scene:
    """Text that the terminal pasted, in the normal and the visual modes: it is put in at the cursor."""
    scene = marking.unmarked(replace(scene, vim=scene.vim.idle(), effects=(), undo_at=None))
    at = scene.cursor
    scene = scene.undoing_to(at).replaced(at, at, text)
    return _within(scene.at(max(at, at + len(text) - 1)))


def adopted(scene: Scene, selection: TextSelection) -> Scene:
    """What the mouse chose: a place ends the marking, a stretch is marked."""
    scene = replace(scene, vim=scene.vim.idle(), effects=(), undo_at=None)
    if scene.vim.mode.types:
        return scene.with_vim(noted(scene.vim, None, selection.head)).at(selection.head)
    if selection.is_empty:
        scene = marking.unmarked(scene)
        return scene.at(scene.buffer.on_character(selection.head))
    ends = (selection.start, max(selection.start, scene.buffer.before(selection.end)))
    anchor, head = ends if selection.head >= selection.anchor else (ends[1], ends[0])
    return scene.with_vim(replace(scene.vim, mode=Mode.VISUAL, anchor=anchor)).at(head)
