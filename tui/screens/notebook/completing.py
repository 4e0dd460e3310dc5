"""Completions while a cell is typed: asked for beside the typing, which never waits for them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kernelbridge.replies import Completion, Completions
from tui.document.notebook import CellKind
from tui.document.words import words_near
from tui.render.highlight.keywords import keywords_of
from tui.render.languages import PLAIN
from tui.screens.notebook import editing
from tui.view.editor.completions import offer_of, word_before
from tui.view.editor.state import EditorState
from tui.view.popup.completions import completion_list

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.document.notebook import CellKey
    from tui.screens.notebook.screen import Handler, NotebookScreen
    from tui.view.editor.completions import Offer
    from tui.view.popup.completions import CompletionList

_PATIENCE: Final = 1.0
"""Seconds after which words are listed, until the kernel answers."""
_PAGE: Final = 9
_LONG_ENOUGH: Final = 3
"""Letters of a word from which on a kernel that knows none will know none of more letters either."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked about: a text and a cursor, in a cell."""

    key: CellKey
    state: EditorState
    is_wished: bool
    """Whether a person asked for it, and is not only typing."""

    def goes_on(self, former: _Asked) -> bool:
        """Whether it is about the same word, with no fewer letters."""
        head, end = former.state.selection.head, self.state.selection.head
        added = self.state.text[head:end]
        is_longer = not added or added.replace("_", "a").isalnum()
        before = former.state.text[:head]
        return self.key == former.key and end >= head and is_longer and self.state.text.startswith(before)


