// Prints what AsyncAPI's own parser finds in a document; nothing when it is valid.
import { readFileSync } from 'node:fs'
import { Parser } from '@asyncapi/parser'
import { AvroSchemaParser } from '@asyncapi/avro-schema-parser'

const parser = new Parser()
parser.registerSchemaParser(AvroSchemaParser())
const { document, diagnostics } = await parser.parse(readFileSync(process.argv[2], 'utf8'))
for (const each of diagnostics) {
  // 0 error, 1 warning; what is below is advice.
  if (each.severity <= 1) console.log(`${each.severity === 0 ? 'error' : 'warning'} ${each.path.join('.')}: ${each.message}`)
}
if (!document) console.log('no document')
