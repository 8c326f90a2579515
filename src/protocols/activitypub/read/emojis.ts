// Reads custom emoji out of a list of tags.
import type { IncomingEmoji } from '../../../model/account.ts'
import { asArray, dateOf, firstUrl, member, present, textOf, typesOf, webId } from '../wire.ts'

/** Most emoji kept of one object; more would only be an attack. */
export const MAX_EMOJIS = 100
const SHORTCODE = /^:?([\p{L}\p{N}_+-][\p{L}\p{N}_.+@-]{0,127}):?$/u

/** The emoji among `tags`, each shortcode once, without its colons. */
export function readEmojis(tags: unknown): IncomingEmoji[] {
  const found = new Map<string, IncomingEmoji>()
  for (const tag of asArray(tags)) {
    if (found.size >= MAX_EMOJIS) break
    const emoji = readEmoji(tag)
    if (emoji && !found.has(emoji.shortcode)) found.set(emoji.shortcode, emoji)
  }
  return [...found.values()]
}

/** One emoji, or undefined when it is none or lacks a usable name or picture. */
export function readEmoji(tag: unknown): IncomingEmoji | undefined {
  if (!typesOf(tag).includes('Emoji')) return undefined
  const shortcode = SHORTCODE.exec(textOf(member(tag, 'name'), 200) ?? '')?.[1]
  const icon = asArray(member(tag, 'icon'), 1)[0]
  const imageUrl = firstUrl(member(icon, 'url') ?? icon)
  if (shortcode === undefined || imageUrl === undefined) return undefined
  return present({
    shortcode,
    imageUrl,
    uri: webId(member(tag, 'id')),
    updatedAt: dateOf(member(tag, 'updated')),
  })
}
