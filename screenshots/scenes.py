"""The pictures to draw: each a notebook, keys that are pressed in it, and what is to be seen then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kernelbridge.fakekernel import Answers, Script
from screenshots import notebooks


@dataclass(frozen=True, slots=True)
class Act:
    """Keys, and what is on the screen once they have taken effect."""

    keys: tuple[str, ...]
    """By Textual's names."""
    until: tuple[str, ...]
    """All of these texts."""
    kernel_goes_on: bool = False
    """Whether, after the keys, the kernel does what its script has behind a `Wait`."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture, `screenshots/{name}.svg`."""

    name: str
    shows: str
    """In a sentence; the title of the picture."""
    notebook: str
    """The text of its file."""
    file_name: str
    acts: tuple[Act, ...] = ()
    script: Script | None = None
    """What the kernel says to the notebook's code."""
    answers: Answers | None = None
    """What it answers to anything else."""
    others: Mapping[str, str] = field(default_factory=dict[str, str])
    """Notebooks that were opened lately, the last first, and what their kernels do."""
    committed: str = ""
    """The text that git's last commit has of the notebook."""
    size: tuple[int, int] = (100, 30)
    """Columns and rows."""
    theme: str = "dark"
    running_for: int = 0
    """Seconds that the running cell shows."""


_RUN_RATES = Act(("j", *["ctrl+r"] * 5, "escape", "z", "k", "k"), ("queued 2", "11/20"))

SCENES = (
    Scene(
        "overview",
        "A notebook with prose, a result, a cell that is running and two that are queued",
        notebooks.RATES,
        "rates.ipynb",
        (_RUN_RATES,),
        notebooks.TRAINS,
        running_for=12,
    ),
    Scene(
        "light",
        "The same notebook in the light theme",
        notebooks.RATES,
        "rates.ipynb",
        (_RUN_RATES,),
        notebooks.TRAINS,
        theme="light",
        running_for=12,
    ),
    Scene("tour", "The tour as it opens", notebooks.TOUR, "tour.ipynb"),
    Scene(
        "traceback",
        "A cell that failed, with the way to the error",
        notebooks.TOUR,
        "tour.ipynb",
        (Act((*["j"] * 7, "ctrl+r", "ctrl+r", "ctrl+e"), ("✗", "division by zero")),),
        notebooks.TOURS,
        size=(100, 34),
    ),
    Scene(
        "picture",
        "A PNG drawn as half-blocks",
        notebooks.TOUR,
        "tour.ipynb",
        (Act((*["j"] * 11, "pagedown"), ("▀",)),),
        size=(100, 36),
    ),
    Scene("markdown", "Markdown drawn as text", notebooks.PROSE, "notes.ipynb"),
    Scene(
        "editing",
        "A cell being edited, with a selection",
        notebooks.EDITED,
        "reef.ipynb",
        (Act(("j", "enter", "down", "down", "down", "end", "shift+up", "shift+home"), ("Esc",)),),
    ),
    Scene(
        "completing",
        "What can follow, with its kind, beside what is typed",
        notebooks.EDITED,
        "reef.ipynb",
        (Act(("G", "enter", "end", "enter", *"clean.d", "tab"), ("describe", "function")),),
        answers=notebooks.COMPLETIONS,
        size=(100, 24),
    ),
    Scene(
        "outline",
        "The headings of a notebook, and the cell that failed",
        notebooks.TOUR,
        "tour.ipynb",
        (Act(("g", "o"), ("Outline", "ZeroDivisionError")),),
        size=(100, 24),
    ),
    Scene(
        "finding",
        "A word found in cells and their outputs, all of its places marked",
        notebooks.EDITED,
        "reef.ipynb",
        (Act(("slash", *"readings"), ("Find", "1 of")),),
        size=(100, 24),
    ),
    Scene(
        "settings",
        "Settings that only a person can judge, as they look",
        notebooks.PROSE,
        "notes.ipynb",
        (Act(("g", "comma"), ("Settings", "cell_spacing")),),
        size=(100, 24),
    ),
    Scene(
        "launcher",
        "What can be opened: notebooks that run, that were opened lately, those in the folder, and new ones",
        notebooks.RATES,
        "rates.ipynb",
        (Act(("ctrl+o",), ("Recent", "New notebook")),),
        others={"rates.ipynb": "busy", "reef/tides.ipynb": "idle", "reef/clean.ipynb": "", "notes.ipynb": ""},
        size=(100, 24),
    ),
    Scene(
        "comparing",
        "How the notebook differs from git's last commit, cell by cell",
        notebooks.RATES,
        "rates.ipynb",
        (Act(("g", "D"), ("in git's last commit", "revert")),),
        committed=notebooks.RATES_BEFORE,
        size=(100, 26),
    ),
    Scene(
        "variables",
        "The kernel's variables beside the notebook, in the light theme",
        notebooks.STUDY,
        "reef.ipynb",
        (Act(("j", "ctrl+e"), ("971 of 977",)), Act(("g", "v"), ("Variables", "DataFrame"))),
        notebooks.STUDIES,
        notebooks.VARIABLES,
        size=(100, 26),
        theme="light",
    ),
    Scene(
        "debugging",
        "Code that has stopped at a breakpoint: its line, the calls and the variables",
        notebooks.STUDY,
        "reef.ipynb",
        (Act(("j", "enter", "down", "down", "f9", "f5"), ("stopped: breakpoint", "score", "limit")),),
        notebooks.STOPS,
        notebooks.DEBUGGED,
        running_for=4,
        size=(100, 30),
    ),
    Scene(
        "palette",
        "The list of commands, searched",
        notebooks.RATES,
        "rates.ipynb",
        (Act(("ctrl+p", *"run"), ("Run the cell and stay",)),),
    ),
    Scene(
        "help",
        "All keys",
        notebooks.RATES,
        "rates.ipynb",
        (Act(("question_mark",), ("Moving",)),),
    ),
    Scene(
        "narrow",
        "A terminal of 80 columns and 24 rows",
        notebooks.RATES,
        "rates.ipynb",
        (_RUN_RATES,),
        notebooks.TRAINS,
        size=(80, 24),
        running_for=12,
    ),
    Scene(
        "others",
        "What another frontend ran on the same kernel, in a pane of its own",
        notebooks.RATES,
        "rates.ipynb",
        (Act(("j", "ctrl+e"), ("1 other run",)), Act(("O",), ("another frontend", "0.01"))),
        notebooks.SHARED,
        size=(100, 20),
    ),
    Scene(
        "dead",
        "A kernel that died: its cell and the top line say so, and one key restarts it",
        notebooks.RATES,
        "rates.ipynb",
        (_RUN_RATES, Act((), ("kernel gone", "kernel died"), kernel_goes_on=True)),
        notebooks.DIES,
    ),
)
