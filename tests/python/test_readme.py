"""What the package's page shows is so."""

from __future__ import annotations

import re

from conftest import ROOT


def test_the_examples_of_the_page() -> None:
    page = (ROOT / "crates/python/README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 3
    names: dict[str, object] = {}
    for block in blocks:
        exec(block, names)
