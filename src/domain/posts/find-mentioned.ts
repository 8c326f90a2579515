// Finds the accounts behind the handles in a text: those known here, then a few of other servers, within seconds.
import { parseHandle } from '../../lib/text/handle.ts'
import { findAuthors, findAuthorsByHandle } from '../../store/post-authors.ts'
import type { Author } from '../../store/post-authors.ts'
import type { Context } from '../context.ts'
import { POST_LIMITS } from './limits.ts'

export interface Mentioned {
  id: number
  username: string
  url: string
}

/** Nobody waits longer than this for other servers when posting. */
const LOOK_UP_MS = 3000
const MAX_LOOK_UPS = 10

interface Wanted {
  /** As typed, in lower case. */
  handle: string
  usernameKey: string
  domain: string
}

/** Accounts by handle as typed, in lower case; those that cannot be found are left out. */
export async function findMentioned(ctx: Context, handles: string[]): Promise<Map<string, Mentioned>> {
  const wanted = handles.slice(0, POST_LIMITS.mentions * 2).flatMap((handle) => readHandle(ctx, handle))
  const known = await findAuthorsByHandle(ctx.store.read, wanted)
  const byKey = new Map(known.map((author) => [keyOf(author.username_key, author.domain), author]))
  const unknown = wanted.filter((one) => one.domain !== '' && !byKey.has(keyOf(one.usernameKey, one.domain)))
  const found = await lookUp(ctx, unknown.slice(0, MAX_LOOK_UPS))
  const mentioned = new Map<string, Mentioned>()
  for (const one of wanted) {
    const author = byKey.get(keyOf(one.usernameKey, one.domain)) ?? found.get(one.handle)
    if (author && author.suspended_at === null && author.deleted_at === null) {
      mentioned.set(one.handle, toMentioned(ctx, author))
    }
  }
  return mentioned
}

function readHandle(ctx: Context, typed: string): Wanted[] {
  const parsed = parseHandle(typed)
  if (!parsed) return []
  const domain = parsed.domain === undefined || parsed.domain === ctx.config.domain ? '' : parsed.domain
  return [{ handle: typed.toLowerCase(), usernameKey: parsed.username.toLowerCase(), domain }]
}

async function lookUp(ctx: Context, wanted: Wanted[]): Promise<Map<string, Author>> {
  if (wanted.length === 0) return new Map()
  const answers = await Promise.all(
    wanted.map(async (one) => ({ one, id: await withDeadline(ctx, `${one.usernameKey}@${one.domain}`) })),
  )
  const ids = answers.flatMap(({ id }) => (id === undefined ? [] : [id]))
  const authors = new Map((await findAuthors(ctx.store.read, ids)).map((author) => [author.id, author]))
  const found = new Map<string, Author>()
  for (const { one, id } of answers) {
    const author = id === undefined ? undefined : authors.get(id)
    if (author) found.set(one.handle, author)
  }
  return found
}

/** The account's id, or undefined when it cannot be found in time: the mention then stays plain text. */
async function withDeadline(ctx: Context, handle: string): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  const timer = setTimeout(() => resolve(undefined), LOOK_UP_MS)
  ctx.remote
    .accountByHandle(handle)
    .then(resolve, (error: unknown) => {
      ctx.log.debug({ err: error, handle }, 'a mention could not be resolved')
      resolve(undefined)
    })
    .finally(() => clearTimeout(timer))
  return promise
}

function keyOf(usernameKey: string, domain: string): string {
  return `${usernameKey}@${domain}`
}

function toMentioned(ctx: Context, author: Author): Mentioned {
  const url = author.domain === '' ? ctx.urls.profile(author.username) : (author.url ?? author.uri)
  return { id: author.id, username: author.username, url }
}
