// Dates as the client API writes them.

/** ISO 8601 in UTC with exactly three fractional digits. */
export function dateTime(ms: number): string {
  return new Date(ms).toISOString()
}

/** The same moment's day at midnight UTC, as accounts show when they came to be. */
export function midnight(ms: number): string {
  return `${dateTime(ms).slice(0, 10)}T00:00:00.000Z`
}

/** YYYY-MM-DD. */
export function calendarDate(ms: number): string {
  return dateTime(ms).slice(0, 10)
}

/** ISO 8601 in UTC with whole seconds. */
export function dateTimeSeconds(ms: number): string {
  return `${dateTime(ms).slice(0, 19)}Z`
}
