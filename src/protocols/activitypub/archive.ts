// What stands in the archive of an account: itself and all its posts as ActivityStreams, its lists as tables, its files.
import {
  chunkOfBookmarks,
  chunkOfFollowers,
  chunkOfLikes,
  chunkOfMedia,
  chunkOfPosts,
  makeArchive,
} from '../../domain/portability/archive/make-archive.ts'
import type { ArchiveJob, Chunk } from '../../domain/portability/archive/make-archive.ts'
import type { ArchiveEntry } from '../../domain/portability/archive/pack-archive.ts'
import { EXPORT_KINDS, exportList } from '../../domain/portability/csv/export-lists.ts'
import { findAccount } from '../../domain/federation/outgoing-rows.ts'
import type { Account } from '../../domain/federation/outgoing-rows.ts'
import { loadAccount } from './load-account.ts'
import { softwareOf } from './outbox/software.ts'
import { writeActivities } from './routes/collections.ts'
import type { World } from './world.ts'
import { writeActor } from './write/actor.ts'
import { withContext } from './write/context.ts'

const CHUNK = 100

type Tell = (count: number) => Promise<void>

export async function archiveAccount(world: World, job: ArchiveJob): Promise<void> {
  await makeArchive(world, world.blobs, job, (accountId, tell) => collect(world, accountId, tell))
}

async function* collect(world: World, accountId: number, tell: Tell): AsyncGenerator<ArchiveEntry> {
  const db = world.store.read
  const account = await findAccount(db, accountId)
  const actor = await loadAccount(world, db, accountId)
  if (!account || !actor) return
  const document = withContext(writeActor(actor, softwareOf(world)))
  yield { name: 'actor.json', text: whole(JSON.stringify(document, null, 2)) }
  yield { name: 'outbox.json', text: collection('outbox.json', activities(world, account, tell)) }
  const walks = { likes: chunkOfLikes, bookmarks: chunkOfBookmarks, followers: chunkOfFollowers }
  for (const [name, next] of Object.entries(walks)) {
    const uris = walk(
      accountId,
      (chunk) => next(db, chunk),
      (rows) => rows.map((row) => row.uri),
    )
    yield { name: `${name}.json`, text: collection(`${name}.json`, uris) }
  }
  for (const kind of EXPORT_KINDS)
    yield { name: `${kind}.csv`, text: whole(await exportList(world, accountId, kind)) }
  for (const key of [account.avatar_key, account.header_key]) if (key !== null) yield { name: key, key }
  yield* media(world, accountId, tell)
}

async function* media(world: World, accountId: number, tell: Tell): AsyncGenerator<ArchiveEntry> {
  let afterId = 0
  for (;;) {
    const rows = await chunkOfMedia(world.store.read, { accountId, afterId, limit: CHUNK })
    for (const { fileKey } of rows) if (fileKey !== null) yield { name: fileKey, key: fileKey }
    await tell(rows.length)
    if (rows.length < CHUNK) return
    afterId = rows.at(-1)?.id ?? afterId
  }
}

function activities(world: World, account: Account, tell: Tell): AsyncIterable<unknown> {
  return walk(
    account.id,
    (chunk) => chunkOfPosts(world.store.read, chunk),
    async (posts) => {
      const written = await writeActivities({ ctx: world }, account, posts)
      await tell(posts.length)
      return written
    },
  )
}

/** Everything in the order of ids, a chunk at a time. */
async function* walk<R extends { id: number }>(
  accountId: number,
  next: (chunk: Chunk) => Promise<R[]>,
  write: (rows: R[]) => unknown[] | Promise<unknown[]>,
): AsyncGenerator {
  let afterId = 0
  for (;;) {
    const rows = await next({ accountId, afterId, limit: CHUNK })
    yield* await write(rows)
    if (rows.length < CHUNK) return
    afterId = rows.at(-1)?.id ?? afterId
  }
}

/** An OrderedCollection, item by item; how many there were stands at its end. */
async function* collection(id: string, items: AsyncIterable<unknown>): AsyncGenerator<string> {
  const head = JSON.stringify(withContext({ id, type: 'OrderedCollection' }))
  yield `${head.slice(0, -1)},"orderedItems":[`
  let count = 0
  for await (const item of items) yield `${count++ === 0 ? '' : ','}\n${JSON.stringify(item)}`
  yield `\n],"totalItems":${count}}\n`
}

async function* whole(text: string): AsyncGenerator<string> {
  yield text
}
