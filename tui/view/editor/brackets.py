"""Brackets and quotes: the one that closes comes with the one that opens, and goes with it again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tui.view.editor.edits import replace
from tui.view.editor.indentation import indentation_after, indentation_of
from tui.view.editor.inserting import insert_text

if TYPE_CHECKING:
    from tui.render.languages import Language
    from tui.view.editor.state import EditorContext, EditorResult, EditorState

_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}
_OPENING: Final = {closing: opening for opening, closing in _CLOSING.items()}
_BRACKETS: Final = frozenset("()[]{}")
_QUOTES: Final = frozenset("\"'")
_WITHOUT_SINGLE_QUOTES: Final = frozenset(
    {"clojure", "common-lisp", "racket", "scheme", "rust", "ocaml", "haskell", "f#", "matlab", "octave"}
)
"""Languages in which a single quote is mostly no string."""
_PROSE: Final = frozenset({"text", "markdown"})
_ENDS_BEFORE: Final = frozenset(")]},:; \t\n")
"""Before these, a bracket or a quote begins something new."""
_PREFIX: Final = re.compile(r"(?:^|\W)[bBfFrRuU]{0,2}$")
"""What a string may begin behind: no letter of a word, unless it is one of its own prefixes."""
_TOKENS: Final = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"""|\Z)'
    r"|'''(?:\\.|[^\\])*?(?:'''|\Z)"
    r'|"(?:\\.|[^"\\\n])*"?'
    r"|'(?:\\.|[^'\\\n])*'"
    r"|(?P<bracket>[()\[\]{}])",
    re.DOTALL,
)
_WINDOW: Final = 20_000
"""Code points around the cursor in which a bracket's other one is looked for."""


def type_text(state: EditorState, context: EditorContext, text: str) -> EditorResult:
    """Types text; a bracket or a quote brings its other one, goes over it, or surrounds what is selected."""
    quotes = _quotes_of(context.language)
    selection = state.selection
    if not selection.is_empty:
        closing = _CLOSING.get(text, text if text in quotes else "")
        return _surround(state, text, closing) if closing else insert_text(state, context, text)
    if text in quotes:
        return _quote(state, context, text)
    head, before = selection.head, _line_before(state)
    if text in _OPENING and state.text[head : head + 1] == text and _is_paired(state.text, text):
        return replace(state, head, head, "", head=head + 1)
    opens = text in _CLOSING and _is_free(state.text, head) and not _is_in_string(before, context.language)
    if opens and state.text.count(_CLOSING[text]) <= state.text.count(text):
        return replace(state, head, head, text + _CLOSING[text], head=head + 1)
    return insert_text(state, context, text)


def delete_pair(state: EditorState) -> EditorResult | None:
    """Deletes the two halves of an empty pair that the cursor is in; None where it is in none."""
    head = state.selection.head
    return replace(state, head - 1, head + 1, "") if _pair_around(state) else None


def break_pair(state: EditorState, context: EditorContext) -> EditorResult | None:
    """Begins a line within an empty pair, and another for the half that closes it; None outside of one."""
    head = state.selection.head
    if _pair_around(state)[:1] not in _CLOSING:
        return None
    before = _line_before(state)
    deeper = "\n" + indentation_after(before, context.language)
    return replace(state, head, head, f"{deeper}\n{indentation_of(before)}", head=head + len(deeper))


def _pair_around(state: EditorState) -> str:
    """The two signs around the cursor where they are two halves; nothing where they are not."""
    head = state.selection.head
    pair = state.text[head - 1 : head + 1] if head and state.selection.is_empty else ""
    is_pair = len(pair) == 2 and _CLOSING.get(pair[0], pair[0] if pair[0] in _QUOTES else "") == pair[1]
    return pair if is_pair else ""


def matching(text: str, offset: int) -> tuple[int, int] | None:
    """The offsets of the bracket beside the cursor and of its other half; None where there are none."""
    beside = [
        at for at in (offset, offset - 1) if at >= 0 and text[at : at + 1] in {*_CLOSING, *_OPENING} - {""}
    ]
    if not beside:
        return None
    start = text.rfind("\n", 0, max(0, offset - _WINDOW)) + 1
    open_at: list[int] = []
    for token in _TOKENS.finditer(text, start, offset + _WINDOW):
        if token.lastgroup != "bracket":
            continue
        at, bracket = token.start(), token[0]
        if bracket in _CLOSING:
            open_at.append(at)
            continue
        opened = open_at.pop() if open_at else -1
        if opened >= 0 and text[opened] == _OPENING[bracket] and {opened, at}.intersection(beside):
            return opened, at
    return None


def _quotes_of(language: Language) -> str:
    """What strings of a language stand in; nothing for prose, which has apostrophes."""
    if language.name in _PROSE:
        return ""
    return '"' if language.name in _WITHOUT_SINGLE_QUOTES else "\"'"


def _surround(state: EditorState, opening: str, closing: str) -> EditorResult:
    start, end = state.selection.start, state.selection.end
    inside = state.text[start:end]
    return replace(
        state, start, end, opening + inside + closing, anchor=start + 1, head=start + 1 + len(inside)
    )


def _quote(state: EditorState, context: EditorContext, quote: str) -> EditorResult:
    head, before = state.selection.head, _line_before(state)
    after = state.text[head : head + 3]
    is_in_string = _is_in_string(before, context.language)
    run_before = len(before) - len(before.rstrip(quote))
    run = run_before + len(after) - len(after.lstrip(quote))
    if after.startswith(quote) and (is_in_string or (run_before and run in (3, 6))):
        return replace(state, head, head, "", head=head + 1)
    if run_before == 2 and not after.startswith(quote) and not is_in_string:
        return replace(state, head, head, quote * 4, head=head + 1)
    if not is_in_string and not run_before and _PREFIX.search(before) and _is_free(state.text, head):
        return replace(state, head, head, quote * 2, head=head + 1)
    return insert_text(state, context, quote)


def _line_before(state: EditorState) -> str:
    head = state.selection.head
    return state.text[state.text.rfind("\n", 0, head) + 1 : head]


def _is_free(text: str, head: int) -> bool:
    """Whether nothing stands at an offset that an opening bracket would be before."""
    return head >= len(text) or text[head] in _ENDS_BEFORE


def _is_paired(text: str, closing: str) -> bool:
    """Whether every opening bracket of a kind has its closing one, so that one more would be too many."""
    return text.count(closing) >= text.count(_OPENING[closing])


def _is_in_string(before: str, language: Language) -> bool:
    """Whether the end of what a line begins with is in a string, or in a comment."""
    quote, escaped = "", False
    for at, character in enumerate(before):
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = bool(quote)
        elif quote:
            quote = "" if character == quote else quote
        elif character in _quotes_of(language):
            quote = character
        elif language.comment and before.startswith(language.comment, at):
            return True
    return bool(quote)
