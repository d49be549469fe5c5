#!/usr/bin/python3
"""Reads alerts from the beginning of their topic and prints each as a line of JSON.

Debian: apt-get install python3-confluent-kafka python3-avro
"""
import argparse
import functools
import io
import json
import struct
import urllib.request
import uuid

import avro.io
import avro.schema
from confluent_kafka import Consumer

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--bootstrap", required=True, metavar="HOST:PORT")
parser.add_argument("--registry", required=True, metavar="URL")
parser.add_argument("--count", required=True, type=int)
parser.add_argument("--topic", default="fermata.alerts")
arguments = parser.parse_args()


@functools.cache
def schema(schema_id):
    with urllib.request.urlopen(f"{arguments.registry}/schemas/ids/{schema_id}") as answer:
        return avro.schema.parse(json.load(answer)["schema"])


def decode(value):
    """A zero byte, the schema's id in 4 bytes, then the record in that schema."""
    magic, schema_id = struct.unpack(">bI", value[:5])
    if magic != 0:
        raise ValueError(f"the value begins with byte {magic}, expected 0")
    decoder = avro.io.BinaryDecoder(io.BytesIO(value[5:]))
    return avro.io.DatumReader(schema(schema_id)).read(decoder)


consumer = Consumer({
    "bootstrap.servers": arguments.bootstrap,
    "group.id": f"read-alerts-{uuid.uuid4()}",
    "auto.offset.reset": "earliest",
    "isolation.level": "read_committed",
    "enable.auto.commit": False,
})
consumer.subscribe([arguments.topic])
read = 0
while read < arguments.count:
    message = consumer.poll(1.0)
    if message is None:
        continue
    if message.error():
        raise SystemExit(f"{arguments.topic}: {message.error()}")
    line = {
        "change": dict(message.headers())["change"].decode(),
        "key": message.key().decode(),
        "alert": decode(message.value()),
    }
    print(json.dumps(line, default=str, ensure_ascii=False), flush=True)
    read += 1
consumer.close()
