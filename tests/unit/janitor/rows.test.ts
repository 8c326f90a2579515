// What has run out or is known to nobody goes; accounts that anybody here has to do with stay; a day's work goes on by itself.
import assert from 'node:assert/strict'
import { unnamedAccounts } from '../../../src/domain/janitor/account-task.ts'
import { expiredTasks } from '../../../src/domain/janitor/expired-tasks.ts'
import { registerJanitor } from '../../../src/domain/janitor/register-janitor.ts'
import { receivePost } from '../../../src/domain/posts/receive-post.ts'
import { measure } from '../../../src/domain/moderation/measure.ts'
import { createJobs } from '../../../src/platform/jobs.ts'
import { silentLog } from '../../../src/platform/log.ts'
import { listUntouched, listOldRemotePosts, removePosts } from '../../../src/store/prune-posts.ts'
import { listRemoteAccountsAfter, removeUnnamedAccounts } from '../../../src/store/prune-accounts.ts'
import {
  forgetCopies,
  listCopiesAfter,
  listFreeMedia,
  removeFreeMedia,
} from '../../../src/store/prune-media.ts'
import { listCardsAfter, removeUnusedCards } from '../../../src/store/prune-cards.ts'
import { listHostsAfter, removeUnseenHosts } from '../../../src/store/prune-hosts.ts'
import { removeExpired } from '../../../src/store/expired-rows.ts'
import type { ExpiringSort } from '../../../src/store/expired-rows.ts'
import { forgetKeys, listLocalKeys, listOwnedKeys } from '../../../src/store/file-owners.ts'
import { castTest, incoming } from '../../cast.ts'
import type { Cast } from '../../cast.ts'
import { forEachEngine } from '../../database.ts'
import { wholeTableReads } from '../store/explain.ts'
import { DAY, filesOf, keepHouse, RETENTION } from './house.ts'

const SORTS: ExpiringSort[] = [
  'sessions',
  'email tokens',
  'grants',
  'idempotency keys',
  'mutes',
  'received activities',
  'tombstones',
  'drafts',
  'dead jobs',
  'attempts at blocked mail domains',
  'who was active',
  'day counts',
]

