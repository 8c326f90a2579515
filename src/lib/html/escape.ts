// Writes text into HTML so that it stays text.

/** Removes what must never be in stored HTML or text: NUL, C0/C1 controls but tab and newline, lone surrogates, non-characters. */
export function cleanControls(text: string): string {
  if (!SUSPECT.test(text)) return text
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(CONTROLS, '')
}

// oxlint-disable-next-line no-control-regex -- these are exactly what has to go
const SUSPECT = /[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\u{1fffe}\u{1ffff}]/gu

/** Escapes a text node of sanitised HTML: only what a parser could take for markup. */
export function escapeText(text: string): string {
  if (!/[&<>]/.test(text)) return text
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Escapes text for any place in HTML, double-quoted and single-quoted attributes included. */
export function escapeHtml(text: string): string {
  if (!/[&<>"']/.test(text)) return text
  return escapeText(text).replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

/** At most `max` UTF-16 units of `text`, never half of a surrogate pair. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text
  const code = text.charCodeAt(max - 1)
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? max - 1 : max)
}
