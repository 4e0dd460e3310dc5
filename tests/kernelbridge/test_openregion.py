"""Streams that go up again: what pip, uv, rich and tqdm print, to the byte, and what is to be seen of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernelbridge.streamtext import StreamText

NOTHING = StreamText.of("")
_SGR = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\?25[lh]")

EPOCH_0 = "epoch:   0%|                          | 0/2 [00:00<?, ?it/s]"
EPOCH_1 = "epoch:  50%|█████████         | 1/2 [00:00<00:00,  2.72it/s]"
EPOCH_2 = "epoch: 100%|██████████████████| 2/2 [00:00<00:00,  2.69it/s]"
BATCH_0 = "batch:   0%|                          | 0/3 [00:00<?, ?it/s]"
BATCH_1 = "batch:  33%|██████            | 1/3 [00:00<00:00,  8.32it/s]"
BATCH_3 = "batch: 100%|██████████████████| 3/3 [00:00<00:00,  8.24it/s]"
_INNER = ["\n", f"\r{BATCH_0}", "\x1b[A", "\n", f"\r{BATCH_1}", "\x1b[A", "\n", f"\r{BATCH_3}", "\x1b[A"]
_BLOT = ["\n", "\r" + 60 * " ", "\x1b[A"]
TQDM_NESTED = [
    f"\r{EPOCH_0}",
    *_INNER,
    *_BLOT,
    f"\r{EPOCH_1}",
    *_INNER,
    *_BLOT,
    f"\r{EPOCH_2}",
    f"\r{EPOCH_2}",
    "\n",
]

RICH_2 = [
    "\x1b[?25l",
    "\r\x1b[2K\x1b[31mDown\x1b[0m \x1b[90m━━━━\x1b[0m \x1b[35m  0%\x1b[0m"
    "\r\x1b[2K\x1b[31mDown\x1b[0m \x1b[90m━━━━\x1b[0m \x1b[35m  0%\x1b[0m\r\n"
    "\x1b[32mUp\x1b[0m   \x1b[90m━━━━\x1b[0m \x1b[35m  0%\x1b[0m",
    "\r\x1b[2K\x1b[1A\x1b[2K\x1b[31mDown\x1b[0m \x1b[91m━━\x1b[0m\x1b[90m╺\x1b[0m\x1b[90m━\x1b[0m"
    " \x1b[35m 50%\x1b[0m\r\n\x1b[32mUp\x1b[0m   \x1b[91m━━\x1b[0m\x1b[90m╺\x1b[0m\x1b[90m━\x1b[0m"
    " \x1b[35m 50%\x1b[0m",
    "\r\x1b[2K\x1b[1A\x1b[2K\x1b[31mDown\x1b[0m \x1b[90m━━━━\x1b[0m \x1b[35m100%\x1b[0m\r\n"
    "\x1b[32mUp\x1b[0m   \x1b[90m━━━━\x1b[0m \x1b[35m100%\x1b[0m\r\n\x1b[?25h",
]

PIP_DOWNLOAD = [
    "Collecting regex\r\n  Downloading regex-2026.11.19-cp311.whl (805 kB)\r\n"
    "\x1b[?25l     \x1b[90m━━━━━━━━\x1b[0m \x1b[32m0.0/805.9 kB\x1b[0m \x1b[31m?\x1b[0m eta"
    " \x1b[36m-:--:--\x1b[0m\r\x1b[2K     \x1b[90m━━━━━━━━\x1b[0m \x1b[32m805.9/805.9 kB\x1b[0m"
    " \x1b[31m225.2 MB/s\x1b[0m eta \x1b[36m0:00:00\x1b[0m\r\n\x1b[?25h",
    "Saved ./dl/regex-2026.11.19-cp311.whl\r\n",
]

PIP_WARNING = [
    "Successfully installed numpy-2.4.6\r\n"
    "\x1b[33mWARNING: Running pip as the 'root' user\x1b[0m\x1b[33m\r\n\x1b[0m",
    "Note: you may need to restart the kernel to use updated packages.\n",
]


def filled(text: str) -> str:
    """A row of uv's, which fills its terminal to the last of 80 columns."""
    return text + " " * (80 - len(_SGR.sub("", text)))


