"""What the process does that searches with regular expressions: one job from stdin, one answer to stdout.

Some patterns take longer than anyone lives, and Python can be stopped within one only from outside. It is
run as a file of its own, of which it needs nothing but the standard library.
"""

from __future__ import annotations

import marshal
import re
import sys

Job = tuple[str, int, "str | None", "list[tuple[str, bool]]", int]
"""Pattern, flags, template, texts and whether each is replaced in, and how many matches are enough."""
Spans = list[tuple[int, int, "str | None"]]


def spans_of(job: Job) -> list[Spans]:
    """For each text where it matches, and what the template makes of it; no more than are enough."""
    source, flags, template, texts, left = job
    pattern = re.compile(source, flags)
    answer: list[Spans] = []
    for text, is_replaced in texts:
        spans: Spans = []
        for match in pattern.finditer(text) if left > 0 else ():
            if match.end() > match.start():
                made = match.expand(template) if template is not None and is_replaced else None
                spans.append((match.start(), match.end(), made))
                left -= 1
                if left <= 0:
                    break
        answer.append(spans)
    return answer


def main() -> None:
    """Do the job."""
    marshal.dump(spans_of(marshal.load(sys.stdin.buffer)), sys.stdout.buffer)  # noqa: S302  its own parent's


if __name__ == "__main__":
    main()
