// Reads a Range request header (RFC 9110, section 14) for one part of a file, as players send it.

/** What to answer: all of it (200), one part (206; `end` is the last byte, included), or nothing (416). */
export type RangeAnswer =
  | { status: 200; headers: Record<string, string> }
  | { status: 206; start: number; end: number; headers: Record<string, string> }
  | { status: 416; headers: Record<string, string> }

/**
 * Decides which bytes of a file to send. Absent, malformed, foreign and multiple ranges get the whole file,
 * as the RFC allows; a range that starts behind the end gets 416.
 * `isCurrent` tells whether an If-Range validator matched (true when none was sent).
 */
export function readRange(header: string | undefined, byteLength: number, isCurrent = true): RangeAnswer {
  const whole: RangeAnswer = { status: 200, headers: { 'content-length': String(byteLength) } }
  if (header === undefined || !isCurrent || header.length > 100) return whole
  const match = /^bytes=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i.exec(header)
  if (!match) return whole
  const [first, last] = [match[1] ?? '', match[2] ?? '']
  if (first === '' && last === '') return whole
  if (first !== '' && last !== '' && Number(last) < Number(first)) return whole
  const start = first === '' ? Math.max(0, byteLength - Number(last)) : Number(first)
  const end = first === '' || last === '' ? byteLength - 1 : Math.min(Number(last), byteLength - 1)
  if (start > end) return { status: 416, headers: { 'content-range': `bytes */${byteLength}` } }
  const headers = {
    'content-range': `bytes ${start}-${end}/${byteLength}`,
    'content-length': String(end - start + 1),
  }
  return { status: 206, start, end, headers }
}
