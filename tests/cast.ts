// A fixed cast for tests of the domain: alice, bob and carol live here, dave and erin on other servers.
import { test } from 'node:test'
import { createIdSource } from '../src/lib/id.ts'
import { Refusal } from '../src/model/refusal.ts'
import type { RefusalCode } from '../src/model/refusal.ts'
import { createUrls } from '../src/model/urls.ts'
import type { Fact } from '../src/model/facts.ts'
import type { IncomingPost, PostDraft } from '../src/model/post.ts'
import type { Context } from '../src/domain/context.ts'
import type { Remote } from '../src/domain/ports.ts'
import { allTellers } from '../src/domain/all-tellers.ts'
import { tellFact } from '../src/domain/consequences.ts'
import { postJobs } from '../src/domain/posts/post-jobs.ts'
import { FACT_TYPES, FACTS_QUEUE } from '../src/domain/record-fact.ts'
import { createJobs } from '../src/platform/jobs.ts'
import { createLive } from '../src/platform/live.ts'
import { insertAccount } from '../src/store/accounts.ts'
import type { NewAccount } from '../src/store/accounts.ts'
import { insertUser } from '../src/store/users.ts'
import { openTestStore } from './database.ts'
import type { Engine } from './database.ts'

export const START = Date.UTC(2026, 5, 1, 12)
export const ORIGIN = 'https://here.test'

/** A server in memory with its people; nothing listens on a port. */
export interface Cast {
  ctx: Context
  /** Facts told so far, in order. */
  facts: Fact[]
  alice: number
  bob: number
  carol: number
  /** On far.test. */
  dave: number
  /** On other.test. */
  erin: number
  /** Lets everything due happen: facts are told, jobs done. */
  settle(): Promise<void>
  /** Moves the clock. */
  pass(ms: number): void
  addLocal(username: string, change?: Partial<NewAccount>): Promise<number>
  addRemote(username: string, domain: string, change?: Partial<NewAccount>): Promise<number>
  follow(accountId: number, targetId: number, terms?: FollowTerms): Promise<void>
  close(): Promise<void>
}

export interface FollowTerms {
  show_boosts?: number
  notify?: number
  languages?: string
  created_at?: number
}

const nobody: Remote = {
  accountByUri: () => Promise.resolve(undefined),
  accountByHandle: () => Promise.resolve(undefined),
  postByUri: () => Promise.resolve(undefined),
}

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, fatal() {} }

export async function openCast(engine: Engine, remote: Partial<Remote> = {}): Promise<Cast> {
  const test = await openTestStore(engine)
  const { store } = test
  let time = START
  const clock = { now: () => time }
  const ids = createIdSource(() => time)
  const log = { ...silent, child: () => log } as never
  const live = createLive({ log })
  const jobs = createJobs({ store, clock, ids, log })
  const ctx: Context = {
    config: {
      origin: ORIGIN,
      domain: 'here.test',
      title: 'Here',
      registrations: 'open',
      authorizedFetch: false,
      limits: { postChars: 5000 },
    },
    urls: createUrls(ORIGIN),
    clock,
    ids,
    log,
    store,
    jobs,
    live,
    mail: { send: () => Promise.resolve() },
    remote: { ...nobody, ...remote },
  }
  const facts: Fact[] = []
  for (const type of FACT_TYPES) {
    jobs.register(
      type,
      {
        batch: async (tx, batch) => {
          for (const job of batch) {
            const fact = job.payload as Fact
            facts.push(fact)
            await tellFact(ctx, tx, fact, allTellers)
          }
        },
      },
      { queue: FACTS_QUEUE },
    )
  }
  for (const task of postJobs) {
    jobs.register(task.kind, { single: (job) => task.run(ctx, job.payload) }, { queue: task.queue })
  }
  const add = (account: NewAccount): Promise<void> => store.write((tx) => insertAccount(tx, account))
  const addLocal: Cast['addLocal'] = async (username, change = {}) => {
    const id = ids.next()
    await add({ ...accountRow(id, username, '', `${ORIGIN}/users/${username}`), ...change })
    await store.write((tx) =>
      insertUser(tx, { account_id: id, created_at: time, confirmed_at: time, approved_at: time }),
    )
    return id
  }
  const addRemote: Cast['addRemote'] = async (username, domain, change = {}) => {
    const id = ids.next()
    const uri = `https://${domain}/users/${username}`
    await add({ ...accountRow(id, username, domain, uri), protocol: 'activitypub', ...change })
    return id
  }
  return {
    ctx,
    facts,
    alice: await addLocal('alice'),
    bob: await addLocal('bob'),
    carol: await addLocal('carol'),
    dave: await addRemote('dave', 'far.test'),
    erin: await addRemote('erin', 'other.test'),
    settle: () => jobs.idle(),
    pass(ms) {
      time += ms
    },
    addLocal,
    addRemote,
    async follow(accountId, targetId, terms = {}) {
      await store.write((tx) =>
        tx
          .insertInto('follows')
          .values({
            account_id: accountId,
            target_id: targetId,
            id: ids.next(),
            accepted: 1,
            created_at: time - 90 * 86_400_000,
            ...terms,
          })
          .execute(),
      )
    },
    async close() {
      await jobs.stop(0)
      await live.close()
      await test.close()
    },
  }
}

