"""A person at a notebook, at random: types, edits cells, runs, saves, undoes, is killed, and begins again.

The model knows of each word that was typed whether it may be gone. No two words are alike, so that one that
is found is the one that was typed.
"""

from __future__ import annotations

import json
import math
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from e2e import keys, notebooks
from e2e.terminal import Terminal
from programs import isolated_environment
from tui.files.errors import FileError
from tui.files.notebookfile import read
from tui.files.place import Here
from tui.files.recoveryfolder import leftovers

LONGEST_WAIT: Final = 60.0
_ESCAPED: Final = 0.1
"""Seconds after which an escape is surely a key of its own."""
_SEEN: Final = r"\b\d+/\d+\n|Enter take the marked"


@dataclass
class Word:
    """Something that was typed, or written by another program."""

    text: str
    at: float
    """When its last key was pressed."""
    shown: float = 0.0
    """When it was seen on the screen, if it was."""
    may_be_gone: bool = False
    """Whether the person or a question that they answered may have taken it away since."""


class _Watched(Terminal):
    """Notes when the word that was typed last is first seen."""

    typed: Word | None = None

    def take(self, data: bytes) -> None:
        super().take(data)
        if self.typed is not None and self.typed.text in self.text:
            self.typed.shown = time.monotonic()
            self.typed = None


