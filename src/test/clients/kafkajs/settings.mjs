import { parseArgs } from 'node:util'

/** The command line's `--name value` pairs over the defaults, which may be null for "required". */
export function settings(usage, defaults) {
  const options = Object.fromEntries(Object.keys(defaults).map(name => [name, { type: 'string' }]))
  let given
  try {
    given = parseArgs({ options }).values
  } catch (error) {
    stop(`${error.message}\n${usage}`)
  }
  const values = { ...defaults, ...given }
  for (const [name, value] of Object.entries(values)) {
    if (value === null) stop(`--${name} is missing\n${usage}`)
  }
  return values
}

/** The value of a setting as a whole number above zero. */
export function positive(name, value) {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) {
    stop(`--${name} is ${value}, expected a whole number above 0`)
  }
  return number
}

/** Ends the program as wrong usage. */
export function stop(message) {
  console.error(message)
  process.exit(2)
}
