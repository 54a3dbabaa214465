"""The blocks of a page, such as `docs/schema-guide.md`.

A block's first word is its language, the second, where there is one, its name: of a file, or of a query that other tests use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from program import ROOT

GUIDE = ROOT / "docs/schema-guide.md"
FENCED = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block."""

    language: str
    name: str
    text: str
    line: int


def blocks(page: Path = GUIDE) -> list[Block]:
    """All blocks, in their order."""
    text = page.read_text(encoding="utf-8")
    return [Block(found[1], found[2] or "", found[3], text.count("\n", 0, found.start()) + 1) for found in FENCED.finditer(text)]


def named(name: str) -> str:
    """The text of the block of this name."""
    (found,) = (block.text for block in blocks() if block.name == name)
    return found


def rewrite(page: Path, shown: dict[int, tuple[str, str]]) -> None:
    """Writes what was printed into the blocks that show it: by line, what stands there and what was printed."""
    lines = page.read_text(encoding="utf-8").split("\n")
    for line, (old, new) in sorted(shown.items(), reverse=True):
        lines[line : line + old.count("\n")] = new.rstrip("\n").split("\n")
    page.write_text("\n".join(lines), encoding="utf-8")
