// Fetches ActivityPub documents from the servers whose they are, and believes only what comes from there.
import { Refusal } from '../../../model/refusal.ts'
import type { Answer } from '../../../platform/outgoing.ts'
import { parseDocument } from '../signing/structure-guard.ts'
import type { JsonObject } from '../signing/types.ts'
import { isActivityMediaType, member, sameOrigin, webId } from '../wire.ts'
import type { World } from '../world.ts'
import { createGet } from './get.ts'

/** A document as its own server serves it; `url` is where it finally came from. */
export interface Fetched {
  json: JsonObject
  url: string
  raw: string
}

/** What a page for people answered where a document was hoped for. */
export interface FetchedPage {
  page: Buffer
  url: string
  contentType: string
}

export interface Fetcher {
  /**
   * The document at `url`. One that names another id is fetched again from there, once; its id is then vouched for. Throws Refusal
   * (not-found, gone, forbidden, unsupported, invalid ...) or Unreachable. Never call it in a transaction.
   */
  document(url: string): Promise<Fetched>
  /** The document exactly at `url`, whatever id it names; only of the same origin. For keys and pages of collections. */
  exactly(url: string): Promise<Fetched>
  /** As `document`, but a page for people is an answer as well. */
  documentOrPage(url: string): Promise<Fetched | FetchedPage>
}

export function createFetcher(world: World): Fetcher {
  const get = createGet(world)

  /** The document under its own id: what it says of itself counts only when it comes from that very address. */
  const atItsId = async (asked: string, fetched: Fetched): Promise<Fetched> => {
    const id = webId(member(fetched.json, 'id'))
    if (id === undefined) throw new Refusal('invalid', 'The document has no id')
    if (isAt(id, asked, fetched)) return fetched
    const again = read(await get(id, false))
    if (webId(member(again.json, 'id')) !== id || !isAt(id, id, again))
      throw new Refusal('invalid', 'The document does not come from the address that it names')
    return again
  }

  return {
    document: async (url) => atItsId(url, read(await get(url, false))),
    async exactly(url) {
      const fetched = read(await get(url, false))
      if (!sameOrigin(fetched.url, url))
        throw new Refusal('invalid', 'The document comes from another server')
      return fetched
    },
    async documentOrPage(url) {
      const answer = await get(url, true)
      const contentType = answer.headers['content-type'] ?? ''
      if (isActivityMediaType(contentType)) return atItsId(url, read(answer))
      return { page: answer.body, url: answer.url, contentType }
    },
  }
}

function read(answer: Answer): Fetched {
  return { json: parseDocument(answer.body), url: answer.url, raw: answer.body.toString() }
}

/** Whether a document with this id was served at it: at the address asked for or redirected to, without leaving the origin. */
function isAt(id: string, asked: string, fetched: Fetched): boolean {
  if (!sameOrigin(id, fetched.url)) return false
  return plain(id) === plain(fetched.url) || plain(id) === plain(asked)
}

function plain(url: string): string {
  const parsed = new URL(url)
  parsed.hash = ''
  return parsed.href
}
