// Whoever deletes an account is promised that everything in it goes, here and elsewhere, and that nothing else does.
import assert from 'node:assert/strict'
import { clearLocalAccount } from '../../../src/domain/accounts/clear-local-account.ts'
import { deleteAccount } from '../../../src/domain/accounts/delete-account.ts'
import { publishPost } from '../../../src/domain/posts/publish-post.ts'
import { receivePost } from '../../../src/domain/posts/receive-post.ts'
import { likePost } from '../../../src/domain/reactions/add-reaction.ts'
import { insertBookmark } from '../../../src/store/bookmarks.ts'
import { listTables } from '../../../src/store/whole-tables.ts'
import { castTest, draft, incoming, refusal } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'

/** Tables that still name the account in a column that means an owner. */
async function tablesNaming(cast: Cast, accountId: number): Promise<string[]> {
  const db = cast.ctx.store.read
  const naming: string[] = []
  for (const { name, columns } of await listTables(db)) {
    const owners = columns.filter((column) =>
      ['account_id', 'target_id', 'feed_id', 'from_id'].includes(column),
    )
    if (owners.length === 0) continue
    const rows = (await db
      .selectFrom(name as 'follows')
      .selectAll()
      .execute()) as unknown as Record<string, unknown>[]
    if (rows.some((row) => owners.some((column) => row[column] === accountId))) naming.push(name)
  }
  return naming
}

forEachEngine((engine) => {
  castTest(engine, 'a deleted account leaves nothing but its name and its keys', async (cast) => {
    const { ctx, alice, bob } = cast
    await cast.follow(bob, alice)
    await cast.follow(alice, bob)
    await ctx.store.write((tx) =>
      tx.updateTable('accounts').set({ followers_count: 1, following_count: 1 }).execute(),
    )
    const { postId } = await publishPost(ctx, alice, draft('Mine #tag'))
    const { postId: bobs } = await publishPost(ctx, bob, draft('Hello @alice'))
    const { postId: remote } = await receivePost(ctx, incoming('Elsewhere'))
    await likePost(ctx, alice, bobs)
    await ctx.store.write(async (tx) => {
      await insertBookmark(tx, { id: ctx.ids.next(), accountId: alice, postId: remote })
      const list = { id: 7, account_id: alice, title: 'L', created_at: 1 }
      await tx.insertInto('lists').values(list).execute()
      await tx.insertInto('list_members').values({ list_id: 7, account_id: bob, id: 8 }).execute()
      await tx
        .insertInto('filters')
        .values({ id: 9, account_id: alice, title: 'F', contexts: '[]', created_at: 1 })
        .execute()
      await tx.insertInto('filter_keywords').values({ id: 10, filter_id: 9, keyword: 'k' }).execute()
    })
    await cast.settle()
    await deleteAccount(ctx, alice)
    const gone = await ctx.store.read
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', alice)
      .executeTakeFirst()
    assert.notEqual(gone?.deleted_at, null)
    assert.equal(
      await ctx.store.read
        .selectFrom('users')
        .select('role')
        .where('account_id', '=', alice)
        .executeTakeFirst(),
      undefined,
    )
    await clearLocalAccount(ctx, alice)
    await cast.settle()
    assert.ok(cast.facts.some((fact) => fact.type === 'account-deleted' && fact.accountId === alice))
    // Keys sign what is still being told, old mentions keep their meaning, and a day's count of a hashtag ends with the day.
    const mayStay = ['account_keys', 'post_recipients', 'tag_day_accounts']
    const left = await tablesNaming(cast, alice)
    assert.deepEqual(
      left.filter((table) => !mayStay.includes(table)),
      [],
    )
    const posts = await ctx.store.read.selectFrom('posts').select('id').orderBy('id').execute()
    const ids = posts.map((row) => row.id)
    assert.equal(ids.includes(postId), false)
    assert.ok(ids.includes(bobs) && ids.includes(remote))
    assert.deepEqual(await ctx.store.read.selectFrom('filter_keywords').select('id').execute(), [])
    assert.deepEqual(await ctx.store.read.selectFrom('list_members').select('id').execute(), [])
    const other = await ctx.store.read
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', bob)
      .executeTakeFirstOrThrow()
    assert.deepEqual([other.followers_count, other.following_count], [0, 0])
  })

  castTest(
    engine,
    'clearing away never touches an account that lives, nor the server itself',
    async (cast) => {
      await publishPost(cast.ctx, cast.bob, draft('Alive'))
      await clearLocalAccount(cast.ctx, cast.bob)
      const posts = await cast.ctx.store.read.selectFrom('posts').select('id').execute()
      assert.equal(posts.length, 1)
      await assert.rejects(deleteAccount(cast.ctx, cast.dave), refusal('not-found', /./))
    },
  )
})
