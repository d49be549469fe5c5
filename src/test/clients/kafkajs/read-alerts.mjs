// Reads alerts from the beginning of their topic and prints each as a line of JSON, with the
// record's header `change` and its key. Ends after --count records.
import { randomUUID } from 'node:crypto'
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry'
import { Kafka, logLevel } from 'kafkajs'
import { positive, settings } from './settings.mjs'

const { bootstrap, registry: registryUrl, count, topic, group } = settings(
  'usage: node read-alerts.mjs --bootstrap HOST:PORT --registry URL --count N'
    + ' [--topic fermata.alerts] [--group NAME]',
  {
    bootstrap: null,
    registry: null,
    count: null,
    topic: 'fermata.alerts',
    group: `read-alerts-${randomUUID()}`,
  })
const wanted = positive('count', count)

const registry = new SchemaRegistry({ host: registryUrl })
const kafka = new Kafka({
  clientId: 'read-alerts',
  brokers: bootstrap.split(','),
  logLevel: logLevel.WARN,
})

const time = millis => (millis === null ? null : new Date(millis).toISOString())

// KafkaJS reads committed records only, unless it is told otherwise.
const consumer = kafka.consumer({ groupId: group })
await consumer.connect()
await consumer.subscribe({ topics: [topic], fromBeginning: true })

let read = 0
const done = new Promise((resolve, reject) => {
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
  consumer.run({
    eachMessage: async ({ partition, message }) => {
      if (read === wanted) return
      const alert = await registry.decode(message.value)
      const line = {
        partition,
        offset: Number(message.offset),
        key: message.key.toString(),
        change: message.headers.change.toString(),
        alert: { ...alert, at: time(alert.at), until: time(alert.until) },
      }
      console.log(JSON.stringify(line))
      if (++read === wanted) resolve()
    },
  }).catch(reject)
})

try {
  await done
} finally {
  await consumer.disconnect()
}