class Person:
    """One notebook, and who works at it. All that is done follows from the seed."""

    def __init__(self, seed: int, folder: Path, command: list[str], grace: float) -> None:
        """What was typed less than `grace` seconds before a kill may be lost.

        The time counts from the last key of a word; where that waited in the terminal's line, as tnb had not
        come round to reading it, from when the word was seen on the screen, or one behind it. Those that were
        lost and would not have been with a screen that follows at once are told as late.
        """
        self.chance = random.Random(seed)
        self.home = folder / "home"
        self.home.mkdir(parents=True)
        cells = notebooks.code("begin = 0"), notebooks.markdown("prose")
        self.path = notebooks.write(folder / "a.ipynb", *cells)
        self._command = command
        self._grace = grace
        self.words = [Word("begin", 0.0)]
        self.done: list[str] = []
        """For who looks for what went wrong."""
        self._brought_back: list[Word] = []
        """What was not on the disk when the last tnb was begun: in one step it came, and may go."""
        self.late: list[str] = []
        """For each word that was lost as it was seen late: how long before the kill it was typed."""
        self._terminals: list[_Watched] = []
        """The last is the one in use. Those before it were killed; a kernel that they started goes on."""

    @property
    def terminal(self) -> _Watched:
        return self._terminals[-1]

    # -- what is done ----

    def act(self) -> None:
        """One thing, chosen by chance."""
        deeds: list[tuple[int, Callable[[], None]]] = [
            (8, self.type_word),
            (3, self.insert_cell),
            (3, self.move),
            (2, self.run),
            (2, self.save),
            (1, self.undo),
            (1, self.redo),
            (1, self.delete_cell),
            (1, self.move_cell),
            (1, self.split_or_merge),
            (1, self.write_outside),
            (1, self.wait),
        ]
        deed = self.chance.choices([each for _, each in deeds], [weight for weight, _ in deeds])[0]
        self.done.append(deed.__name__)
        deed()

    def type_word(self) -> None:
        self._press(keys.ENTER)
        if self.chance.random() < 0.5:  # never into the middle of another word, which would not be found then
            ways = [keys.HOME, keys.END, keys.UP + keys.HOME, keys.END + keys.ENTER]
            self._press(self.chance.choice(ways))
        self._type()
        if self.chance.random() < 0.7:
            self.leave_cell()

    def insert_cell(self) -> None:
        self.leave_cell()
        self._press(self.chance.choice("ab") + keys.ENTER)
        self._type()

    def move(self) -> None:
        self.leave_cell()
        self._press(self.chance.choice("jk") * self.chance.randint(1, 3))

    def run(self) -> None:
        self.leave_cell()
        self._press(keys.CTRL_E)

    def save(self) -> None:
        self.leave_cell()
        for _ in range(3):
            self._press(keys.CTRL_S)
            self.terminal.wait_for("saved|nothing has changed|o overwrite|gd shows", LONGEST_WAIT)
            if "gd shows" not in self.terminal.text:  # which came meanwhile, in the place of the answer
                break
        if "o overwrite" not in self.terminal.text:
            return
        if self.chance.random() < 0.5:
            for word in self.words:
                word.may_be_gone = word.may_be_gone or word.text.startswith("theirs")
            self._press("o")
            self.terminal.wait_for("saved", LONGEST_WAIT)
        else:
            self._press("c")
            self.terminal.wait_for("Enter take|the same", LONGEST_WAIT)
            self._press(keys.ENTER)
            self.terminal.wait_gone("Enter take", LONGEST_WAIT)

    def undo(self) -> None:
        self.leave_cell()
        self._take_away_the_last()
        self._press("z")

    def redo(self) -> None:
        self.leave_cell()
        self._press("Z")

    def delete_cell(self) -> None:
        """Only one with a word of its own, which is gone then."""
        self.leave_cell()
        self._press("b" + keys.ENTER)
        self._type()
        self.leave_cell()
        self._take_away_the_last()
        self._press("dd")

    def move_cell(self) -> None:
        self.leave_cell()
        self._press(self.chance.choice(["\x1b[1;3A", "\x1b[1;3B"]))

    def split_or_merge(self) -> None:
        self._press(keys.ENTER + self.chance.choice([keys.HOME, keys.END]) + "\x1f")
        self.leave_cell()
        if self.chance.random() < 0.5:
            self._press("M")

    def write_outside(self) -> None:
        """Another program adds a cell to the file."""
        word = Word(f"theirs_{len(self.words)}", time.monotonic())
        content = json.loads(self.path.read_text())
        content["cells"].append({**notebooks.code(f"{word.text} = 1"), "id": word.text})
        spare = self.path.with_suffix(".new")
        spare.write_text(json.dumps(content, indent=1) + "\n")
        spare.replace(self.path)
        self.words.append(word)
        if self.chance.random() < 0.5:
            self._press("\x1b[I")

    def wait(self) -> None:
        self.terminal.draw_for(self.chance.uniform(0, 1.5))

    def leave_cell(self) -> None:
        self._press(keys.ESCAPE)
        self.terminal.draw_for(_ESCAPED)

    # -- being killed ----

    def kill_and_look(self) -> None:
        """Be killed at a random moment, see that nothing is lost, and begin again."""
        self.terminal.draw_for(self.chance.uniform(0, 1.5))
        killed = time.monotonic()
        os.kill(self.terminal.process.pid, signal.SIGKILL)
        self.terminal.wait_exit()
        self._look(killed)
        self.open()

    def close(self) -> None:
        for each in self._terminals:
            each.close()

    def _look(self, killed: float) -> None:
        held, how = self._held()
        missing = [word for word in self.words if not word.may_be_gone and word.text not in held]
        seen = self._seen()
        owed = [word for word in missing if killed - max(word.at, seen[word.text]) > self._grace]
        told = [f"{word.text} ({killed - word.at:.2f} s, {killed - seen[word.text]:.2f} s)" for word in owed]
        assert not owed, (
            f"lost: {told}; {how}; done: {self.done}; held:\n{held}\nshown:\n{self.terminal.text}"
        )
        self.late += [f"{killed - word.at:.2f} s" for word in missing if killed - word.at > self._grace]
        for word in self.words:
            word.may_be_gone = word.may_be_gone or word.text not in held

    def _seen(self) -> dict[str, float]:
        """When each word was on the screen at the latest: keys are taken in order, so with the next one seen.

        Infinity where neither it nor one behind it was seen.
        """
        seen: dict[str, float] = {}
        latest = math.inf
        for word in reversed(self.words):
            latest = min(latest, word.shown or math.inf)
            seen[word.text] = latest
        return seen

    def _held(self) -> tuple[str, str]:
        """All that is on the disk or would be offered, and where that is."""
        try:
            file = read(self.path)
        except FileError as error:
            raise AssertionError(f"the file cannot be read: {error}; done: {self.done}") from error
        left = leftovers(Here(self.path).identity)
        assert not left.damaged, left.damaged
        all_of_them = [file.notebook, *(each.recovery.laid_over(file) for each in left.found)]
        sources = [cell.source for each in all_of_them for cell in each.cells]
        return "\n".join(sources), f"{len(left.found)} left"

    # -- the keyboard ----

    def open(self) -> None:
        """Begin tnb, and take what an earlier one left."""
        environment = isolated_environment(self.home)
        command = [*self._command, str(self.path)]
        terminal = _Watched(command, columns=110, rows=40, env=environment, cwd=self.path.parent)
        self._terminals.append(terminal)
        terminal.wait_for(_SEEN, LONGEST_WAIT)
        terminal.wait_until(lambda: b"\x1b[>4;1m" in terminal.raw, "the driver", LONGEST_WAIT)
        if self._is_something_left():
            on_disk = self.path.read_text()
            self._brought_back = [word for word in self.words if word.text not in on_disk]
            terminal.wait_for("Enter take the marked", LONGEST_WAIT)
            terminal.send(keys.ENTER)
            terminal.wait_gone("Enter take the marked", LONGEST_WAIT)

    def _is_something_left(self) -> bool:
        """Whether what was left is worth a question."""
        file = read(self.path)
        found = leftovers(Here(self.path).identity).found
        return any(each.recovery.laid_over(file) != file.notebook for each in found)

    def _type(self) -> None:
        word = Word(f"w{len(self.words)}_{self.chance.randrange(1 << 20):05x}", 0.0)
        self.terminal.typed = word
        self._press(f" {word.text} ")
        word.at = time.monotonic()
        self.words.append(word)

    def _take_away_the_last(self) -> None:
        """What was typed of late may be undone as one, and so may all that was brought back or taken."""
        for word in self.words:
            if word in self.words[-4:] or word in self._brought_back or word.text.startswith("theirs"):
                word.may_be_gone = True

    def _press(self, typed: str) -> None:
        self.done.append(repr(typed))
        self.terminal.send(typed)
        self.terminal.draw_for(self.chance.choice([0.0, 0.0, 0.02, 0.1]))
