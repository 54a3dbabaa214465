"""Replies on a topic, and a consumer that stops at the worst of times.

The broker is the one that librdkafka, the library below Kafka's clients, has for tests of its own: it speaks the protocol, and is no Kafka.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lbhealth
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from comparison import assert_same
from confluent_kafka import OFFSET_STORED, Consumer, KafkaError, Producer, TopicPartition
from single import OBSERVED_AT, normalize

COUNT, MOST = 5000, 1000


@dataclass(frozen=True)
class Topic:
    """Where the replies are."""

    servers: str

    def consumer(self) -> Consumer:
        """Reads all partitions from where its group is. It says itself how far it came."""
        settings = {"group.id": "rows", "enable.auto.commit": False, "auto.offset.reset": "earliest", "enable.partition.eof": True}
        consumer = Consumer(settings | {"bootstrap.servers": self.servers})
        partitions = consumer.list_topics("replies", timeout=30).topics["replies"].partitions
        # By hand and not by `subscribe`: the broker for tests does not let a second member in.
        consumer.assign([TopicPartition("replies", partition, OFFSET_STORED) for partition in partitions])
        return consumer


@pytest.fixture
def replies_of_one_file(replies: Path, tmp_path: Path) -> Path:
    """As many as the topic gets."""
    folder = tmp_path / "replies"
    folder.mkdir()
    pq.write_table(pq.read_table(min(replies.glob("*.parquet"))).slice(0, COUNT), folder / "replies.parquet")
    return folder


@pytest.fixture
def topic(replies_of_one_file: Path) -> Iterator[Topic]:
    """The replies as messages: the payload as value, id and adapter as headers."""
    producer = Producer({"bootstrap.servers": "replaced by the test's own", "test.mock.num.brokers": 1, "log_level": 3})
    cluster = producer.list_topics("replies", timeout=30)
    brokers, partitions = cluster.brokers.values(), len(cluster.topics["replies"].partitions)
    for number, reply in enumerate(pq.read_table(replies_of_one_file).to_pylist()):
        headers = {"id": str(reply["id"])} | ({"adapter": reply["adapter"]} if reply["adapter"] else {})
        # In turn: left to the producer, one partition may get them all, and of each the broker for tests keeps but the last five megabytes.
        producer.produce("replies", value=reply["payload"], headers=headers, partition=number % partitions)
        producer.poll(0)
    assert producer.flush(30) == 0
    yield Topic(",".join(f"{broker.host}:{broker.port}" for broker in brokers))


def work(consumer: Consumer, folder: Path, stop_before_commit_of: int | None = None) -> int:
    """What a consumer does with all there is: a batch is normalized, written under its first offset of each partition, and then committed."""
    done, unread, deadline = 0, {partition.partition for partition in consumer.assignment()}, time.monotonic() + 60
    while unread:
        assert time.monotonic() < deadline, f"no end of the partitions {unread}"
        received = consumer.consume(MOST, timeout=2)
        ends = [message for message in received if message.error()]
        assert {message.error().code() for message in ends} <= {KafkaError._PARTITION_EOF}
        unread -= {message.partition() for message in ends}
        messages = [message for message in received if not message.error()]
        if not messages:
            continue
        headers = [dict(message.headers()) for message in messages]
        adapters = [header["adapter"].decode() if "adapter" in header else None for header in headers]
        normalized = lbhealth.normalize_arrow(
            pa.array([message.value() for message in messages], pa.binary()),
            pa.array(adapters, pa.string()),
            payload_index=True,
            observed_at=OBSERVED_AT,
        )
        ids = pa.array([int(header["id"]) for header in headers])
        for name, table in (("rows", pa.table(normalized.rows)), ("failures", pa.table(normalized.failures))):
            for partition in {message.partition() for message in messages}:
                places = [place for place, message in enumerate(messages) if message.partition() == partition]
                part = table.filter(pa.compute.is_in(table["payload_index"], pa.array(places)))
                first = messages[places[0]].offset()
                (folder / name).mkdir(parents=True, exist_ok=True)
                pq.write_table(part.set_column(0, "id", ids.take(part["payload_index"])), folder / name / f"{partition}-{first}.parquet")
        done += 1
        if done == stop_before_commit_of:
            return done
        consumer.commit(asynchronous=False)
    return done


def test_a_consumer_that_dies_between_writing_and_committing_loses_nothing_and_repeats_nothing(
    topic: Topic, replies_of_one_file: Path, tmp_path: Path
) -> None:
    """What comes again is written over what there is."""
    first = topic.consumer()
    assert work(first, tmp_path / "found", stop_before_commit_of=2) == 2
    first.close()
    second = topic.consumer()
    assert work(second, tmp_path / "found") >= COUNT // MOST - 1
    second.close()
    (tmp_path / "single").mkdir()
    normalize(replies_of_one_file, tmp_path / "single")
    assert_same(tmp_path / "single/rows", tmp_path / "found/rows")
    assert_same(tmp_path / "single/failures", tmp_path / "found/failures")
