// Takes secrets, endless values and line-forging characters out of what is about to be logged.

const secretName =
  /^(?:proxy-)?authorization$|cookie|passw|secret|token|^otp|private_?key|^code(?:_verifier)?$|api_?key|^signature(?:-input)?$/i
const secretInText =
  /([?&#;\s](?:access_token|bearer_token|refresh_token|token|code|code_verifier|client_secret|password|secret|api_key|i)=)[^&#\s"']+/gi
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi
const userinfo = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]*@/gi
// oxlint-disable-next-line no-control-regex -- these are the characters that forge or hide log lines
const forging = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

const maxText = 4_000
const maxDepth = 4
const maxEntries = 50

/** A text fit for one line: secrets replaced, control and direction characters spelt out, cut at 4,000 characters. */
export const safeText = (text: string): string => escapeForging(hideSecrets(shorten(text)))

/** A copy of the fields in which nothing is secret, deep or endless; errors become plain objects. */
export const safeFields = (fields: Record<string, unknown>): Record<string, unknown> => safeObject(fields, 0)

/** Spells out control and direction characters as `\u....`, newlines as `\n`. */
export const escapeForging = (text: string): string =>
  text.replace(forging, (character) => {
    if (character === '\n') return '\\n'
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })

const shorten = (text: string): string => (text.length > maxText ? `${text.slice(0, maxText)}…` : text)

const hideSecrets = (text: string): string =>
  text
    .replace(secretInText, '$1[redacted]')
    .replace(bearer, '$1 [redacted]')
    .replace(userinfo, '$1[redacted]@')

const asItIs = Symbol('as it is')

/** Marks a text to be logged in full, secrets included, as lines: for a mail that the log itself delivers. */
export const shownAsItIs = (text: string): object => ({ [asItIs]: text })

const safeValue = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return hideSecrets(shorten(value))
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return safeError(value, depth)
  if (asItIs in value) return { lines: shorten(String(value[asItIs])).split('\n') }
  if (value instanceof Date || value instanceof URL) return hideSecrets(String(value))
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (depth >= maxDepth) return '[deeper]'
  if (Array.isArray(value)) return value.slice(0, maxEntries).map((entry) => safeValue(entry, depth + 1))
  return safeObject(value as Record<string, unknown>, depth + 1)
}

const safeObject = (fields: Record<string, unknown>, depth: number): Record<string, unknown> => {
  const safe: Record<string, unknown> = {}
  for (const name of Object.keys(fields).slice(0, maxEntries)) {
    if (name === '__proto__' || name === 'toJSON') continue
    safe[name] = secretName.test(name) ? '[redacted]' : safeValue(fields[name], depth)
  }
  return safe
}

const safeError = (error: Error, depth: number): Record<string, unknown> => {
  const code = (error as NodeJS.ErrnoException).code
  return {
    name: error.name,
    message: hideSecrets(shorten(error.message)),
    ...(code === undefined ? {} : { code }),
    ...(error.stack === undefined ? {} : { stack: hideSecrets(shorten(error.stack)) }),
    ...(error.cause === undefined || depth >= maxDepth ? {} : { cause: safeValue(error.cause, depth + 1) }),
  }
}
