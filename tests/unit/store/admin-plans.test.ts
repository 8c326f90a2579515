// What moderators look for is found by an index, however large the tables are.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Kysely } from 'kysely'
import {
  findDomainPolicies,
  findStandings,
  listStandings,
  pageDomainPolicies,
} from '../../../src/store/domain-policies.ts'
import { listDueRemovals, pageAccounts } from '../../../src/store/moderation/account-list.ts'
import {
  deleteCanonicalOf,
  findBlocksOf,
  findCanonicalByHash,
  listAttempts,
  pageCanonicalBlocks,
  pageEmailDomainBlocks,
  pageIpBlocks,
} from '../../../src/store/moderation/address-blocks.ts'
import { countDays, readDays, SERIES_KEYS } from '../../../src/store/moderation/day-series.ts'
import { pageLog } from '../../../src/store/moderation/moderation-log.ts'
import { deleteNote, listNotes } from '../../../src/store/moderation/notes.ts'
import { findSeverances } from '../../../src/store/moderation/severances.ts'
import { findAppeals, findStrikes, pageAppeals, pageStrikes } from '../../../src/store/moderation/strikes.ts'
import { listDecisions, listProviders, pageProviders } from '../../../src/store/moderation/trend-decisions.ts'
import type { Tables } from '../../../src/store/schema.ts'
import { pageTags } from '../../../src/store/trends.ts'
import { forEachEngine, openTestStore } from '../../database.ts'
import type { TestStore } from '../../database.ts'
import { wholeTableReads } from './explain.ts'

const window = { limit: 20, maxId: 9 }
const range = { from: 20_000, to: 20_030 }

const work: Record<string, (db: Kysely<Tables>) => Promise<unknown>> = {
  'accounts are found by whatever is known of them': async (db) => {
    await pageAccounts(db, { username: 'al' }, window)
    await pageAccounts(db, { displayName: 'alice w' }, window)
    await pageAccounts(db, { domain: 'far.test' }, window)
    await pageAccounts(db, { email: 'al@' }, window)
    await pageAccounts(db, { address: '192.0.2.1' }, window)
    await pageAccounts(db, { origin: 'local' }, window)
    await pageAccounts(db, { status: 'suspended' }, window)
    await listDueRemovals(db, 1, 10)
  },
  'addresses that are kept out are paged and found': async (db) => {
    await pageIpBlocks(db, window)
    await pageEmailDomainBlocks(db, window)
    await pageCanonicalBlocks(db, window)
    await findBlocksOf(db, ['a.test', 'test'])
    await listAttempts(db, [1, 2], 20_000)
    await findCanonicalByHash(db, 'x')
    await deleteCanonicalOf(db as never, 1)
  },
  'decisions about servers are paged and found': async (db) => {
    await pageDomainPolicies(db, 'blocks', window)
    await pageDomainPolicies(db, 'allowed', window)
    await findDomainPolicies(db, ['a.test', 'b.test'])
    await listStandings(db, 5, 200)
    await findStandings(db, [1, 2])
  },
  'what was done is paged and found': async (db) => {
    await pageLog(db, {}, window)
    await pageLog(db, { accountId: 1 }, window)
    await listNotes(db, { kind: 'account', id: 1 }, 10)
    await deleteNote(db as never, 1)
    await findSeverances(db, [1])
    await findStrikes(db, [1])
    await findAppeals(db, [1])
    await pageStrikes(db, 1, window)
    await pageAppeals(db, 'pending', window)
  },
  'what may become popular is paged and found': async (db) => {
    await listDecisions(db, 'link', [1, 2])
    await listProviders(db, ['a.test'])
    await pageProviders(db, window)
    await pageTags(db, window)
  },
  'numbers of days are counted within these days': async (db) => {
    for (const key of SERIES_KEYS) {
      await readDays(db, key, range)
      await countDays(db, key, range)
    }
  },
}

forEachEngine((engine) => {
  let db: TestStore
  before(async () => {
    db = await openTestStore(engine)
  })
  after(() => db.close())

  for (const [name, statements] of Object.entries(work)) {
    test(`${name} without reading a table whole`, async () => {
      assert.deepEqual(await wholeTableReads(db.store, statements), [])
    })
  }
})