class Completing:
    """The list of completions of one screen, and the question to the kernel that is on its way.

    One question at a time: a kernel that is slow is not given more of them, and gets the newest when it has
    answered. What comes too late for the text as it is then is let go.
    """

    def __init__(self, screen: NotebookScreen, changed: Callable[[], None]) -> None:
        self._screen = screen
        self._changed = changed
        self._list: CompletionList | None = None
        self._key: CellKey | None = None
        """The cell that the list is of."""
        self._asking: asyncio.Task[None] | None = None
        self._next: _Asked | None = None
        """What is to be asked once the answer to the former question has come."""
        self._unknown: _Asked | None = None
        """The word of which the kernel knew no end last: it is not asked again for each further letter."""
        self._due: asyncio.TimerHandle | None = None
        self._is_late = False
        """Whether the answer to what was asked is long in coming."""
        self._is_choosing = False
        """Whether a person went to one of what is listed: it is not taken away then."""

    @property
    def popup(self) -> CompletionList | None:
        """What is to be shown, if anything."""
        return self._list

    # -- what a person does ----

    def typed(self, text: str) -> None:
        """A letter was typed: completions come by themselves, where they are wanted."""
        self.follow()
        now = self._now(is_wished=False)
        if self._list is not None or now is None or not _invites(now, text):
            return
        if self._unknown is None or not now.goes_on(self._unknown):
            self._ask_soon(now)

    def follow(self) -> None:
        """The text or the cursor may be another: the list narrows down, or closes."""
        shown = self._list
        if shown is None:
            return
        now = self._now(is_wished=False)
        if now is None or now.key != self._key:
            self._show(None)
            return
        offer = shown.offer.narrowed(now.state)
        if offer is not None:
            self._show(self._moved(shown, offer))
            return
        is_asked = _is_in_word(now) and self._ask_soon(now)
        if is_asked and shown.offer.is_before(now.state):
            self._is_choosing = False  # some of the word was deleted: the list stays until there is another
        else:
            self._show(None)

    def wish(self) -> None:
        """A person asks for completions here."""
        self._wait_no_longer()
        asked = self._now(is_wished=True)
        if asked is not None:
            self._ask(asked)

    def take_key(self, key: str) -> bool:
        """Whether a key was for the list."""
        shown = self._list
        if shown is None:
            return False
        step = {"down": 1, "up": -1, "ctrl+n": 1, "ctrl+p": -1, "pagedown": _PAGE, "pageup": -_PAGE}.get(key)
        if step is not None:
            self._is_choosing = True
            self._choose(shown.offer.moved(step))
        elif key == "escape":
            self.close()
        elif key == "tab":
            self.accept(shown.offer.chosen or 0)
        elif key == "enter" and shown.offer.chosen is not None and self._enter_accepts:
            self.accept(shown.offer.chosen)
        else:
            return False
        return True

    def press(self, row: int) -> None:
        """A row of the list was clicked."""
        if self._list is not None:
            first = self._list.first_row(self._screen.view.height_of(self._list))
            self.accept(min(first + row, len(self._list.offer.fitting) - 1))

    def scroll(self, rows: int) -> None:
        """The wheel was turned over the list."""
        if self._list is not None:
            offer = self._list.offer
            self._choose(offer.moved(1 if rows > 0 else -1) if offer.chosen is None else offer.moved(rows))

    def accept(self, index: int) -> None:
        """Put in one of what is listed."""
        shown = self._list
        self.close()
        if shown is not None:
            editing.change(self._screen, lambda state, _: shown.offer.accepted(state, index))

    def close(self) -> None:
        """List nothing, and want nothing that is on its way."""
        self._unknown = None
        self.end()
        self._show(None)

    def end(self) -> None:
        """Want nothing that is on its way."""
        self._wait_no_longer()
        self._next = None
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    # -- asking ----

    @property
    def _enter_accepts(self) -> bool:
        return self._screen.options.config.editor.enter_accepts

    def _now(self, *, is_wished: bool) -> _Asked | None:
        screen = self._screen
        if not screen.state.editing:
            return None
        key = screen.state.focus
        selection = screen.state.cursor(key)
        return _Asked(key, EditorState(screen.focused_cell.source, selection), is_wished)

    def _is_code(self, asked: _Asked) -> bool:
        """Whether the cursor is in code, and not in prose, a comment or a string."""
        source = self._screen.view.block(asked.key).source
        is_code_cell = self._screen.focused_cell.kind is CellKind.CODE
        return is_code_cell and source is not None and source.is_code_before(asked.state.selection.head)

    def _wait_no_longer(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _ask_soon(self, asked: _Asked) -> bool:
        """Ask once nothing more is typed for a moment, if that is wanted here."""
        self._wait_no_longer()
        config = self._screen.options.config.editor
        is_wanted = config.complete_while_typing and self._is_code(asked)
        if is_wanted:
            loop = asyncio.get_running_loop()
            self._due = loop.call_later(config.completion_delay, self._ask_if_still, asked)
        return is_wanted

    def _ask_if_still(self, asked: _Asked) -> None:
        self._due = None
        if asked == self._now(is_wished=False):
            self._ask(asked)

    def _ask(self, asked: _Asked) -> None:
        if self._asking is not None:
            self._next = asked
            if self._is_late:
                self._take(asked, self._from_here(asked.state))
            return
        self._asking = asyncio.get_running_loop().create_task(self._answer(asked))

    async def _answer(self, asked: _Asked) -> None:
        told = await self._from_kernel(asked)
        answer = told if told is not None and told.matches else self._from_here(asked.state)
        self._asking = None
        is_long = len(word_before(asked.state.text, asked.state.selection.head)) >= _LONG_ENOUGH
        is_unknown = is_long and told is not None and offer_of(asked.state, answer) is None
        self._unknown = asked if is_unknown else None
        self._take(asked, answer)
        following, self._next = self._next, None
        if following is None or self._list is not None or (is_unknown and following.goes_on(asked)):
            return
        if following == self._now(is_wished=following.is_wished):
            self._ask(following)

    async def _from_kernel(self, asked: _Asked) -> Completions | None:
        """What the kernel says; None where it would not answer now. While it thinks, words are listed."""
        session = self._screen.controller.session
        if session is None or not session.answers_now:
            return None
        state = asked.state
        question = asyncio.ensure_future(session.complete(state.text, state.selection.head))
        try:
            await asyncio.wait({question}, timeout=_PATIENCE)
            if not question.done():
                self._is_late = True
                self._take(asked, self._from_here(state))
            return await question
        finally:
            self._is_late = False
            question.cancel()

    def _from_here(self, state: EditorState) -> Completions:
        """Words of the notebook and of its language; no attributes, which only a kernel knows."""
        screen, head = self._screen, state.selection.head
        word = word_before(state.text, head)
        start = head - len(word)
        if not word or state.text[start - 1 : start] == ".":
            return Completions((), head, head)
        source = screen.view.block(screen.state.focus).source
        own = keywords_of(PLAIN if source is None else source.language)
        near = words_near(screen.notebook, screen.focus_index, word, head)
        near = [each for each in near if each not in own]
        listed = [Completion(each, "word") for each in near]
        wanted = word.lower()
        listed += [
            Completion(each, kind)
            for each, kind in own.items()
            if each.lower().startswith(wanted) and each != word
        ]
        return Completions(tuple(listed), start, head)

    # -- showing ----

    def _take(self, asked: _Asked, answer: Completions) -> None:
        """List what came, as far as it fits the text as it is now."""
        now = self._now(is_wished=False)
        if now is None or now.key != asked.key or (self._list is not None and self._is_choosing):
            return
        made = offer_of(asked.state, answer)
        offer = None if made is None else made.narrowed(now.state)
        self._key = asked.key
        if offer is None:
            self._leave_stale(now.state)
            if asked.is_wished and now.state == asked.state and not self._is_late:
                self._screen.say("no completions here")
            return
        self._is_choosing = False
        if asked.is_wished:
            offer = offer.moved(1)
        self._show(completion_list(offer))
        if asked.is_wished and len(offer.fitting) == 1 and now.state == asked.state and not self._is_late:
            self.accept(0)

    def _choose(self, offer: Offer) -> None:
        if self._list is not None:
            self._show(self._moved(self._list, offer))

    def _moved(self, shown: CompletionList, offer: Offer) -> CompletionList:
        """The list with an offer made of its own, scrolled for the rows that it has on the screen."""
        moved = replace(shown, offer=offer)
        return moved.scrolled(self._screen.view.height_of(moved))

    def _leave_stale(self, now: EditorState) -> None:
        """Close a list that only stayed until there would be another."""
        if self._list is not None and self._list.offer.narrowed(now) is None:
            self._show(None)

    def _show(self, shown: CompletionList | None) -> None:
        if shown is not self._list:
            self._list = shown
            self._changed()


def _invites(asked: _Asked, text: str) -> bool:
    """Whether what was typed is the beginning of a word, or what an attribute follows."""
    source, head = asked.state.text, asked.state.selection.head
    if text == ".":
        before = source[head - 2 : head - 1]
        return before.isidentifier() or before in (")", "]", '"', "'")
    return (text.isalnum() or text == "_") and _is_in_word(asked)


def _is_in_word(asked: _Asked) -> bool:
    return bool(word_before(asked.state.text, asked.state.selection.head))


def _complete_or_indent(screen: NotebookScreen) -> None:
    """Tab: a level of indentation where only that can be meant, else completions."""
    selection, source = screen.state.cursor(screen.state.focus), screen.view.block(screen.state.focus).source
    if source is None:
        return
    before = source.text[selection.head - 1 : selection.head]
    is_code = screen.focused_cell.kind is CellKind.CODE
    if is_code and selection.is_empty and before.strip() and not screen.state.more_cursors(source.text):
        screen.writing.completing.wish()
    else:
        editing.run_command(screen, "editor.indent")


HANDLERS: Mapping[str, Handler] = {
    "editor.complete-or-indent": _complete_or_indent,
    "editor.complete": lambda screen: screen.writing.completing.wish(),
}
