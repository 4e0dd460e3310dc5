"""What is being typed: text and selection, what they were, and what was typed before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.console.completionmenu import Menu, completed
from tui.console.promptkeys import COMMAND_IDS, KILLS, UNDO, WISHES, YANK, Wish
from tui.document.pastinputs import Browsing, History, Search
from tui.document.selection import TextSelection
from tui.view.editor.commands import COMMANDS
from tui.view.editor.indenting import is_in_indentation
from tui.view.editor.inserting import insert_text, paste
from tui.view.editor.state import Boundary, EditorContext, EditorResult, EditorState

if TYPE_CHECKING:
    from kernelbridge.replies import Completions
    from tui.terminal.inputs import KeyPress

_EMPTY: Final = EditorState("", TextSelection.at(0))
_MOST_UNDONE: Final = 200


class PromptEditor:
    """One prompt after the other."""

    def __init__(self) -> None:
        self.state = _EMPTY
        self.history = History()
        self.menu: Menu | None = None
        self.search: Search | None = None
        self._browsing: Browsing | None = None
        self._undone: list[EditorState] = []
        self._killed = ""

    def key(self, press: KeyPress, context: EditorContext) -> Wish | None:
        """Does what a key means here; what it asks for otherwise."""
        if self.search is not None and self._search_key(press):
            return None
        if self.menu is not None and self._menu_key(press.name):
            return None
        return self._plain_key(press, context)

    def paste(self, text: str, context: EditorContext) -> None:
        """Puts text in at the cursor as it is."""
        self._close_lists()
        self._apply(paste(self.state, context, text.expandtabs(4)))

    def offer(self, asked: EditorState, answer: Completions) -> None:
        """Takes completions; those of another text than stands there now are too late."""
        if (self.state.text, self.state.selection.head) != (asked.text, asked.selection.head):
            return
        state, self.menu = completed(self.state, answer)
        self._change(state)

    def break_line(self, indent: str | None, context: EditorContext) -> None:
        """Begins a line, as deep as the kernel says, or as the language asks for."""
        if indent is None:
            self._apply(COMMANDS["editor.newline"](self.state, context))
        else:
            self._apply(paste(self.state, context, "\n" + indent))

    def put(self, text: str) -> None:
        """Another text, with the cursor at its end."""
        self._close_lists()
        self._change(EditorState(text, TextSelection.at(len(text))))

    def take(self) -> str:
        """The text, which makes room for the next."""
        text = self.state.text
        self._close_lists()
        self._browsing = None
        self._undone.clear()
        self.state = _EMPTY
        return text

    # -- keys ----

    def _plain_key(self, press: KeyPress, context: EditorContext) -> Wish | None:
        match press.name:
            case "enter":
                return Wish.SUBMIT
            case "tab":
                return self._tab(context)
            case "shift+tab":
                self._apply(COMMANDS["editor.dedent"](self.state, context))
            case "ctrl+d" if not self.state.text:
                return Wish.LEAVE
            case "ctrl+d":
                self._apply(COMMANDS["editor.delete-right"](self.state, context))
            case _ if press.name == UNDO:
                self._undo()
            case _ if press.name == YANK:
                self._apply(paste(self.state, context, self._killed))
            case _ if press.name in WISHES:
                return WISHES[press.name]
            case _ if press.name in COMMAND_IDS:
                self._command(COMMAND_IDS[press.name], context)
            case _ if press.character is not None:
                self._apply(insert_text(self.state, context, press.character))
            case _:
                pass
        return None

    def _tab(self, context: EditorContext) -> Wish | None:
        if self.state.selection.is_empty and not is_in_indentation(self.state, context):
            return Wish.COMPLETE
        self._apply(COMMANDS["editor.indent"](self.state, context))
        return None

    def _command(self, command_id: str, context: EditorContext) -> None:
        result = COMMANDS[command_id](self.state, context)
        match (command_id, result.boundary):
            case ("editor.up", Boundary.ABOVE):
                self._browse(older=True)
            case ("editor.down", Boundary.BELOW):
                self._browse(older=False)
            case _:
                if command_id in KILLS and result.change is not None:
                    self._killed = result.change.removed
                self._apply(result)

    def _menu_key(self, name: str) -> bool:
        menu = self.menu
        step = {"tab": 1, "down": 1, "shift+tab": -1, "up": -1}.get(name)
        if menu is None:
            return False
        if step is None:
            self.menu = None
            # Enter and escape only end the choosing; any other key goes on from what is chosen.
            return name == "escape" or (name == "enter" and menu.chosen is not None)
        self.menu = menu.moved(step)
        self.state = self.menu.state
        return True

    def _search_key(self, press: KeyPress) -> bool:
        """Whether the key belongs to the search; any other ends it with what was found."""
        search = self.search
        if search is None:
            return False
        match press.name:
            case "ctrl+r":
                self.search = search.older(self.history)
            case "backspace":
                self.search = search.shortened(self.history)
            case "escape" | "ctrl+g" | "ctrl+c":
                self.search = None
            case _ if press.character is not None:
                self.search = search.typed(self.history, press.character)
            case _:
                found = search.text(self.history)
                self.search = None
                if found is not None:
                    self.put(found)
                return press.name == "enter"
        return True

    def begin_search(self) -> None:
        """Searches what was typed before."""
        self._close_lists()
        self.search = Search()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed, and nothing searched."""
        return not self.state.text and self.search is None

    @property
    def shown(self) -> EditorState:
        """What stands in the prompt: while a search goes on, what it found."""
        found = None if self.search is None else self.search.text(self.history)
        return self.state if found is None else EditorState(found, TextSelection.at(len(found)))

    # -- changes ----

    def _browse(self, *, older: bool) -> None:
        browsing = self._browsing
        if browsing is None or browsing.text(self.history) != self.state.text:
            browsing = Browsing.begun(self.history, self.state.text)
        moved = browsing.older(self.history) if older else browsing.newer(self.history)
        if moved is not None:
            self.put(moved.text(self.history))
            self._browsing = moved

    def _apply(self, result: EditorResult) -> None:
        self._change(result.applied(self.state.text))

    def _change(self, state: EditorState) -> None:
        if state.text != self.state.text:
            self._undone = [*self._undone[-_MOST_UNDONE:], self.state]
        self.state = state

    def _undo(self) -> None:
        if self._undone:
            self.state = self._undone.pop()

    def _close_lists(self) -> None:
        self.menu = self.search = None
