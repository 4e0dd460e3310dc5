"""Lexing a text line by line with a Pygments `RegexLexer`, and after an edit only where it may matter.

Pygments' own loop cannot stop and go on; this one does the same over the same table of rules, and keeps for
every line where the first match that begins in it begins, and with which states on the stack.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, cast

from pygments.lexer import ExtendedRegexLexer, RegexLexer
from pygments.token import Error, Token, Whitespace

from tui.render.highlight.lines import LineText, RunWriter, plain_run
from tui.render.highlight.styles import PLAIN_CODE, STYLE_OF, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pygments.lexer import Lexer

    from tui.document.textchange import TextChange
    from tui.render.highlight.lines import LineChange

LEXER_FAULTS: Final = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a faulty lexer may raise over odd text; its lines are plain then."""

MOST_SECONDS: Final = 1.0
"""Of this thread's processor time for one text, some 10,000 lines; a lexer that needs more is given up."""

_DEEPEST_STACK: Final = 200
_LINES_BELOW: Final = 2
"""How many lines below an edit are lexed to see whether it altered them."""

FAR_ENDS: Final = re.compile(
    r"[\"'`]|/\*|\*/|<!--|-->|\{-|-\}|\(\*|\*\)|#=|=#|#\||\|#|%\{|%\}|\[=*\[|\]=*\]|<<"
    r"|^[ \t]*[A-Z_]{2,}$",
    re.MULTILINE,
)
"""What begins or ends something over many lines in the usual languages; rules look for it from far above."""

PYTHON_FAR_ENDS: Final = re.compile(r'"""|\'\'\'')

_Action: TypeAlias = "Callable[[Lexer, re.Match[str]], Iterable[tuple[int, Any, str]]]"
_NewState: TypeAlias = "tuple[str, ...] | int | str | None"
_Rule: TypeAlias = "tuple[Callable[[str, int], re.Match[str] | None], Any, _NewState]"
_Table: TypeAlias = "Mapping[str, Sequence[_Rule]]"


class _Mark(NamedTuple):
    """A place in a line between two matches, from which lexing can go on."""

    offset: int
    """In code points from the line's beginning: more than 0 where a match from above ends in the line."""
    stack: tuple[str, ...]
    """The lexer's states."""
    head: tuple[Run, ...]
    """The runs of the line before the mark."""


_BEGIN: Final = _Mark(0, ("root",), ())


def is_resumable(lexer: Lexer) -> bool:
    """Whether the lexer is nothing but a table of rules, so that it can go on in the middle of a text."""
    return (
        isinstance(lexer, RegexLexer)
        and not isinstance(lexer, ExtendedRegexLexer)
        and type(lexer).get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed
    )


