// Moments, numbers and languages as people read them.
import { currentLanguage } from './words.ts'

const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>()

function dateFormat(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${currentLanguage()}:${name}`
  let format = cache.get(key)
  if (!format) cache.set(key, (format = new Intl.DateTimeFormat(currentLanguage(), options)))
  return format as Intl.DateTimeFormat
}

function numberFormat(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${currentLanguage()}:${name}`
  let format = cache.get(key)
  if (!format) cache.set(key, (format = new Intl.NumberFormat(currentLanguage(), options)))
  return format as Intl.NumberFormat
}

/** "2 January 2026, 14:03". */
export function fullMoment(iso: string): string {
  return dateFormat('full', { dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso))
}

/** "2 January 2026". */
export function fullDay(iso: string): string {
  return dateFormat('day', { dateStyle: 'long' }).format(new Date(iso))
}

const UNITS = [
  { unit: 'second', ms: 1000, below: 60_000 },
  { unit: 'minute', ms: 60_000, below: 3_600_000 },
  { unit: 'hour', ms: 3_600_000, below: 86_400_000 },
  { unit: 'day', ms: 86_400_000, below: 7 * 86_400_000 },
] as const

/** "5m", "3h", "2d", then the date: as short as a timeline wants it. */
export function shortAge(iso: string, now: number): string {
  const then = Date.parse(iso)
  const age = Math.max(0, now - then)
  for (const { unit, ms, below } of UNITS)
    if (age < below)
      return numberFormat(unit, { style: 'unit', unit, unitDisplay: 'narrow' }).format(
        Math.max(1, Math.floor(age / ms)),
      )
  const sameYear = new Date(then).getUTCFullYear() === new Date(now).getUTCFullYear()
  const options: Intl.DateTimeFormatOptions = {
    month: 'short',
    day: 'numeric',
    ...(sameYear ? {} : { year: 'numeric' as const }),
  }
  return dateFormat(sameYear ? 'md' : 'ymd', options).format(then)
}

/** "in 3 hours", "in 2 days". */
export function untilThen(iso: string, now: number): string {
  const rest = Date.parse(iso) - now
  const [unit, ms] =
    rest < 3_600_000
      ? (['minute', 60_000] as const)
      : rest < 86_400_000 * 2
        ? (['hour', 3_600_000] as const)
        : (['day', 86_400_000] as const)
  return new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' }).format(
    Math.round(rest / ms),
    unit,
  )
}

/** 1234 -> "1.2K", for places with little room. */
export function shortNumber(value: number): string {
  return numberFormat('compact', { notation: 'compact', maximumFractionDigits: 1 }).format(value)
}

/** The name of a language in the language of the page. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(currentLanguage(), { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
