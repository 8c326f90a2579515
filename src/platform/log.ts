// The server's log: one JSON or readable line per event, with secrets taken out and no way to fake a line.
import { pino } from 'pino'
import type { Logger } from 'pino'
import { escapeForging, safeFields, safeText } from './log/redact.ts'
import { prettyLine } from './log/pretty.ts'

export { shownAsItIs } from './log/redact.ts'

/** Further facts of a line; an Error belongs under `error`. */
export type LogFields = Record<string, unknown>

/** How important a line is, from most to least; `silent` logs nothing. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

type Write = (message: string, fields?: LogFields) => void

/** Writes lines. Secrets in fields and messages (tokens, cookies, passwords) are replaced. */
export interface Log {
  fatal: Write
  error: Write
  warn: Write
  info: Write
  debug: Write
  trace: Write
  /** A log whose every line carries these fields as well. */
  child: (fields: LogFields) => Log
}

/** How to log; `write` receives whole lines with their newline and defaults to standard output. */
export interface LogOptions {
  level: LogLevel
  format: 'pretty' | 'json'
  write?: (line: string) => void
}

/** Builds the log of a process. */
export const createLog = (options: LogOptions): Log => {
  const write = options.write ?? ((line: string) => void process.stdout.write(line))
  const shape =
    options.format === 'pretty'
      ? (line: string) => write(prettyLine(line))
      : (line: string) => write(`${escapeForging(line.trimEnd())}\n`)
  return wrap(
    pino(
      {
        level: options.level,
        base: null,
        messageKey: 'message',
        timestamp: () => `,"time":"${new Date().toISOString()}"`,
        formatters: { level: (label) => ({ level: label }) },
      },
      { write: shape },
    ),
  )
}

/** A log that keeps nothing, for code that runs without one. */
export const silentLog = (): Log => createLog({ level: 'silent', format: 'json', write: () => {} })

const wrap = (logger: Logger): Log => {
  const at =
    (level: Exclude<LogLevel, 'silent'>): Write =>
    (message, fields) => {
      if (!logger.isLevelEnabled(level)) return
      logger[level](fields ? safeFields(fields) : {}, safeText(message))
    }
  return {
    fatal: at('fatal'),
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    trace: at('trace'),
    child: (fields) => wrap(logger.child(safeFields(fields))),
  }
}
