// Operators are promised that the disk does not fill; people, that nothing they still need goes.
import assert from 'node:assert/strict'
import type { Insertable } from 'kysely'
import type { MediaTable } from '../../../src/store/schema.ts'
import { strayFiles } from '../../../src/domain/janitor/file-task.ts'
import { cacheTasks, mediaTasks } from '../../../src/domain/janitor/media-tasks.ts'
import { castTest } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'
import { DAY, filesOf, keepHouse, RETENTION } from './house.ts'
import type { Files } from './house.ts'

async function addMedia(cast: Cast, change: Partial<Insertable<MediaTable>> = {}): Promise<number> {
  const id = cast.ctx.ids.next()
  const row = { id, account_id: cast.dave, kind: 'image', created_at: cast.ctx.clock.now(), ...change }
  await cast.ctx.store.write((tx) => tx.insertInto('media').values(row).execute())
  return id
}

/** A copy of somebody else's picture, made now. */
async function addCopy(cast: Cast, files: Files, bytes = 1000): Promise<{ id: number; keys: string[] }> {
  const now = cast.ctx.clock.now()
  const id = await addMedia(cast, {
    post_id: 1,
    remote_url: 'https://far.test/a',
    bytes,
    cached_at: now,
    used_at: now,
  })
  const keys = [`cache/media/${id}-abc.webp`, `cache/media/${id}-abc-small.webp`]
  await cast.ctx.store.write((tx) =>
    tx
      .updateTable('media')
      .set({ file_key: keys[0] ?? '', preview_key: keys[1] ?? '' })
      .where('id', '=', id)
      .execute(),
  )
  files.put(...keys)
  return { id, keys }
}

const use = (cast: Cast, id: number) =>
  cast.ctx.store.write((tx) =>
    tx.updateTable('media').set({ used_at: cast.ctx.clock.now() }).where('id', '=', id).execute(),
  )

const rowOf = (cast: Cast, id: number) =>
  cast.ctx.store.read.selectFrom('media').selectAll().where('id', '=', id).executeTakeFirst()