class IncrementalLines:
    """The runs of a text's lines by a resumable lexer.

    After an edit, lexing begins at the last line with text above it, as rules look past blank lines to the
    next word, and ends where a mark equals the one that was there before. Where `far_ends` finds other
    matches in the edited lines than before, it begins at the top. Exact where rules look no further than so;
    what ends with a word of the text's own choice is seen once the line on which it begins is edited.
    """

    def __init__(self, lexer: Lexer, far_ends: re.Pattern[str] = FAR_ENDS) -> None:
        self._lexer = lexer
        # The compiled rules, state by state; there is no public name for them, and subclasses read them so.
        self._table = cast("_Table", getattr(lexer, "_tokens", None))
        self._far_ends = far_ends
        self._text = LineText()
        self._runs: list[tuple[Run, ...]] = [()]
        self._marks: list[_Mark | None] = [_BEGIN]
        self._known = 0  # the lines before this one are lexed
        self._tail = range(0)  # lines lexed before an edit above them, right if a mark in them is met again
        self._anew_from: int | None = (
            0  # where lexing began after the last edit; None where more may be other
        )
        self._met: int | None = None  # the line after the last edit from which on all is as it was
        self._edited = range(0)
        self._seconds = 0.0
        self._given_up = False

    def set_text(self, text: str, change: TextChange | None = None) -> None:
        """Take another text, which `change` makes of the one before; nothing is lexed yet."""
        if text == self._text.source:
            return
        lines = self._text.replace(text, change)
        first, old_end, new_end = lines.first, lines.old_end, lines.new_end
        self._runs[first:old_end] = [()] * (new_end - first)
        self._marks[first:old_end] = [None] * (new_end - first)
        self._marks[0] = _BEGIN
        self._tail = self._surviving_tail(lines)
        if self._reaches_far(lines):
            self._known = 0
            self._tail = range(max(self._tail.start, new_end), self._tail.stop)
        else:
            self._known = min(self._known, self._line_above(first))
        self._anew_from, self._met = None if self._given_up else self._known, None
        self._edited = range(first, new_end)
        if self._seconds < MOST_SECONDS:
            self._seconds, self._given_up = 0.0, False

    def runs(self, line: int) -> tuple[Run, ...]:
        """The runs of that line. Raises IndexError when there is no such line."""
        if not self._text.is_lexed(line):
            return plain_run(self._text.length(line))
        while self._known <= line and not self._given_up:
            self._lex(line)
        return self._runs[line] if line < self._known else plain_run(self._text.length(line))

    def altered(self) -> range | None:
        """The lines whose runs the last edit altered, perhaps; None where that may be any."""
        if self._anew_from is None:
            return None
        if self._met is None:
            self.runs(min(self._edited.stop + _LINES_BELOW, len(self._text)) - 1)
        end = len(self._text) if self._met is None and self._known == len(self._text) else self._met
        return None if end is None else range(self._anew_from, max(end, self._edited.stop))

    def _surviving_tail(self, change: LineChange) -> range:
        """The lexed lines below the change, else those that were a tail before it."""
        shift = change.new_end - change.old_end
        if change.first < self._known:
            if change.old_end < self._known:
                return range(change.new_end, self._known + shift)
        elif change.first >= self._tail.stop:
            return range(self._tail.start, min(self._tail.stop, self._line_above(change.first)))
        if change.old_end < self._tail.stop:
            return range(max(change.old_end, self._tail.start) + shift, self._tail.stop + shift)
        return range(0)

    def _line_above(self, line: int) -> int:
        """The last line with text above that one, or the first of all."""
        line = max(line - 1, 0)
        while line and self._text.is_blank(line):
            line -= 1
        return line

    def _reaches_far(self, change: LineChange) -> bool:
        return self._far_ends.findall(change.before) != self._far_ends.findall(change.after)

    def _lex(self, wanted: int) -> None:
        """Lex on until the line `wanted` is known, or lines known from before are reached, or give up."""
        line = min(self._known, len(self._marks) - 1)
        while (mark := self._marks[line]) is None:
            line -= 1
        writer = RunWriter(self._text.starts, self._runs, line, mark.head)
        began = time.thread_time()
        try:
            self._match_on(writer, list(mark.stack), wanted, began + MOST_SECONDS - self._seconds)
        except LEXER_FAULTS:
            self._give_up(writer.line)
        self._seconds += time.thread_time() - began

    def _match_on(self, writer: RunWriter, stack: list[str], wanted: int, deadline: float) -> None:
        """Match rules from the writer's place on; this is the loop of `RegexLexer.get_tokens_unprocessed`."""
        text, table, lexer = self._text.lexed, self._table, self._lexer
        position, line = writer.position, writer.line
        rules = table[stack[-1]]
        while True:
            if writer.line != line:
                if self._arrive(writer, line, stack, wanted, deadline):
                    return
                line = writer.line
            for match_at, action, new_state in rules:
                match = match_at(text, position)
                if match is None:
                    continue
                if type(action) is _TOKEN_TYPE:
                    writer.write(match.end(), STYLE_OF[action])
                elif action is not None:
                    _write_groups(writer, cast("_Action", action)(lexer, match))
                position = match.end()
                writer.write(position, PLAIN_CODE)
                if new_state is not None:
                    _move(stack, new_state)
                    rules = table[stack[-1]]
                break
            else:
                if position >= len(text):
                    self._known = len(self._text)
                    return
                at_end_of_line = text[position] == "\n"
                if at_end_of_line:
                    stack[:] = ["root"]
                    rules = table["root"]
                position += 1
                writer.write(position, STYLE_OF[Whitespace if at_end_of_line else Error])

    def _arrive(self, writer: RunWriter, left: int, stack: list[str], wanted: int, deadline: float) -> bool:
        """Note the first place between matches in the writer's line; whether lexing may stop there."""
        line = writer.line
        self._marks[left + 1 : line] = [None] * (line - left - 1)
        if line == len(self._text):
            self._known = line
            return True
        mark = _Mark(writer.position - self._text.starts[line], tuple(stack), tuple(writer.current))
        if line in self._tail:
            if self._marks[line] == mark:
                self._known, self._tail = self._tail.stop, range(0)
                self._met = line
                return True
            self._tail = range(line + 1, self._tail.stop)
        self._marks[line] = mark
        if len(stack) > _DEEPEST_STACK or time.thread_time() > deadline:
            self._give_up(line)
            return True
        self._known = line
        return line > wanted

    def _give_up(self, line: int) -> None:
        self._known = line
        self._given_up = True


_TOKEN_TYPE: Final = type(Token)


def _write_groups(writer: RunWriter, tokens: Iterable[tuple[int, Any, str]]) -> None:
    """Write what a rule's callback makes of its match; what it leaves out between two tokens is plain."""
    for start, token, value in tokens:
        writer.write(start, PLAIN_CODE)
        writer.write(start + len(value), STYLE_OF[token])


def _move(stack: list[str], new_state: tuple[str, ...] | int | str) -> None:
    """Push and pop as a rule says: names, `#pop` and `#push`, or how many to pop; the last state stays."""
    if isinstance(new_state, int):
        del stack[max(len(stack) + new_state, 1) :]
        return
    for name in (new_state,) if isinstance(new_state, str) else new_state:
        if name == "#pop":
            if len(stack) > 1:
                stack.pop()
        elif name == "#push":
            stack.append(stack[-1])
        else:
            stack.append(name)
