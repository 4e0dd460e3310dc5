"""Run in the kernel, never here: formats sources with what the kernel's own environment has for that.

For any Python from 3.8; imports nothing of tnb. It is handed over as text and leaves no name behind.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys

_COMMANDS = {
    "ruff": ["format", "--stdin-filename", "{name}", "-"],
    "black": ["-q", "--stdin-filename", "{name}", "-"],
}
_PATIENCE = 60


def formatted(sources: list[str]) -> str:
    """JSON: `tool`, empty where there is none, and `results`, a text or what is wrong for each source."""
    tool = next((each for each in _COMMANDS if importlib.util.find_spec(each) is not None), "")
    results = [_one(tool, source) for source in sources] if tool else []
    return json.dumps({"tool": tool, "results": results})


def _one(tool: str, source: str) -> dict[str, str]:
    name = os.path.join(os.getcwd(), "cell.py")  # noqa: PTH109, PTH118 -- its settings are looked for beside it
    command: list[str] = [sys.executable, "-m", tool, *(part.format(name=name) for part in _COMMANDS[tool])]
    try:
        # Elsewhere, as `-m` takes modules from the folder that it is started in.
        done = subprocess.run(  # noqa: PLW1510 -- the status is looked at
            command, input=source.encode("utf-8"), capture_output=True, timeout=_PATIENCE, cwd=sys.prefix
        )
    except (OSError, subprocess.SubprocessError) as error:
        return {"error": str(error)}
    if done.returncode:
        said: str | None = next(iter(done.stderr.decode("utf-8", "replace").strip().splitlines()), None)
        return {"error": said or f"status {done.returncode}"}
    return {"text": done.stdout.decode("utf-8", "replace")}
