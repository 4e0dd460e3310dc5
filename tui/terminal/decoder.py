"""Cuts the bytes that a terminal sends into keys, pastes, reports and replies.

A state machine without a clock: whoever reads says when the rest of something begun did not come in time.
Nothing that can be sent raises, and how the bytes are split over reads makes no difference.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tui.terminal.inputs import (
    AltOrEscape,
    DecodedInput,
    FocusReport,
    KeyPress,
    MouseReport,
    Pasted,
    Reply,
    TerminalInput,
)
from tui.terminal.keys import alt_key, csi_keys, linux_console_key, plain_key, rxvt_shifted_key, ss3_keys
from tui.terminal.paste import PASTE_END, PASTE_START, PasteCollector

ESCAPE_DELAY: Final = 0.02
"""Seconds to wait after ESC for what would make it the beginning of another key."""
SEQUENCE_DELAY: Final = 0.1
"""Seconds to wait for the rest of a sequence of which more than ESC has come."""
PASTE_DELAY: Final = 2.0
"""Seconds of silence after which a paste that has not ended is shown as far as it came."""

_ESC: Final = "\x1b"
_LONGEST: Final = 4096
"""Characters of an unfinished sequence that are kept; terminals' own are far shorter."""

_STRING: Final = r"(?:\][0-9][^\x07\x1b]*|P[0-9>!$+|][^\x1b\x07]*|_G[^\x1b\x07]*)"
"""An OSC, DCS or kitty graphics reply, without its end. What differs is taken for alt or Esc and a key."""

_COMPLETE: Final = re.compile(
    rf"""(?P<meta>\x1b)?\x1b(?:
        \[\[(?P<console>[A-E])
      | (?P<x10>\[M[\s\S]{{3}})
      | \[<(?P<buttons>[0-9]{{1,4}});(?P<column>-?[0-9]{{1,6}});(?P<row>-?[0-9]{{1,6}})(?P<state>[Mm])
      | \[(?P<shifted>[0-9]{{1,2}})\$
      | \[(?![\[M])(?P<parameters>[0-?]*)(?P<intermediates>[\ -/]*)(?P<final>[@-~])
      | O(?P<modifier>[0-9]?)(?P<ss3>[A-DFHMP-SXa-dj-y])
      | (?P<string>{_STRING})(?:\x07|\x1b\\)
    )""",
    re.VERBOSE,
)
_INCOMPLETE: Final = re.compile(
    rf"\x1b{{1,2}}(?:\[(?:\[|M[\s\S]{{0,2}}|[0-?]*[ -/]*)|O[0-9]?|[\]P]|_|{_STRING}\x1b?)?\Z"
)
_BROKEN: Final = re.compile(rf"\x1b(?:\[[0-?]*[ -/]*|{_STRING})")
"""The beginning of a control sequence or string that something else than its end follows."""

_PLAIN: Final = re.compile(r"[^\x1b]+")