def bar(name: str, done: str) -> str:
    return filled(f"\x1b[2m{name:20}\x1b[0m \x1b[32m--\x1b[30m\x1b[2m----\x1b[0m\x1b[0m {done}")


def preparing(done: int) -> str:
    return filled(f"\x1b[37m⠙\x1b[0m \x1b[2mPreparing packages...\x1b[0m ({done}/4)")


def erased(rows: int) -> str:
    """How uv goes back over so many rows: to the first, down through all of them, and to the first again."""
    up = f"\x1b[{rows - 1}A"
    return up + "\x1b[1B".join(["\r\x1b[2K"] * rows) + up


UV = [
    "\x1b[2mUsing Python 3.11.7 environment at: v\x1b[0m\r\n"
    + filled("\x1b[37m⠋\x1b[0m \x1b[2mResolving dependencies...\x1b[0m"),
    "\r\x1b[2K" + filled("\x1b[37m⠹\x1b[0m \x1b[2mnumpy==2.4.6\x1b[0m"),
    "\r\x1b[2K\x1b[2mResolved \x1b[1m4 packages\x1b[0m \x1b[2min 483ms\x1b[0m\x1b[0m\r\n" + preparing(0),
    "\r\x1b[2K" + preparing(0) + bar("tzdata", "0 B/340.05 KiB"),
    erased(2) + preparing(0) + bar("tzdata", "16.00 KiB/340.05 KiB"),
    erased(2) + preparing(0) + bar("tzdata", "340.05 KiB/340.05 KiB") + bar("pandas", "1.50 MiB/11.78 MiB"),
    erased(3) + preparing(1) + bar("pandas", "9.03 MiB/11.78 MiB") + bar("numpy", "6.12 MiB/16.13 MiB"),
    erased(3) + preparing(2) + bar("numpy", "14.83 MiB/16.13 MiB"),
    erased(2) + preparing(3),
    "\r\x1b[2K" + filled("\x1b[37m⠴\x1b[0m \x1b[2m\x1b[0m (4/4)"),
    "\r\x1b[2K\x1b[2mPrepared \x1b[1m4 packages\x1b[0m \x1b[2min 855ms\x1b[0m\x1b[0m\r\n",
    filled("░░░░░ [0/4] \x1b[2mInstalling wheels...\x1b[0m")
    + "\r\x1b[2K"
    + "\x1b[2mInstalled \x1b[1m4 packages\x1b[0m \x1b[2min 139ms\x1b[0m\x1b[0m\r\n"
    " \x1b[32m+\x1b[39m \x1b[1mnumpy\x1b[0m\x1b[2m==2.4.6\x1b[0m\r\n",
]


def seen(text: StreamText) -> list[str]:
    """The lines without colours, and without the blanks at their ends."""
    return [_SGR.sub("", line).rstrip() for line in text.lines(0, text.line_count)]


def after(messages: list[str]) -> list[str]:
    text = NOTHING
    for message in messages:
        text = text.append(message)
    return seen(text)


@pytest.mark.parametrize(
    ("messages", "count", "lines"),
    [
        (TQDM_NESTED, 3, [EPOCH_0, BATCH_0]),
        (TQDM_NESTED, 6, [EPOCH_0, BATCH_1]),
        (TQDM_NESTED, 14, [EPOCH_1]),
        (TQDM_NESTED, 17, [EPOCH_1, BATCH_0]),
        (TQDM_NESTED, 99, [EPOCH_2, ""]),
        (RICH_2, 2, ["Down ━━━━   0%", "Up   ━━━━   0%"]),
        (RICH_2, 3, ["Down ━━╺━  50%", "Up   ━━╺━  50%"]),
        (RICH_2, 99, ["Down ━━━━ 100%", "Up   ━━━━ 100%", ""]),
        (
            PIP_DOWNLOAD,
            99,
            [
                "Collecting regex",
                "  Downloading regex-2026.11.19-cp311.whl (805 kB)",
                "     ━━━━━━━━ 805.9/805.9 kB 225.2 MB/s eta 0:00:00",
                "Saved ./dl/regex-2026.11.19-cp311.whl",
            ],
        ),
        (
            PIP_WARNING,
            99,
            [
                "Successfully installed numpy-2.4.6",
                "WARNING: Running pip as the 'root' user",
                "Note: you may need to restart the kernel to use updated packages.",
            ],
        ),
    ],
)
def test_bars_below_each_other_stay_where_they_are(messages: list[str], count: int, lines: list[str]) -> None:
    assert after(messages[:count]) == lines


