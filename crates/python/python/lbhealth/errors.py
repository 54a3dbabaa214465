"""Why a payload gave no document."""

from __future__ import annotations

__all__ = [
    "AmbiguousAdapter",
    "Error",
    "NotJson",
    "NotMergeable",
    "Strict",
    "TooLarge",
    "UnexpectedShape",
    "UnknownAdapter",
    "UnknownOperation",
    "VendorError",
]


class Error(Exception):
    """Why a payload gave no document: what was read, where, and what to do."""

    kind: str = "ERROR"
    """What went wrong, as one word, such as `NOT_JSON`. A later version may have further ones, which come as this class."""

    adapter: str | None = None
    """Id of the adapter that read the payload, where one did."""

    operation: str | None = None
    """The operation that the caller named, if any."""

    path: str | None = None
    """JSON Pointer to the part of the payload that could not be read; empty for all of it, `None` where no place can be named."""

    @property
    def message(self) -> str:
        """The text of the error."""
        return str(self)


class AmbiguousAdapter(Error):
    """Several adapters, or an adapter and a look-alike, read payloads of this shape and mean different things: name the adapter."""

    kind = "AMBIGUOUS_ADAPTER"

    candidates: tuple[str, ...] = ()
    """Ids of the products it can be from, some of which this version may not read."""


class NotJson(Error):
    """The text is not JSON."""

    kind = "NOT_JSON"

    line: int = 0
    """Line of the first byte that does not fit, from 1."""

    column: int = 0
    """Column of that byte in its line, in bytes from 1; 0 at the end of a line."""

    problem: str = ""
    """What is wrong there."""


class NotMergeable(Error):
    """The documents are not pages of one answer, nor answers about one product."""

    kind = "NOT_MERGEABLE"


class Strict(Error):
    """The document has warnings and the caller asked for none."""

    kind = "STRICT"


class TooLarge(Error):
    """The payload is larger than what is read at most."""

    kind = "TOO_LARGE"

    limit: int = 0
    """The limit, in bytes."""


class UnexpectedShape(Error):
    """The payload, or a part that everything depends on, is not what the operation returns."""

    kind = "UNEXPECTED_SHAPE"

    expected: str = ""
    """What should stand there."""

    found: str = ""
    """What stands there."""


class UnknownAdapter(Error):
    """There is no adapter of this name."""

    kind = "UNKNOWN_ADAPTER"

    known: tuple[str, ...] = ()
    """The ids that exist."""


class UnknownOperation(Error):
    """The payload is an object, but not the reply of an operation that is read."""

    kind = "UNKNOWN_OPERATION"

    found: tuple[str, ...] = ()
    """Names of the payload's first fields."""

    known: tuple[str, ...] = ()
    """The operations that are read; the adapters, where none was named."""


class VendorError(Error):
    """The payload is the vendor's answer to a call that failed. It says nothing about any backend."""

    kind = "VENDOR_ERROR"

    code: str | None = None
    """The vendor's error code."""

    vendor_message: str | None = None
    """The vendor's text for people."""

    request_id: str | None = None
    """The vendor's id of the call."""

    vendor_class: str = "OTHER"
    """What kind of failure it is: `FORBIDDEN`, `INVALID_REQUEST`, `NOT_FOUND`, `OTHER`, `THROTTLED`, `UNAUTHENTICATED`, `UNAVAILABLE`. A
    later version may have further ones: read one that you do not know as `OTHER`."""


# Errors come from the library by their kind.
OF_KIND: dict[str, type[Error]] = {error.kind: error for error in Error.__subclasses__()}