class Decoder:
    """Decodes what one terminal sends, in the order in which it comes."""

    def __init__(self) -> None:
        self._utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = ""
        self._paste: PasteCollector | None = None
        self._paste_stalled = False

    @property
    def patience(self) -> float | None:
        """Seconds to wait for more input before calling `expire`; None when nothing is unfinished."""
        if self._begun:
            return SEQUENCE_DELAY if self._begun.strip(_ESC) else ESCAPE_DELAY
        return PASTE_DELAY if self._paste is not None and not self._paste_stalled else None

    def feed(self, data: bytes) -> list[DecodedInput]:
        """What these bytes, after those before them, amount to."""
        text = self._begun + self._utf8.decode(data)
        self._begun = ""
        inputs: list[DecodedInput] = []
        while text:
            paste = self._paste
            text = self._read_keys(text, inputs) if paste is None else self._read_paste(paste, text, inputs)
        return inputs

    def expire(self) -> list[DecodedInput]:
        """What was begun, now that the rest did not come: Esc, alt and a key, a paste as far as it came."""
        begun, self._begun = self._begun, ""
        if begun:
            bare = begun.lstrip(_ESC)
            escapes: list[DecodedInput] = [KeyPress("escape")] * (len(begun) - len(bare))
            if not bare:
                return escapes
            return [*escapes[1:], *self._after_escape(bare)] if len(bare) == 1 else []
        if self._paste is None or self._paste_stalled:
            return []
        self._paste_stalled = True
        text = self._paste.take()
        return [Pasted(text)] if text else []

    def _read_paste(self, paste: PasteCollector, text: str, inputs: list[DecodedInput]) -> str:
        """Take in pasted text; what follows the paste."""
        control = text[0] < " " and text[0] not in "\t\r\n" and not text.startswith(PASTE_END)
        if self._paste_stalled and control:
            # The end mark got lost, and a control key after the silence is a person who wants to go on.
            self._paste = None
            return text
        rest = paste.feed(text)
        if rest is None:
            self._paste_stalled = False
            return ""
        if pasted := paste.take():
            inputs.append(Pasted(pasted))
        self._paste = None
        return rest

    def _read_keys(self, text: str, inputs: list[DecodedInput]) -> str:
        """Take in keys and reports up to the start of a paste; what follows it."""
        position = 0
        while position < len(text):
            if plain := _PLAIN.match(text, position):
                inputs.extend(key for character in plain[0] if (key := plain_key(character)) is not None)
                position = plain.end()
            elif text.startswith(PASTE_START, position):
                self._paste = PasteCollector()
                self._paste_stalled = False
                return text[position + len(PASTE_START) :]
            elif complete := _COMPLETE.match(text, position):
                inputs.extend(self._sequence(complete))
                position = complete.end()
            elif _INCOMPLETE.match(text, position):
                if len(text) - position <= _LONGEST:
                    self._begun = text[position:]
                return ""
            elif broken := _BROKEN.match(text, position):
                position = broken.end()
            else:
                # ESC and something that begins no sequence; never at the end, where it would be incomplete
                following = text[position + 1]
                inputs.extend([KeyPress("escape")] if following == _ESC else self._after_escape(following))
                position += 1 if following == _ESC else 2
        return ""

    def _after_escape(self, character: str) -> list[DecodedInput]:
        """ESC and one character: alt and its key, or Esc and the key."""
        if character == "\t":
            return [KeyPress("shift+tab")]  # the Linux console's
        alt, plain = alt_key(character), plain_key(character)
        apart = (KeyPress("escape"),) if plain is None else (KeyPress("escape"), plain)
        return [*apart] if alt is None else [AltOrEscape((alt,), apart)]

    def _sequence(self, match: re.Match[str]) -> Iterator[DecodedInput]:
        inputs = _decoded(match)
        if match["meta"]:
            with_alt = [
                replace(one, name=f"alt+{one.name}", character=None)
                for one in inputs
                if isinstance(one, KeyPress)
            ]
            apart = (KeyPress("escape"), *inputs)
            yield from (AltOrEscape(tuple(with_alt), apart),) if with_alt else apart
            return
        yield from inputs


def _decoded(match: re.Match[str]) -> tuple[TerminalInput, ...]:
    """What one complete sequence says; empty for what is to be ignored."""
    found = match.groupdict()
    sequence = match[0].removeprefix(match["meta"] or "")
    if found["console"]:
        return (linux_console_key(found["console"]),)
    if found["buttons"]:
        column, row = int(found["column"]) - 1, int(found["row"]) - 1
        if column < 0 or row < 0:
            return ()
        return (MouseReport(int(found["buttons"]), column, row, found["state"] == "M"),)
    if found["shifted"]:
        return rxvt_shifted_key(found["shifted"])
    if found["ss3"]:
        return ss3_keys(found["modifier"], found["ss3"])
    if found["final"]:
        return _control_sequence(found["parameters"], found["intermediates"], found["final"], sequence)
    return () if found["x10"] else (Reply(sequence),)


def _control_sequence(
    parameters: str, intermediates: str, final: str, sequence: str
) -> tuple[TerminalInput, ...]:
    if not parameters and not intermediates and final in "IO":
        return (FocusReport(gained=final == "I"),)
    if sequence == PASTE_END:
        return ()
    keys = None if intermediates else csi_keys(parameters, final)
    return (Reply(sequence),) if keys is None else keys
