// What a check is, and how it is kept from hanging or failing the others.
import type { Context } from '../../domain/context.ts'
import type { Config } from '../../platform/config.ts'

export type Level = 'ok' | 'warning' | 'problem'

export interface Finding {
  check: string
  level: Level
  /** One sentence; where something is wrong, it says what to do. */
  text: string
}

/** What checks look at. `ctx` is there only when the database can be used. */
export interface Patient {
  config: Config
  ctx: Context | undefined
}

export interface Check {
  name: string
  run(patient: Patient): Promise<Omit<Finding, 'check'> | undefined>
  /** Milliseconds; 20 s when left out. */
  longestMs?: number
}

export const ok = (text: string) => ({ level: 'ok', text }) as const
export const warning = (text: string) => ({ level: 'warning', text }) as const
export const problem = (text: string) => ({ level: 'problem', text }) as const

const LONGEST_MS = 20_000

/** The finding of a check; undefined when it does not concern this server. Never throws and never hangs. */
export async function examine(check: Check, patient: Patient): Promise<Finding | undefined> {
  const longestMs = check.longestMs ?? LONGEST_MS
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer in ${longestMs / 1000} s`)), longestMs)
  try {
    const found = await Promise.race([check.run(patient), late.promise])
    return found && { check: check.name, ...found }
  } catch (error) {
    return { check: check.name, ...problem(`The check failed: ${reasonOf(error)}.`) }
  } finally {
    clearTimeout(timer)
  }
}

/** What went wrong, down to its cause, in a few words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  const detail = cause instanceof Error ? ` (${cause.message || (cause as NodeJS.ErrnoException).code})` : ''
  return `${error.message}${detail}`.replace(/\.$/, '').slice(0, 300)
}
