// The log as the floors below call it: details first, then the sentence.
import type { Log } from './log.ts'

type Write = (details: object, message?: string) => void

export interface DetailsFirstLog {
  debug: Write
  info: Write
  warn: Write
  error: Write
}

export function detailsFirst(log: Log): DetailsFirstLog {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error'): Write =>
    (details, message) =>
      log[level](message ?? '', { ...details })
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