BEFORE = ["Using Python 3.11.7 environment at: v", "Resolved 4 packages in 483ms"]


@pytest.mark.parametrize(
    ("count", "lines"),
    [
        (2, [BEFORE[0], "⠹ numpy==2.4.6"]),
        (3, [*BEFORE, "⠙ Preparing packages... (0/4)"]),
        (8, [*BEFORE, "⠙ Preparing packages... (2/4)", f"{'numpy':20} ------ 14.83 MiB/16.13 MiB"]),
        (9, [*BEFORE, "⠙ Preparing packages... (3/4)"]),
        (99, [*BEFORE, "Prepared 4 packages in 855ms", "Installed 4 packages in 139ms", " + numpy==2.4.6"]),
    ],
)
def test_rows_that_fill_uv_s_terminal_are_rows_of_their_own(count: int, lines: list[str]) -> None:
    assert after(UV[:count]) == lines


printed = st.lists(
    st.sampled_from(
        [
            "a",
            "bc",
            "\n",
            "\r\n",
            "\r",
            "\x1b[A",
            "\x1b[2A",
            "\x1b[1B",
            "\x1b[F",
            "\x1b[E",
            "\x1b[J",
            "\x1b[2K",
            "\x1b[31m",
        ]
    ),
    max_size=16,
).map("".join)


@given(printed, st.data())
def test_how_text_that_goes_up_is_cut_into_messages_makes_no_difference(
    text: str, data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(text)))
    second = data.draw(st.integers(first, len(text)))
    in_pieces = NOTHING.append(text[:first]).append(text[first:second]).append(text[second:])
    assert str(in_pieces) == str(NOTHING.append(text))
    assert "\n".join(in_pieces.lines(0, in_pieces.line_count)) == str(in_pieces).removesuffix("\n")
    assert len(in_pieces) == len(str(in_pieces))


@given(st.lists(printed, max_size=6))
def test_values_before_a_line_changed_keep_it_as_it_was(texts: list[str]) -> None:
    values = [NOTHING]
    for text in texts:
        values.append(values[-1].append(text))
    before = [str(value) for value in values]
    for value in values:
        value.append("\x1b[3Aone\n").append("\x1b[Atwo\nthree\n")
    assert [str(value) for value in values] == before


def test_to_the_end_of_the_screen_clears_what_is_below() -> None:
    assert after(["one\ntwo\nthree", "\r\x1b[2A", "\x1b[J", "new\n"]) == ["new"]
    assert after(["one\ntwo\nthree", "\r\x1b[1A", "\x1b[0J"]) == ["one"]


def test_lines_that_were_left_long_ago_are_out_of_reach() -> None:
    lines = [f"line {number}" for number in range(200)]
    found = after(["\n".join(lines), "\r\x1b[999A", "HERE"])
    assert [number for number, line in enumerate(found) if line != lines[number]] == [200 - 65]


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "x\n" * 100_000 + "\x1b[A\x1b[A\n" * 20_000,
        "\x1b[999A\x1b[999B" * 20_000,
        "x" * 100_000 + "\x1b[A\x1b[B" * 10_000,
        "x" * 80 * 5_000 + "\x1b[A\n" * 10_000,
        "\x1b[J\n" * 100_000,
    ],
    ids=["up", "far", "long", "filled", "clear"],
)
def test_going_up_takes_time_linear_in_what_was_printed(text: str) -> None:
    value = NOTHING.append(text)
    for _ in range(200):
        value = value.append("\x1b[2Aa\nb\nc\n")
    assert len(value) == len(str(value))
