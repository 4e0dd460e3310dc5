"""Sessions played side by side, each in a process of its own, told in their order."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from soak.session import Person

KILLS: Final = 2
DEEDS: Final = 9
"""The most before a kill."""


@dataclass(frozen=True)
class Rules:
    """What sessions are played by."""

    seed: int
    """That of the first; each has the next."""
    command: Sequence[str]
    """Begins tnb; the notebook is put behind it."""
    grace: float
    """What was pressed less than so many seconds before a kill may be lost."""
    folder: Path
    """What a session leaves there is gone once it held."""


@dataclass(frozen=True)
class Played:
    """How one session went."""

    number: int
    failure: str
    """Empty where it held."""
    words: int
    """How many were typed."""
    late: Sequence[str]
    """Words that were pressed long enough before a kill, shown less long before it, and lost."""


def play_all(rules: Rules, numbers: range, players: int) -> Iterator[Played]:
    """Play the sessions of these numbers, so many at once; in their order, as they are done."""
    with ThreadPoolExecutor(players) as pool:
        # Not all at once: whoever has enough need not wait for a thousand that are on their way.
        waiting = iter(numbers)
        begun = [pool.submit(play_apart, rules, number) for number in islice(waiting, 2 * players)]
        while begun:
            yield begun.pop(0).result()
            begun += [pool.submit(play_apart, rules, number) for number in islice(waiting, 1)]


def play_apart(rules: Rules, number: int) -> Played:
    """Play one in a process of its own."""
    given = json.dumps({**asdict(rules), "folder": str(rules.folder), "number": number})
    said = subprocess.run(
        [sys.executable, "-m", "soak.playing", given],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    return Played(**json.loads(said))


def play(rules: Rules, number: int) -> Played:
    """Play one, in this process, whose home it changes."""
    folder = rules.folder / str(number)
    home = str(folder / "home")
    os.environ.update(HOME=home, XDG_RUNTIME_DIR=home)
    person = Person(rules.seed + number, folder, [*rules.command], rules.grace)
    try:
        with closing(person):
            person.open()
            for _ in range(KILLS):
                for _ in range(person.chance.randint(2, DEEDS)):
                    person.act()
                person.kill_and_look()
    except AssertionError as error:
        failure = f"session {number} of seed {rules.seed}: {error}"
    else:
        failure = ""
        shutil.rmtree(folder, ignore_errors=True)
    return Played(number, failure, len(person.words), person.late)


def main(given: str) -> None:
    """Play the one that is given, and print how it went."""
    told = json.loads(given)
    number, told["folder"] = told.pop("number"), Path(told["folder"])
    print(json.dumps(asdict(play(Rules(**told), number))))


if __name__ == "__main__":
    main(sys.argv[1])
