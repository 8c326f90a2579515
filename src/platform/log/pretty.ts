// Turns a JSON log line into one a person reads on a terminal.
import { escapeForging } from './redact.ts'

const names: Record<string, string> = {
  fatal: '\u001b[41mFATAL\u001b[0m',
  error: '\u001b[31mERROR\u001b[0m',
  warn: '\u001b[33mWARN \u001b[0m',
  info: '\u001b[32mINFO \u001b[0m',
  debug: '\u001b[36mDEBUG\u001b[0m',
  trace: '\u001b[90mTRACE\u001b[0m',
}

/** `12:00:00.000 INFO  message key=value`, blocks and longer texts below it, indented so that none of their lines can pose as a log line. */
export const prettyLine = (json: string): string => {
  const { time, level, message, ...fields } = JSON.parse(json) as Record<string, unknown>
  const clock = String(time).slice(11, 23)
  const blocks: string[] = []
  const pairs = Object.entries(fields).map(
    ([name, value]) => ` ${escapeForging(name)}=${written(value, blocks)}`,
  )
  const head = `${clock} ${names[String(level)] ?? String(level)} ${escapeForging(typeof message === 'string' ? message : '')}${pairs.join('')}`
  return [head, ...blocks].join('\n') + '\n'
}

const written = (value: unknown, blocks: string[]): string => {
  if (typeof value === 'object' && value !== null && 'lines' in value && Array.isArray(value.lines)) {
    for (const line of value.lines) blocks.push(`    ${escapeForging(String(line))}`)
    return 'below:'
  }
  if (typeof value === 'object' && value !== null && 'stack' in value) {
    const { stack, ...rest } = value
    for (const line of String(stack).split('\n')) blocks.push(`    ${escapeForging(line)}`)
    return escapeForging(JSON.stringify(rest))
  }
  if (typeof value === 'string' && /^[\w./:@+-]+$/.test(value)) return value
  return escapeForging(JSON.stringify(value) ?? 'undefined')
}
