"""Payloads in a DataFrame of Apache Spark, normalized on its workers.

    import lbhealth.spark

    done = lbhealth.spark.normalize(replies, "payload", "adapter", keep=["account", "collected_at"])
    done.rows.groupBy("pool_key", "health").count()
    done.failures.groupBy("kind").count()

The work is done by ``DataFrame.mapInArrow``: Spark hands batches of payloads to Python processes beside its executors, and those hand them to
the same code that ``lbhealth.normalize_arrow`` runs on one machine. So this package and pyarrow have to be installed where the executors
run, and not only at the driver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa  # type: ignore[import-untyped]
from pyspark import StorageLevel
from pyspark.sql import DataFrame, functions
from pyspark.sql.types import (
    BinaryType,
    BooleanType,
    DataType,
    DoubleType,
    IntegerType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

import lbhealth

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from lbhealth.functions import Context

__all__ = ["Normalized", "normalize"]

FAILURE = "failure"
"""The column of the common DataFrame that tells failures from rows."""

TYPES: dict[pa.DataType, DataType] = {
    pa.bool_(): BooleanType(),
    pa.float64(): DoubleType(),
    pa.int32(): IntegerType(),
    pa.string(): StringType(),
    pa.timestamp("us", "UTC"): TimestampType(),
}


@dataclass(frozen=True)
class Normalized:
    """What became of the payloads: two DataFrames of which neither has been computed yet.

    Both are made of one pass over the payloads. Each action on either starts that pass again, as Spark does with any DataFrame; where both are
    used, or one of them twice, say ``persist()`` first.
    """

    rows: DataFrame
    """One row per backend and place: the kept columns, then those that ``backend-row.columns.csv`` publishes, in that order and of those
    types. Spark takes all of them for nullable."""

    failures: DataFrame
    """One row per payload that could not be read: the kept columns, then ``kind``, ``class``, ``adapter``, ``operation``, ``path`` and
    ``message``, all of them text."""

    _both: DataFrame = field(repr=False)

    def persist(self, level: StorageLevel = StorageLevel.MEMORY_AND_DISK) -> Normalized:
        """Has Spark keep the result of the pass, once it was computed, so that rows and failures are read from it.

        What an executor takes along when it dies is computed anew. Not for streams: there, call ``normalize`` in ``foreachBatch``.
        """
        self._both.persist(level)
        return self

    def unpersist(self, blocking: bool = False) -> Normalized:
        """Lets go of what ``persist`` keeps."""
        self._both.unpersist(blocking)
        return self


def normalize(
    df: DataFrame,
    payload_column: str,
    adapter_column: str | None = None,
    *,
    adapter: str | None = None,
    keep: Sequence[str] = (),
    **context: Unpack[Context],
) -> Normalized:
    """Normalizes the payloads in a column.

    :param df: A DataFrame, also a streaming one, with one payload a row.
    :param payload_column: The column of the payloads, ``STRING`` or ``BINARY``, each alone or in an envelope that has its own context.
    :param adapter_column: A column that names the adapter of each payload; where it is null, and without it, the adapter is detected.
    :param adapter: The adapter of all payloads, in place of a column.
    :param keep: Columns of ``df`` that stand before each row and each failure, to know what it came from and to join it with the rest.
    :param context: What the caller knows of all payloads, as for ``lbhealth.normalize_arrow``.
    :raises TypeError: A column is of a type that holds no payload or no name.
    :raises ValueError: A kept column has the name of a published one; both ``adapter_column`` and ``adapter`` are given.

    A payload that cannot be read is a row of ``failures`` and never an exception. What fails a task, such as a column of the context that does
    not exist or a worker without this package, fails it as any error in a task does.
    """
    if adapter is not None and adapter_column is not None:
        raise ValueError("adapter and adapter_column are both given; name the adapter once")
    kept = df.select(*keep).schema.fields if keep else []
    columns = [functions.col(payload_column).alias("payload")]
    if adapter_column is not None:
        columns.append(functions.col(adapter_column).alias("adapter"))
    payloads = df.select(*columns, *(functions.col(name).alias(f"kept_{place}") for place, name in enumerate(keep)))
    _check_types(payloads.schema, [payload_column, *([adapter_column] if adapter_column else [])])

    # One source of columns: what the library gives for no payloads at all.
    nothing = lbhealth.normalize_arrow(pa.array([], pa.binary()), adapter, **context)
    rows, failures = _plain(pa.schema(nothing.rows)), _plain(pa.schema(nothing.failures).remove(0))
    _check_names([column.name for column in kept], [*rows.names, *failures.names, FAILURE])
    failure = StructField(FAILURE, StructType(_declared(failures)))
    task = _Task(adapter_column is not None, adapter, context, rows, failures)
    both = payloads.mapInArrow(task, StructType([*kept, *_declared(rows), failure]))

    return Normalized(
        rows=both.where(functions.col(FAILURE).isNull()).drop(FAILURE),
        failures=both.where(functions.col(FAILURE).isNotNull()).drop(*rows.names).select("*", f"{FAILURE}.*").drop(FAILURE),
        _both=both,
    )


@dataclass(frozen=True)
class _Task:
    """What a worker does with the batches of a partition. It travels there by name and value, so it holds nothing of the driver."""

    has_adapters: bool
    adapter: str | None
    context: Context
    rows: pa.Schema
    failures: pa.Schema

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            payloads, *others = batch.columns
            adapter = others.pop(0) if self.has_adapters else self.adapter
            # Spark gives a core to each task; a second thread would take it from another one.
            done = lbhealth.normalize_arrow(payloads, adapter, threads=1, payload_index=True, **self.context)
            for rows in pa.RecordBatchReader.from_stream(done.rows):
                index, columns = rows.column(0), rows.columns[1:]
                failure = pa.nulls(len(rows), pa.struct(self.failures))
                yield self._batch(others, index, [_cast(*pair) for pair in zip(columns, self.rows.types, strict=True)], failure)
            for failures in pa.RecordBatchReader.from_stream(done.failures):
                index, columns = failures.column(0), failures.columns[1:]
                plain = [_cast(*pair) for pair in zip(columns, self.failures.types, strict=True)]
                failure = pa.StructArray.from_arrays(plain, fields=list(self.failures))
                yield self._batch(others, index, [pa.nulls(len(failures), kind) for kind in self.rows.types], failure)

    def _batch(self, kept: list[pa.Array], index: pa.Array, row: list[pa.Array], failure: pa.Array) -> pa.RecordBatch:
        # Spark goes by place; names would only have to be told apart.
        columns = [*(column.take(index) for column in kept), *row, failure]
        return pa.record_batch(columns, names=[str(place) for place in range(len(columns))])


def _cast(column: pa.Array, kind: pa.DataType) -> pa.Array:
    return column if column.type == kind else column.cast(kind)


def _plain(schema: pa.Schema) -> pa.Schema:
    """The types that Spark reads from Arrow: no dictionaries, and instants in microseconds."""

    def plain(kind: pa.DataType) -> pa.DataType:
        if pa.types.is_dictionary(kind):
            return kind.value_type
        return pa.timestamp("us", "UTC") if pa.types.is_timestamp(kind) else kind

    # Nothing is required any more: a failure has no row, and a row no failure.
    return pa.schema([pa.field(column.name, plain(column.type)) for column in schema])


def _declared(schema: pa.Schema) -> list[StructField]:
    return [StructField(column.name, TYPES[column.type]) for column in schema]


def _check_types(schema: StructType, names: list[str]) -> None:
    for column, name in zip(schema.fields, names, strict=False):
        if not isinstance(column.dataType, StringType) and not (column.name == "payload" and isinstance(column.dataType, BinaryType)):
            wanted = "text or bytes; to_json() makes text of a struct" if column.name == "payload" else "text"
            raise TypeError(f"column `{name}` is {column.dataType.simpleString()}, and the {column.name} has to be {wanted}")


def _check_names(kept: list[str], published: list[str]) -> None:
    # Spark does not tell upper from lower case in names.
    ours, taken = {name.lower() for name in published}, set()
    for name in kept:
        if name.lower() in ours:
            raise ValueError(f"the kept column `{name}` has the name of a published one; rename it first, or leave it out of keep")
        if name.lower() in taken:
            raise ValueError(f"the column `{name}` is kept twice")
        taken.add(name.lower())
