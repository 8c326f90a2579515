// Decides which link targets may stay in somebody else's HTML.

const SCHEMES = new Set([
  'http',
  'https',
  'dat',
  'dweb',
  'ipfs',
  'ipns',
  'ssb',
  'gopher',
  'xmpp',
  'magnet',
  'gemini',
])

// White space, controls and the invisible or direction-changing characters that make a link read as another one.
const TRICKS = /[\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034f\u115f\u1160\u3164\uffa0]/gu

/**
 * The href to keep for a link, or undefined when it must become plain text: relative, of an unknown scheme, or written so
 * that readers and browsers disagree about it (white space or invisible characters before the path, backslashes, `https:x`).
 * Invisible characters and spaces in the rest are percent-encoded. Applying it twice changes nothing.
 */
export function safeHref(href: string): string | undefined {
  const trimmed = href.replace(/^[ \t\n\f\r]+|[ \t\n\f\r]+$/g, '')
  const scheme = /^([a-z][a-z0-9+.-]{0,15}):/i.exec(trimmed)?.[1]?.toLowerCase()
  if (scheme === undefined || !SCHEMES.has(scheme)) return undefined
  if (scheme !== 'http' && scheme !== 'https') return encodeTricks(trimmed)
  const match = /^https?:\/\/([^/?#\\]+)([^]*)$/i.exec(trimmed)
  const authority = match?.[1]
  if (authority === undefined || authority.search(TRICKS) !== -1 || match?.[2]?.startsWith('\\'))
    return undefined
  const clean = encodeTricks(trimmed)
  return URL.canParse(clean) ? clean : undefined
}

/** An absolute http(s) URL that is safe to fetch from or to show, or undefined. */
export function safeWebUrl(url: string): string | undefined {
  const safe = safeHref(url)
  return safe !== undefined && /^https?:/i.test(safe) ? safe : undefined
}

function encodeTricks(url: string): string {
  return url.replace(TRICKS, (char) => encodeURIComponent(char.toWellFormed()))
}
