// Cleans HTML that a local author wrote, and links the mentions, hashtags and addresses in its text.
import { linkTargets, unescapeHtml } from '../html/link-targets.ts'
import { sanitizeHtml } from '../html/sanitize.ts'
import { type Entity, extract } from './extract.ts'
import { cleanText, type Formatted, references, rewrite } from './format.ts'
import type { Resolve } from './write-entity.ts'

const LEFT_ALONE = new Set(['a', 'code', 'pre'])

/** HTML (post profile) to sanitised HTML; text inside links and code is left as it is. */
export function formatHtml(html: string, resolve: Resolve): Formatted {
  const found = { entities: [] as Entity[], emojis: new Set<string>() }
  let inside = 0
  let out = ''
  // In sanitised HTML no attribute holds a raw < or >, so its tags can be told from its text this simply.
  for (const piece of sanitizeHtml(cleanText(html)).split(/(<[^>]*>)/)) {
    if (piece.startsWith('<')) {
      const tag = /^<\/?([a-z0-9]+)/.exec(piece)?.[1] ?? ''
      if (LEFT_ALONE.has(tag)) inside += piece.startsWith('</') ? -1 : 1
      out += piece
      continue
    }
    const text = unescapeHtml(piece)
    const { entities, emojis } = extract(text)
    for (const emoji of emojis) found.emojis.add(emoji)
    if (inside === 0) found.entities.push(...entities)
    out += inside === 0 ? rewrite(text, entities, resolve) : piece
  }
  const extracted = {
    mentions: found.entities.filter((entity) => entity.kind === 'mention'),
    hashtags: found.entities.filter((entity) => entity.kind === 'hashtag'),
    links: [],
    emojis: [...found.emojis],
  }
  return { ...references(extracted, resolve), html: out, links: linkTargets(out) }
}
