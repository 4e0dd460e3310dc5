"""Tracebacks as kernels write them, each as the strings of an error output."""

from __future__ import annotations

from kernelbridge.outputs import ErrorOutput

RED, GREEN, CYAN, PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[36m", "\x1b[39m"
_PANDAS = "/home/me/.venv/lib/python3.12/site-packages/pandas/core"


def error(*parts: str, ename: str = "KeyError", evalue: str = "'b'") -> ErrorOutput:
    return ErrorOutput(ename, evalue, parts)


def heading(name: str) -> str:
    return f"{RED}{name}{PLAIN}{'Traceback (most recent call last)':>{75 - len(name)}}"


def cell_frame(count: int, line: int, code: str, where: str = "") -> str:
    """As IPython 9 writes it."""
    head = f"{CYAN}Cell{PLAIN}{CYAN} {PLAIN}{GREEN}In[{count}]{PLAIN}{GREEN}, line {line}{PLAIN}{where}"
    return f"{head}\n{GREEN}----> {PLAIN}{GREEN}{line}{PLAIN} {code}\n"


def file_frame(path: str, line: int, function: str, code: str) -> str:
    head = f"{CYAN}File {PLAIN}{GREEN}{path}:{line}{PLAIN}, in {CYAN}{function}{PLAIN}(self)"
    return f"{head}\n{GREEN}--> {PLAIN}{GREEN}{line}{PLAIN} {code}\n"


def pandas_frame(line: int) -> str:
    return file_frame(f"{_PANDAS}/frame.py", line, "DataFrame.__getitem__", "return self._get(key)")


NUMPY_FRAME = file_frame("/usr/lib/python3/dist-packages/numpy/core.py", 7, "dot", "raise KeyError(key)")
STANDARD_FRAME = file_frame("/usr/lib/python3.12/json/decoder.py", 353, "decode", "self.scan_once(s)")
OWN_FRAME = file_frame("/home/me/project/model.py", 12, "fit", "self.step()")
EXCEPTION = f"{RED}KeyError{PLAIN}: 'b'"

INSTALLED = error(
    "-" * 75,
    heading("KeyError"),
    cell_frame(3, 2, "df['b']"),
    pandas_frame(10),
    NUMPY_FRAME,
    pandas_frame(20),
    pandas_frame(30),
    EXCEPTION,
)
"""From a cell into packages."""

CHAINED = error(
    "-" * 75,
    heading("KeyError"),
    pandas_frame(10),
    pandas_frame(20),
    EXCEPTION,
    "\nThe above exception was the direct cause of the following exception:\n",
    heading("ValueError"),
    cell_frame(3, 1, "load()"),
    cell_frame(2, 4, "raise ValueError('bad') from e", ", in load()"),
    f"{RED}ValueError{PLAIN}: bad",
)

OTHERS = {
    "R": ("Error in f2(): deep error", "1. throw()", '3. stop("deep error")   # at line 5 of file <text>'),
    "Julia": (
        "MethodError: objects of type Int64 are not callable",
        "",
        "Stacktrace:",
        " [1] top-level scope",
    ),
    "JavaScript": ("Error: Oh noes!", "    at evalmachine.<anonymous>:1:7", "    at run ([eval]:1054:15)"),
    "C#": ("System.Exception: oops!\r", "   at Submission#6.<<Initialize>>d__0.MoveNext()\r"),
    "bash": ("bash: line 1: nosuch: command not found",),
    "CPython": (
        "Traceback (most recent call last):",
        '  File "/usr/lib/python3.12/json/__init__.py", line 346, in loads',
        "ValueError: no",
    ),
}
"""Of other kernels than IPython."""
