// Names what went wrong on the way to another server: a final no, or something that may work later.
import { Refusal, Unreachable } from '../../model/refusal.ts'

/** The Refusal or Unreachable behind an error of sockets, TLS, DNS, undici or zlib. */
export const troubleOf = (error: unknown, host: string, timedOut: boolean): Refusal | Unreachable => {
  const known = knownIn(error)
  if (known) return known
  if (timedOut) return new Unreachable(`${host} took too long to answer.`, error)
  const code = codeOf(error)
  if (code === 'UND_ERR_INVALID_ARG') return new Refusal('invalid', 'That request cannot be sent.', error)
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return new Refusal('too-large', `${host} sent too many headers.`, error)
  if (/^(?:Z_|ERR_BROTLI|ERR__ERROR_FORMAT|ERR_PADDING|ERR_TRAILING)/.test(code)) {
    return new Refusal('invalid', `${host} sent damaged data.`, error)
  }
  return new Unreachable(`${host} could not be reached.`, error)
}

const knownIn = (error: unknown): Refusal | Unreachable | undefined => {
  let current = error
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if (current instanceof Refusal || current instanceof Unreachable) return current
    current = current.cause
  }
  return undefined
}

const codeOf = (error: unknown): string => {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return typeof code === 'string' ? code : ''
}
