"""Real vim, asked what key sequences leave: many of them in one process, without a screen."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from programs import isolated_environment, require_program

_SCRIPT = r"""
set nocompatible encoding=utf-8 autoindent expandtab shiftwidth=4 tabstop=4 textwidth=79 nojoinspaces
set backspace=indent,eol,start nrformats=bin,hex formatoptions= undolevels=1000
set nomodeline noswapfile belloff=all
function! s:Keys(keys)
  let keys = a:keys
  for [name, key] in items({'left': "\<Left>", 'right': "\<Right>", 'up': "\<Up>", 'down': "\<Down>",
        \ 'home': "\<Home>", 'end': "\<End>", 'del': "\<Del>", 'bs': "\<BS>", 'esc': "\<Esc>", 'cr': "\<CR>"})
    let keys = substitute(keys, '<' . name . '>', escape(key, '&\'), 'g')
  endfor
  return substitute(keys, '<c-\(.\)>', '\=nr2char(and(char2nr(submatch(1)), 31))', 'g')
endfunction
function! s:Try(case)
  enew!
  setlocal undolevels=-1
  call setline(1, a:case.lines)
  setlocal undolevels=1000
  for name in split('"0123456789abcdefghijklmnopqrstuvwxyz-', '\zs')
    call setreg(name, [])
  endfor
  call setreg('/', '')
  call cursor(a:case.line, a:case.column)
  silent! call feedkeys(s:Keys(a:case.keys), 'xt')
  silent! call feedkeys("\<Esc>\<Esc>", 'xt')
  if reg_recording() != ''
    silent! call feedkeys('q', 'xt')
  endif
  return {'lines': getline(1, '$'), 'line': line('.'), 'column': col('.'), 'unnamed': getreg('"')}
endfunction
let s:cases = json_decode(join(readfile('cases.json'), ''))
call writefile([json_encode(map(s:cases, 's:Try(v:val)'))], 'results.json')
qall!
"""


@dataclass(frozen=True)
class Left:
    """A text and a cursor in it, with what is in the unnamed register."""

    text: str
    cursor: int
    unnamed: str


@dataclass(frozen=True)
class Case:
    """Keys, as `3dw` or `ifoo<esc>`, pressed in a text."""

    text: str
    cursor: int
    keys: str


def ask_vim(cases: Sequence[Case], folder: Path) -> list[Left]:
    """What vim makes of each of the cases, which know nothing of one another."""
    vim = require_program("vim")
    folder.joinpath("script.vim").write_text(_SCRIPT)
    folder.joinpath("cases.json").write_text(json.dumps([_asked(case) for case in cases]))
    subprocess.run(
        [vim, "-u", "NONE", "-N", "-i", "NONE", "-n", "-T", "dumb", "--not-a-term", "-S", "script.vim"],
        cwd=folder,
        env=isolated_environment(folder),
        check=False,  # 1, once any of the keys failed
        timeout=60,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    return [_left(one) for one in json.loads(folder.joinpath("results.json").read_text())]


def _asked(case: Case) -> dict[str, object]:
    lines = case.text.split("\n")
    line = case.text.count("\n", 0, case.cursor)
    column = case.cursor - (case.text.rfind("\n", 0, case.cursor) + 1)
    bytes_before = len(lines[line][:column].encode())
    return {"lines": lines, "line": line + 1, "column": bytes_before + 1, "keys": case.keys}


def _left(result: dict[str, object]) -> Left:
    lines, line, column = result["lines"], result["line"], result["column"]
    assert isinstance(lines, list)
    assert isinstance(line, int)
    assert isinstance(column, int)
    before = sum(len(one) + 1 for one in lines[: line - 1])
    within = len(lines[line - 1].encode()[: column - 1].decode()) if line else 0
    return Left("\n".join(lines), before + within, str(result["unnamed"]))
