"""Words of open lists."""

from __future__ import annotations


class OpenWord(str):
    """A word of an open list: text, and equal to it. A later version may write words that this one has no constant for."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str.__repr__(self)})"
