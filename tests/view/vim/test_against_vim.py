"""What the keys leave is what real vim leaves: text, cursor and the unnamed register."""

from __future__ import annotations

from pathlib import Path

from view.vim.differences import DIFFERENT, differs
from view.vim.realvim import Case, Left, ask_vim
from view.vim.sequences import SEQUENCES, TEXTS
from view.vim.typist import Typist


def left_here(case: Case) -> Left:
    typist = Typist(case.text, case.cursor).type(f"{case.keys}<esc><esc>")
    unnamed = typist.vim.memory.registers.get('"')
    return Left(typist.text, typist.cursor, "" if unnamed is None else unnamed.text)


def all_cases() -> dict[tuple[str, str], Case]:
    cases: dict[tuple[str, str], Case] = {}
    for name, marked in TEXTS.items():
        for keys in dict.fromkeys(keys for group in SEQUENCES.values() for keys in group):
            plain = keys.replace("<space>", " ")
            cases[name, plain] = Case(marked.replace("|", "", 1), marked.index("|"), plain)
    return cases


def test_the_keys_leave_what_real_vim_leaves(tmp_path: Path) -> None:
    cases = all_cases()
    in_vim = ask_vim(list(cases.values()), tmp_path)
    wrong: list[str] = []
    for (name, keys), case, theirs in zip(cases, cases.values(), in_vim, strict=True):
        ours = left_here(case)
        if (ours != theirs) != differs(name, keys):
            wrong.append(f"{keys} in {name}:\n  vim  {theirs}\n  here {ours}")
    assert len(cases) > 1_000
    assert not wrong, "\n".join(wrong[:60])


def test_every_difference_is_of_a_sequence_that_is_tried() -> None:
    tried = {(name, keys) for name, keys in all_cases()}
    listed = {(name, keys) for pairs in DIFFERENT.values() for name, keys in pairs}
    assert listed <= tried
