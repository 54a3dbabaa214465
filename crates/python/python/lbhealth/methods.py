"""What documents can do."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from lbhealth import _lbhealth

if TYPE_CHECKING:
    from lbhealth.model import HealthReport, Inventory


class Model:
    """A document, or a part of one."""

    __slots__ = ()

    def to_json(self) -> str:
        """The JSON that is published: names in the order of the fields, what is `None` left out, times as text in UTC."""
        return _lbhealth.to_json(self)

    def to_dict(self) -> dict[str, Any]:
        """The same as a dictionary of lists, dictionaries, text, numbers and booleans."""
        document: dict[str, Any] = json.loads(self.to_json())
        return document


class HealthReportMethods(Model):
    """What a health report can do."""

    __slots__ = ()

    @staticmethod
    def merge(pages: Iterable[HealthReport]) -> HealthReport:
        """One report from several of one adapter: the pages of one answer, or the answers of several calls.

        Of a backend that stands in several with the same key, the later verdict stands, with a warning where it is another one.

        Raises `NotMergeable` where they are of different adapters, or there are none.
        """
        return _lbhealth.merge_reports(pages)

    def complete_with(self, inventory: Inventory) -> HealthReport:
        """The same report with a record for every member of the inventory that the vendor did not list.

        Such a record is `HEALTHY` only where nothing speaks against it, and `INFERRED` then; otherwise it is `UNMONITORED`,
        `INITIALIZING`, `DRAINING` or `UNKNOWN`. Records that are there keep their verdict and get weight, zone and ids of the inventory.
        """
        return _lbhealth.complete(self, inventory)


class InventoryMethods(Model):
    """What an inventory can do."""

    __slots__ = ()

    @staticmethod
    def merge(pages: Iterable[Inventory]) -> Inventory:
        """One inventory from several of one adapter: the pages of one answer, or the answers of several calls.

        Raises `NotMergeable` where they are of different adapters, or there are none.
        """
        return _lbhealth.merge_inventories(pages)
