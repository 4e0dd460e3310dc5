"""What stands in an output where something of it is missing."""

from __future__ import annotations

from typing import assert_never

from kernelbridge.events import Gap, OutputMissing


def gap_note(event: OutputMissing) -> str:
    """One line, with a line break behind it."""
    return f"[{_said(event)}]\n"


def _said(event: OutputMissing) -> str:
    match event.why:
        case Gap.FLOOD:
            return f"{_amount(event)} left out here: more than is kept of a run while no one looks"
        case Gap.KEEPER:
            return f"output{_span(event)} may be missing: the process that keeps it was killed"
        case Gap.JOURNAL:
            return f"{_amount(event)} missing here: they could not be written{_span(event)}"
        case Gap.LINE:
            return f"output{_span(event)} may be missing: the connection to the kernel was lost"
        case Gap.SERVER:
            return f"{_messages(event)} of the kernel missing: the Jupyter Server dropped them{_span(event)}"
        case _:
            assert_never(event.why)


def _amount(event: OutputMissing) -> str:
    if event.lines:
        return f"{event.lines:,} line{'s' if event.lines != 1 else ''}"
    return f"{event.bytes:,} bytes" if event.bytes else "some output"


def _messages(event: OutputMissing) -> str:
    if event.messages:
        return f"{event.messages:,} message{'s' if event.messages != 1 else ''}"
    return "messages"


def _span(event: OutputMissing) -> str:
    if event.since is None or event.until is None:
        return ""
    try:
        from datetime import datetime  # gaps are rare

        since, until = datetime.fromtimestamp(event.since), datetime.fromtimestamp(event.until)  # noqa: DTZ006
    except (ValueError, OverflowError, OSError):
        return ""
    # In the reader's own time, which is what the clock on the wall said.
    same_day = since.date() == until.date()
    form = "%H:%M:%S" if same_day else "%Y-%m-%d %H:%M:%S"
    return f" between {since.strftime(form)} and {until.strftime(form)}"
