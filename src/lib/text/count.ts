// Counts the characters of a post the way Mastodon and its clients do.
import { extract } from './extract.ts'

/** What every address counts, however long it is. */
export const URL_CHARACTERS = 23
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Characters of a post: grapheme clusters of content warning and text together; an address counts 23, of a remote mention
 * only `@user`.
 */
export function countCharacters(text: string, spoiler = ''): number {
  return countGraphemes(spoiler + countable(text))
}

/** Grapheme clusters: what a reader sees as characters (a flag or a family emoji is one). */
export function countGraphemes(text: string): number {
  // oxlint-disable-next-line no-control-regex -- ASCII without CR: one unit is one character
  if (/^[\0-\x0c\x0e-\x7f]*$/.test(text)) return text.length
  let count = 0
  for (const _ of graphemes.segment(text)) count++
  return count
}

/** Cuts `text` to at most `max` grapheme clusters. */
export function cutGraphemes(text: string, max: number): string {
  if (text.length <= max) return text
  let count = 0
  for (const { index } of graphemes.segment(text)) if (count++ === max) return text.slice(0, index)
  return text
}

function countable(text: string): string {
  let out = ''
  let at = 0
  for (const entity of extract(text).entities) {
    if (entity.kind === 'hashtag') continue
    out += text.slice(at, entity.start)
    out += entity.kind === 'link' ? 'x'.repeat(URL_CHARACTERS) : `@${entity.username}`
    at = entity.end
  }
  return out + text.slice(at)
}
