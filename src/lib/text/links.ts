// Finds web addresses in plain text.
import { linkifyit } from 'linkify-it'

export interface FoundLink {
  start: number
  end: number
  url: string
}

/** Longest address that becomes a link, in UTF-16 units. */
export const MAX_LINK = 2048

// Made when first needed, as its patterns take a while to build.
let finder: ReturnType<typeof linkifyit> | undefined
const CANDIDATE = /(?<![a-z0-9@＠$#＃\u202a-\u202e])(?:https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini):\/\//giu
const EXTENDED = /(?<![\p{Alphabetic}\p{Nd}_])(?:xmpp:[^\s<>"'()]{3,500}|magnet:\?[^\s<>"'()]{3,1500})/giu
const HOST = /^:\/\/(?:[^/?#@]*\.)?([^/?#:.@]+)\.?(?::\d+)?(?:[/?#]|$)/

/** All links in `text`, in order, never overlapping. Only addresses with a scheme count, as everywhere in the Fediverse. */
export function findLinks(text: string): FoundLink[] {
  if (!text.includes(':')) return []
  const found: FoundLink[] = []
  for (const pattern of [CANDIDATE, EXTENDED]) {
    for (const match of text.matchAll(pattern)) {
      const end = pattern === EXTENDED ? extendedEnd(match) : webEnd(text, match.index)
      if (end !== undefined) found.push({ start: match.index, end, url: text.slice(match.index, end) })
    }
  }
  return withoutOverlaps(found)
}

/** Keeps what begins first where findings overlap. */
export function withoutOverlaps<T extends { start: number; end: number }>(found: T[]): T[] {
  let last = -1
  return found
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((item) => {
      if (item.start < last) return false
      last = item.end
      return true
    })
}

function webEnd(text: string, start: number): number | undefined {
  const colon = text.indexOf(':', start)
  const tail = text.slice(colon, colon + MAX_LINK)
  finder ??= linkifyit({ fuzzyLink: false, fuzzyEmail: false, maxLength: MAX_LINK })
  const length = finder.testSchemaAt(tail, 'https:', 1)
  if (length === 0) return undefined
  const rest = tail.slice(0, 1 + length)
  const topLabel = HOST.exec(rest)?.[1]
  if (topLabel === undefined || !rest.slice(3).split(/[/?#]/, 1)[0]?.includes('.')) return undefined
  return /^\p{L}/u.test(topLabel) ? colon + rest.length : undefined
}

function extendedEnd(match: RegExpExecArray): number {
  return match.index + match[0].replace(/[.,;:!?]+$/, '').length
}
