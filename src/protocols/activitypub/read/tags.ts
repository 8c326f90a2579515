// Reads mentions and hashtags out of an object's list of tags.
import { normalizeTag } from '../../../lib/text/hashtag.ts'
import { formatHandle, parseHandle } from '../../../lib/text/handle.ts'
import { asArray, cut, idOf, member, textOf, typesOf, webId } from '../wire.ts'

/** Most hashtags and most mentions kept of one object. */
export const MAX_TAGS = 100
export const MAX_MENTIONS = 100

export interface Mention {
  uri: string
  /** user@domain, where the tag names it in full. */
  handle?: string
}

/** Those named by Mention tags, each once; Friendica's nameless mentions (of direct messages) included. */
export function readMentions(tags: unknown): Mention[] {
  const found = new Map<string, Mention>()
  for (const tag of asArray(tags)) {
    if (found.size >= MAX_MENTIONS) break
    if (!typesOf(tag).includes('Mention')) continue
    const uri = webId(member(tag, 'href'))
    if (uri === undefined || found.has(uri)) continue
    const handle = parseHandle(textOf(member(tag, 'name'), 500)?.trim() ?? '')
    found.set(uri, { uri, ...(handle?.domain === undefined ? {} : { handle: formatHandle(handle) }) })
  }
  return [...found.values()]
}

/** Normalised hashtags with the spelling to show, each once. */
export function readHashtags(tags: unknown): { name: string; displayName: string }[] {
  const found = new Map<string, string>()
  for (const tag of asArray(tags)) {
    if (found.size >= MAX_TAGS) break
    const shown = hashtagText(tag)
    const name = shown === undefined ? undefined : normalizeTag(shown)
    if (shown !== undefined && name !== undefined && !found.has(name)) found.set(name, shown)
  }
  return [...found].map(([name, displayName]) => ({ name, displayName }))
}

/** A hashtag as written, without its sign; PeerTube and others send bare Hashtag names, some send plain strings. */
function hashtagText(tag: unknown): string | undefined {
  const text =
    typeof tag === 'string'
      ? tag
      : typesOf(tag).includes('Hashtag')
        ? textOf(member(tag, 'name'), 500)
        : undefined
  const bare = text?.trim().replace(/^[#＃]+/, '')
  return bare === undefined || bare === '' || /^https?:/i.test(bare) ? undefined : cut(bare, 200)
}

/** The hashtag that an Add puts on a post: Friendica's lower-case `tag`, or a Hashtag. */
export function readAddedTag(object: unknown): string | undefined {
  const isTag = typesOf(object).some((type) => type === 'tag' || type === 'Hashtag')
  const name = isTag ? textOf(member(object, 'name'), 500) : undefined
  return name === undefined ? undefined : hashtagText(name)
}

/** The ids in `Link` tags that lead to other objects (FEP-e232), with their media type and relation. */
export function readObjectLinks(tags: unknown): { uri: string; mediaType?: string; rel: string[] }[] {
  return asArray(tags, 200).flatMap((tag) => {
    if (!typesOf(tag).includes('Link')) return []
    const uri = idOf(member(tag, 'href'))
    const mediaType = textOf(member(tag, 'mediaType'), 200)
    const rel = asArray(member(tag, 'rel'), 10).filter((item) => typeof item === 'string')
    return uri === undefined ? [] : [{ uri, rel, ...(mediaType === undefined ? {} : { mediaType }) }]
  })
}
