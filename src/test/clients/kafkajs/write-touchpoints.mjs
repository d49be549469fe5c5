// Sends touchpoints, one a line of JSON on standard input, in the schema that is registered for
// their topic; registers the one of --schema when there is none yet.
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry'
import { CompressionTypes, Kafka, Partitioners, logLevel } from 'kafkajs'
import { settings } from './settings.mjs'

const BATCH = 500

const { bootstrap, registry: registryUrl, schema, topic } = settings(
  'usage: node write-touchpoints.mjs --bootstrap HOST:PORT --registry URL --schema FILE'
    + ' [--topic fermata.touchpoints] < touchpoints.jsonl',
  { bootstrap: null, registry: null, schema: null, topic: 'fermata.touchpoints' })

const registry = new SchemaRegistry({ host: registryUrl })

async function schemaId() {
  const subject = `${topic}-value`
  try {
    return await registry.getLatestSchemaId(subject)
  } catch (error) {
    if (error.status !== 404) throw error
    const text = await readFile(schema, 'utf8')
    const { id } = await registry.register({ type: SchemaType.AVRO, schema: text }, { subject })
    return id
  }
}

/** The touchpoint as Avro wants it: times are milliseconds. */
function record(line, number) {
  try {
    const touchpoint = JSON.parse(line)
    for (const field of ['occurredAt', 'dueAt']) {
      if (touchpoint[field] != null) touchpoint[field] = Date.parse(touchpoint[field])
    }
    return touchpoint
  } catch (error) {
    throw new Error(`line ${number}: ${error.message}`)
  }
}

const id = await schemaId()
const kafka = new Kafka({
  clientId: 'write-touchpoints',
  brokers: bootstrap.split(','),
  logLevel: logLevel.WARN,
})
const producer = kafka.producer({
  createPartitioner: Partitioners.DefaultPartitioner,
  idempotent: true,
  maxInFlightRequests: 1,
})
await producer.connect()

let batch = []
let sent = 0
async function send() {
  if (batch.length === 0) return
  await producer.send({ topic, messages: batch, acks: -1, compression: CompressionTypes.GZIP })
  sent += batch.length
  batch = []
}

try {
  let number = 0
  for await (const line of createInterface({ input: process.stdin })) {
    const touchpoint = record(line, ++number)
    batch.push({
      // Any key will do; the customer's name keeps a customer's touchpoints in order.
      key: `${touchpoint.identifiers[0].kind}:${touchpoint.identifiers[0].value}`,
      value: await registry.encode(id, touchpoint),
    })
    if (batch.length === BATCH) await send()
  }
  await send()
} finally {
  await producer.disconnect()
}
console.log(JSON.stringify({ topic, schemaId: id, sent }))
