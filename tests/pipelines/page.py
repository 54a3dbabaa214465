#!/usr/bin/env python3
"""Runs every block of `docs/pipelines.md` in this folder, in its order and in one process, and says where one does not print what the page says.

With UPDATE_GUIDE=1 what was printed is written into the page instead, to be reviewed.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/pipelines.md"
sys.path.insert(0, str(ROOT / "tests/consumers/python"))
from guide import blocks, rewrite  # noqa: E402  (the reader of blocks belongs to the other guide)


def main() -> int:
    """How many blocks print something else."""
    names: dict[str, object] = {"__name__": "__main__"}
    printed, wrong = "", 0
    shown: dict[int, tuple[str, str]] = {}
    for block in blocks(PAGE):
        if block.name == "not-run":
            continue
        if block.language == "text":
            shown[block.line] = (block.text, printed)
            printed = ""
            continue
        if printed:
            print(f"what stands before line {block.line} prints something that is not shown:\n{printed}")
            wrong += 1
        if block.language == "python":
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(compile("\n" * block.line + block.text, PAGE.name, "exec"), names)
            printed = out.getvalue()
        elif block.language == "sh":
            printed = subprocess.run(["bash", "-eu", "-c", block.text], capture_output=True, encoding="utf-8", check=True).stdout
    if printed:
        print(f"what the last block prints is not shown:\n{printed}")
        wrong += 1
    if os.environ.get("UPDATE_GUIDE"):
        rewrite(PAGE, shown)
        return wrong
    for line, (wanted, found) in shown.items():
        if wanted.rstrip() != found.rstrip():
            print(f"line {line} shows\n{wanted}and this was printed:\n{found}")
            wrong += 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