forEachEngine((engine) => {
  const promise = (name: string, run: (cast: Cast) => Promise<void>): void => castTest(engine, name, run)

  promise('what has run out goes, what has not stays', async (cast) => {
    const now = cast.ctx.clock.now()
    const session = { account_id: cast.alice, address: '', user_agent: '', created_at: 1, last_used_at: 1 }
    await cast.ctx.store.write(async (tx) => {
      await tx
        .insertInto('sessions')
        .values([
          { ...session, id: 1, token_hash: 'a', expires_at: now - 1 },
          { ...session, id: 2, token_hash: 'b', expires_at: now + 10 * DAY },
        ])
        .execute()
      await tx
        .insertInto('mutes')
        .values([
          { account_id: cast.alice, target_id: cast.bob, id: 1, created_at: 1, expires_at: now - 1 },
          { account_id: cast.alice, target_id: cast.dave, id: 2, created_at: 1, expires_at: null },
        ])
        .execute()
      await tx
        .insertInto('received_activities')
        .values([
          { uri: 'https://far.test/1', received_at: now - 31 * DAY },
          { uri: 'https://far.test/2', received_at: now - 29 * DAY },
        ])
        .execute()
      await tx
        .insertInto('tombstones')
        .values([
          { uri: 'https://far.test/3', deleted_at: now - 181 * DAY },
          { uri: 'https://far.test/4', deleted_at: now - 179 * DAY },
        ])
        .execute()
      await tx
        .insertInto('hosts')
        .values([
          { domain: 'gone.test', created_at: now - 200 * DAY, last_success_at: now - 91 * DAY },
          { domain: 'seen.test', created_at: now - 200 * DAY, last_failure_at: now - 89 * DAY },
          { domain: 'waiting.test', created_at: now - 200 * DAY },
        ])
        .execute()
      const activity = { account_id: cast.alice, body: '{}', digest: '', created_at: now - 2 * DAY }
      await tx
        .insertInto('outgoing_activities')
        .values([
          { ...activity, id: 1 },
          { ...activity, id: 2 },
        ])
        .execute()
      await tx
        .insertInto('deliveries')
        .values({
          id: 3,
          activity_id: 2,
          inbox: 'https://waiting.test/inbox',
          host: 'waiting.test',
          next_at: 1,
          created_at: 1,
        })
        .execute()
    })
    assert.deepEqual(await keepHouse(cast, filesOf(cast), RETENTION, expiredTasks), {
      'expired sessions': 1,
      'expired mutes': 1,
      'expired received activities': 1,
      'expired tombstones': 1,
      'sent activities': 1,
      'servers unseen for long': 1,
    })
    const hosts = await cast.ctx.store.read.selectFrom('hosts').select('domain').orderBy('domain').execute()
    assert.deepEqual(
      hosts.map((row) => row.domain),
      ['seen.test', 'waiting.test'],
    )
    assert.deepEqual(await keepHouse(cast, filesOf(cast), RETENTION, expiredTasks), {})
  })

  promise(
    'who was active is forgotten after four hundred days, how many is not; nor do old attempts at the door stay',
    async (cast) => {
      const { store, clock } = cast.ctx
      const today = Math.floor(clock.now() / DAY)
      await store.write(async (tx) => {
        const active = [401, 401, 399].map((ago, index) => ({ account_id: index + 1, day: today - ago }))
        await tx.insertInto('active_days').values(active).execute()
        const counts = [801, 799].map((ago) => ({ day: today - ago, key: 'posts', value: 5 }))
        await tx.insertInto('day_counts').values(counts).execute()
        const attempts = [9, 7].map((ago) => ({ block_id: 1, day: today - ago, address: '192.0.2.1' }))
        await tx.insertInto('email_domain_attempts').values(attempts).execute()
      })
      assert.deepEqual(await keepHouse(cast, filesOf(cast), RETENTION, expiredTasks), {
        'expired attempts at blocked mail domains': 1,
        'expired who was active': 2,
        'expired day counts': 1,
      })
      const boss = { accountId: cast.alice, role: 'owner' } as const
      const range = { from: today - 402, to: today - 398 }
      const shown = await measure(cast.ctx, boss, { key: 'active_users', range })
      assert.deepEqual(
        shown?.days.map((one) => one.value),
        [0, 2, 0, 1, 0],
      )
    },
  )

  promise(
    'an account of another server goes when nothing here names it, and can come again',
    async (cast) => {
      const files = filesOf(cast)
      const unknown = await cast.addRemote('nobody', 'far.test', { avatar_key: 'cache/accounts/1-a.webp' })
      files.put('cache/accounts/1-a.webp')
      const followed = await cast.addRemote('followed', 'far.test')
      await cast.follow(cast.alice, followed)
      const blocked = await cast.addRemote('blocked', 'far.test')
      await cast.ctx.store.write((tx) =>
        tx
          .insertInto('blocks')
          .values({ account_id: cast.alice, target_id: blocked, id: 1, created_at: 1 })
          .execute(),
      )
      const limited = await cast.addRemote('limited', 'far.test', { limited_at: 1 })
      await receivePost(cast.ctx, incoming('By dave'))
      await cast.settle()
      const keptByTime = await keepHouse(cast, files, RETENTION, [unnamedAccounts])
      assert.deepEqual(keptByTime, {}, 'an account that was seen lately stays')
      cast.pass(31 * DAY)
      await keepHouse(cast, files, RETENTION, [unnamedAccounts])
      const rows = await cast.ctx.store.read.selectFrom('accounts').select('id').execute()
      const left = new Set(rows.map((row) => row.id))
      assert.equal(left.has(unknown), false)
      assert.equal(left.has(cast.erin), false)
      for (const id of [followed, blocked, limited, cast.dave, cast.alice, cast.bob, cast.carol])
        assert.ok(left.has(id))
      assert.equal(files.kept.size, 0)
    },
  )

  promise('the house is kept every day by itself, task by task, and no two days at once', async (cast) => {
    const { store, clock, ids } = cast.ctx
    const log = silentLog()
    const jobs = createJobs({ store, clock, ids, log })
    const ctx = { ...cast.ctx, jobs }
    await cast.follow(cast.alice, cast.dave)
    await receivePost(ctx, incoming('Old'))
    await cast.settle()
    await registerJanitor(ctx, jobs, filesOf(cast), RETENTION)
    const countPosts = async () => (await store.read.selectFrom('posts').select('id').execute()).length
    await jobs.idle()
    assert.equal(await countPosts(), 1, 'it does not begin at once')
    cast.pass(91 * DAY)
    await jobs.idle()
    assert.equal(await countPosts(), 0)
    await receivePost(ctx, incoming('Another'))
    cast.pass(91 * DAY)
    await cast.settle()
    await jobs.idle()
    assert.equal(await countPosts(), 0, 'it goes on by itself')
    const waiting = await store.read
      .selectFrom('jobs')
      .select(['kind', 'run_at'])
      .where('queue', '=', 'janitor')
      .execute()
    assert.deepEqual(waiting, [{ kind: 'janitor-day', run_at: clock.now() + DAY }])
    await jobs.stop(0)
  })

  promise('no statement of the housekeeping reads a table whole', async (cast) => {
    const ids = [1, 2]
    const problems = await wholeTableReads(cast.ctx.store, async (db) => {
      const tx = db as never
      for (const sort of SORTS) await removeExpired(tx, sort, 5, 10)
      await listOldRemotePosts(db, { createdAt: 5, id: 5 }, 10)
      await listUntouched(db, ids, [])
      await removePosts(tx, ids)
      await listRemoteAccountsAfter(db, 5, 10)
      await removeUnnamedAccounts(tx, ids, 5)
      await listCopiesAfter(db, { cachedAt: 1, id: 1 }, 10)
      await forgetCopies(tx, ids, 5)
      await listFreeMedia(db, { from: 1, afterId: 1, before: 5 }, 10)
      await removeFreeMedia(tx, ids)
      await listCardsAfter(db, 5, 10)
      await removeUnusedCards(tx, ids, 5)
      await listHostsAfter(db, 'a', 10)
      await removeUnseenHosts(tx, ['a.test'], 5)
      await listOwnedKeys(db, 'media', ids)
      await listLocalKeys(db, 'accounts')
      await forgetKeys(tx, 'accounts', ids, ['cache/accounts/1'])
    })
    // A search index is found by its row id, which SQLite calls a scan.
    assert.deepEqual(
      problems.filter((one) => !one.includes('VIRTUAL TABLE INDEX 0:=:')),
      [],
    )
  })
})