/** Names a promise and keeps it with a cast of its own. */
export function castTest(engine: Engine, name: string, run: (cast: Cast) => Promise<void>): void {
  test(name, async () => {
    const cast = await openCast(engine)
    try {
      await run(cast)
    } finally {
      await cast.close()
    }
  })
}

/** For `assert.rejects`: a refusal with this code and a sentence like this. */
export function refusal(code: RefusalCode, text: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof Refusal && error.code === code && text.test(error.safeText)
}

function accountRow(id: number, username: string, domain: string, uri: string): NewAccount {
  return {
    id,
    username,
    username_key: username.toLowerCase(),
    domain,
    uri,
    name: username,
    created_at: START - 365 * 86_400_000,
    updated_at: START,
  }
}

/** A public post in plain text, changed as the test needs. */
export function draft(text: string, change: Partial<PostDraft> = {}): PostDraft {
  return { text, sourceType: 'text/plain', audience: 'public', language: 'en', ...change }
}

let counter = 0

/** A public post by dave as a protocol reads it, changed as the test needs. */
export function incoming(content: string, change: Partial<IncomingPost> = {}): IncomingPost {
  counter += 1
  return {
    uri: `https://far.test/posts/${counter}`,
    kind: 'note',
    authorUri: 'https://far.test/users/dave',
    audience: 'public',
    recipients: [],
    quotePolicy: 'public',
    title: '',
    content: `<p>${content}</p>`,
    spoilerText: '',
    sensitive: false,
    language: 'en',
    publishedAt: START,
    tags: [],
    emojis: [],
    attachments: [],
    replyPolicy: 'public',
    raw: '{}',
    ...change,
  }
}

/** Post ids in somebody's home (or a list), newest first. */
export async function homeOf(cast: Cast, feedId: number): Promise<number[]> {
  const rows = await cast.ctx.store.read
    .selectFrom('feed_entries')
    .select('post_id')
    .where('feed_id', '=', feedId)
    .orderBy('post_id', 'desc')
    .execute()
  return rows.map((row) => row.post_id)
}

/** What an account was told, oldest first, as `kind from` (`kind from filtered`). */
export async function noticesOf(cast: Cast, accountId: number): Promise<string[]> {
  const rows = await cast.ctx.store.read
    .selectFrom('notifications as n')
    .innerJoin('accounts as a', 'a.id', 'n.from_id')
    .select(['n.kind', 'a.username', 'n.filtered'])
    .where('n.account_id', '=', accountId)
    .orderBy('n.id')
    .execute()
  return rows.map((row) => `${row.kind} ${row.username}${row.filtered === 1 ? ' filtered' : ''}`)
}
