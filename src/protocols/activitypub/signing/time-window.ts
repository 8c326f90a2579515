// HTTP dates and the hour within which a signed request is believed.

/** How far a signature may lie in the past or the future, in milliseconds. */
export const WINDOW_MS = 3_600_000

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC|\+0000)$/

/** Milliseconds of an HTTP date in GMT; undefined for any other spelling, so that no parser's guess decides. */
export function parseHttpDate(text: string): number | undefined {
  const [, day, month, year, hour, minute, second] = HTTP_DATE.exec(text) ?? []
  const monthIndex = MONTHS.indexOf(month ?? '')
  if (!day || monthIndex < 0) return undefined
  const time = Date.UTC(Number(year), monthIndex, Number(day), Number(hour), Number(minute), Number(second))
  return new Date(time).getUTCDate() === Number(day) ? time : undefined
}

/** An HTTP date (RFC 9110) for a time in milliseconds. */
export function formatHttpDate(time: number): string {
  return new Date(time).toUTCString()
}

/** Whether a time lies within the window around `now`; both in milliseconds. */
export function isRecent(time: number, now: number): boolean {
  return Math.abs(now - time) <= WINDOW_MS
}