forEachEngine((engine) => {
  const promise = (name: string, run: (cast: Cast) => Promise<void>): void => castTest(engine, name, run)

  promise('a copy that nobody looked at goes, and its row says where to fetch it anew', async (cast) => {
    const files = filesOf(cast)
    const [stale, used] = [await addCopy(cast, files), await addCopy(cast, files)]
    cast.pass(10 * DAY)
    await use(cast, used.id)
    cast.pass(5 * DAY)
    assert.deepEqual(await keepHouse(cast, files, RETENTION, cacheTasks), { 'copies of media by age': 1 })
    assert.deepEqual([...files.kept.keys()].sort(), used.keys.toSorted())
    const row = await rowOf(cast, stale.id)
    assert.deepEqual(
      [row?.file_key, row?.preview_key, row?.cached_at, row?.remote_url, row?.state],
      [null, null, null, 'https://far.test/a', 'ready'],
    )
    assert.equal((await rowOf(cast, used.id))?.file_key, used.keys[0])
  })

  promise('a cache beyond its space loses what was looked at longest ago', async (cast) => {
    const files = filesOf(cast)
    const copies: { id: number; keys: string[] }[] = []
    for (let number = 0; number < 12; number += 1) {
      copies.push(await addCopy(cast, files, 100_000))
      cast.pass(1000)
    }
    const [first] = copies
    await use(cast, first?.id ?? 0)
    const counts = await keepHouse(cast, files, RETENTION, cacheTasks)
    assert.deepEqual(counts, { 'copies of media by size': 3 })
    const gone = copies
      .filter((copy) => !files.kept.has(copy.keys[0] ?? ''))
      .map((copy) => copies.indexOf(copy))
    assert.deepEqual(gone, [1, 2, 3])
    assert.deepEqual(await keepHouse(cast, files, RETENTION, cacheTasks), {})
  })

  promise(
    'an upload that no post has goes after a day; one for a planned post, or in a post, stays',
    async (cast) => {
      const files = filesOf(cast)
      const own = { account_id: cast.alice }
      const [left, planned, posted] = [
        await addMedia(cast, own),
        await addMedia(cast, own),
        await addMedia(cast, { ...own, post_id: 7 }),
      ]
      for (const id of [left, planned, posted]) {
        files.put(`media/${id}-a.webp`)
        await cast.ctx.store.write((tx) =>
          tx
            .updateTable('media')
            .set({ file_key: `media/${id}-a.webp` })
            .where('id', '=', id)
            .execute(),
        )
      }
      await cast.ctx.store.write((tx) =>
        tx
          .insertInto('scheduled_posts')
          .values({
            id: 1,
            account_id: cast.alice,
            params: JSON.stringify({ media_ids: [String(planned)] }),
            scheduled_at: 9e12,
            created_at: 1,
          })
          .execute(),
      )
      cast.pass(DAY - 1000)
      assert.deepEqual(await keepHouse(cast, files, RETENTION, mediaTasks), {})
      cast.pass(2000)
      const young = await addMedia(cast, own)
      assert.deepEqual(await keepHouse(cast, files, RETENTION, mediaTasks), { 'uploads that no post has': 1 })
      assert.equal(await rowOf(cast, left), undefined)
      for (const id of [planned, posted, young]) assert.ok(await rowOf(cast, id))
      assert.deepEqual(
        [...files.kept.keys()].sort(),
        [`media/${planned}-a.webp`, `media/${posted}-a.webp`].sort(),
      )
    },
  )

  promise(
    'files that no row speaks of go after a day; all others, and names not made here, stay',
    async (cast) => {
      const files = filesOf(cast)
      const copy = await addCopy(cast, files)
      const stray = [
        'media/123-x.webp',
        `cache/media/${copy.id}-old.webp`,
        'accounts/9-avatar-x.webp',
        'uploads/5-x-file',
      ]
      const kept = [
        'accounts/1-avatar-x.webp',
        'emojis/3-x.webp',
        'media/by-hand.txt',
        'exports/a.zip',
        'cache/cards/77-y.webp',
      ]
      files.put(...stray, ...kept)
      await cast.ctx.store.write(async (tx) => {
        await tx
          .updateTable('accounts')
          .set({ avatar_key: kept[0] ?? '' })
          .where('id', '=', cast.alice)
          .execute()
        await tx
          .insertInto('custom_emojis')
          .values({ id: 3, shortcode: 'x', file_key: kept[1] ?? '', created_at: 1, updated_at: 1 })
          .execute()
        await tx
          .insertInto('cards')
          .values({
            id: 77,
            url: 'https://x.test/',
            image_key: kept[4] ?? '',
            created_at: cast.ctx.clock.now(),
          })
          .execute()
      })
      assert.deepEqual(await keepHouse(cast, files, RETENTION, [strayFiles]), {})
      cast.pass(3 * DAY)
      files.put('media/456-fresh.webp')
      assert.deepEqual(await keepHouse(cast, files, RETENTION, [strayFiles]), {
        'files that belong to nothing': 4,
      })
      assert.deepEqual([...files.kept.keys()].sort(), [...copy.keys, ...kept, 'media/456-fresh.webp'].sort())
    },
  )

  promise(
    'an old copy of an avatar goes with its mention in the row, and is fetched anew when needed',
    async (cast) => {
      const files = filesOf(cast)
      const key = `cache/accounts/${cast.dave}-avatar-x.webp`
      files.put(key)
      await cast.ctx.store.write((tx) =>
        tx
          .updateTable('accounts')
          .set({ avatar_key: key, avatar_static_key: key, avatar_remote_url: 'https://far.test/d.png' })
          .where('id', '=', cast.dave)
          .execute(),
      )
      cast.pass(15 * DAY)
      assert.deepEqual(await keepHouse(cast, files, RETENTION, [strayFiles]), {
        'files that belong to nothing': 1,
      })
      const row = await cast.ctx.store.read
        .selectFrom('accounts')
        .selectAll()
        .where('id', '=', cast.dave)
        .executeTakeFirst()
      assert.deepEqual(
        [row?.avatar_key, row?.avatar_static_key, row?.avatar_remote_url],
        [null, null, 'https://far.test/d.png'],
      )
    },
  )

  promise('a link preview goes when no post shows it', async (cast) => {
    const files = filesOf(cast)
    const cards = [1, 2].map((id) => ({
      id,
      url: `https://x.test/${id}`,
      image_key: `cache/cards/${id}-a.webp`,
      created_at: cast.ctx.clock.now(),
    }))
    files.put(...cards.map((card) => card.image_key))
    await cast.ctx.store.write(async (tx) => {
      await tx.insertInto('cards').values(cards).execute()
      await tx.insertInto('post_cards').values({ post_id: 5, card_id: 2 }).execute()
    })
    cast.pass(8 * DAY)
    assert.deepEqual(await keepHouse(cast, files, RETENTION, mediaTasks), {
      'link previews that no post has': 1,
    })
    assert.deepEqual([...files.kept.keys()], ['cache/cards/2-a.webp'])
  })
})
