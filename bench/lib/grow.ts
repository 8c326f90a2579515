// Makes a database of ordinary size a large one, straight into the tables: remote people, their posts, follows, a full home.
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ID_EPOCH } from '../../src/lib/id.ts'

export interface Size {
  posts: number
  accounts: number
  /** How many of the accounts the reader follows. */
  follows: number
}

const DAY = 86_400_000
const SPAN = 90 * DAY
const HOSTS = 2000
const TAGS = 2000
const WORDS = 5000
const IN_ONE = 50_000

/** Small and always the same: two runs make the same database. */
function createChance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export function growDatabase(directory: string, readerId: number, size: Size): void {
  const db = new DatabaseSync(join(directory, 'folkmoot.db'))
  db.exec(`pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -1000000;
    pragma wal_autocheckpoint = 100000; pragma temp_store = memory`)
  const now = Date.now()
  const accountId = (number: number): number => (now - 400 * DAY - ID_EPOCH + number) * 4096 + 1
  inParts(db, size.accounts, accountsOf(db, accountId, now))
  inParts(db, size.follows, followsOf(db, readerId, accountId, now))
  inParts(db, TAGS, tagsOf(db, now))
  inParts(db, size.posts, postsOf(db, { size, accountId, now }))
  fillHome(db, readerId)
  fillNotifications(db, { readerId, accountId, now, count: Math.min(20_000, size.accounts) })
  countUp(db)
  db.exec('analyze')
  db.exec('pragma wal_checkpoint(truncate)')
  db.close()
}

function inParts(db: DatabaseSync, count: number, insert: (number: number) => void): void {
  for (let start = 0; start < count; start += IN_ONE) {
    db.exec('begin')
    for (let number = start; number < Math.min(count, start + IN_ONE); number += 1) insert(number)
    db.exec('commit')
  }
}

const hostOf = (number: number): string => `peer${number % HOSTS}.test`
const uriOf = (number: number): string => `https://${hostOf(number)}/users/somebody${number}`

function accountsOf(db: DatabaseSync, accountId: (number: number) => number, now: number) {
  const account =
    db.prepare(`insert into accounts (id, username, username_key, domain, protocol, uri, url, name, note,
    indexable, followers_count, following_count, last_post_at, inbox, shared_inbox, followers_uri, created_at, updated_at,
    fetched_at, completed_at) values (?, ?, ?, ?, 'activitypub', ?, ?, ?, ?, ?, ?, 100, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const key = db.prepare(
    `insert into account_keys (key_id, account_id, kind, public_key, created_at) values (?, ?, 'rsa', ?, ?)`,
  )
  const words = db.prepare('insert into account_search (rowid, words) values (?, ?)')
  const host = db.prepare(
    'insert into hosts (domain, software, created_at) values (?, ?, ?) on conflict do nothing',
  )
  const { publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return (number: number): void => {
    const uri = uriOf(number)
    const domain = hostOf(number)
    const name = `somebody${number}`
    const inbox = `https://${domain}/inbox`
    const times = [now - 400 * DAY, now, now, now]
    if (number < HOSTS) host.run(domain, 'mastodon', now)
    account.run(
      accountId(number),
      name,
      name,
      domain,
      uri,
      uri,
      `Some Body ${number}`,
      '<p>A person who writes.</p>',
      number % 3 === 0 ? 1 : 0,
      (number * 37) % 5000,
      now - number * 1000,
      `${uri}/inbox`,
      inbox,
      `${uri}/followers`,
      ...times,
    )
    key.run(`${uri}#main-key`, accountId(number), publicKey, now)
    words.run(accountId(number), `${name} some body ${number}`)
  }
}

function followsOf(db: DatabaseSync, readerId: number, accountId: (number: number) => number, now: number) {
  const follow = db.prepare(
    'insert into follows (account_id, target_id, id, accepted, created_at) values (?, ?, ?, 1, ?)',
  )
  return (number: number): void =>
    void follow.run(readerId, accountId(number), accountId(number) + 1, now - 300 * DAY)
}

const tagIdOf = (number: number): number => 1000 + number

function tagsOf(db: DatabaseSync, now: number) {
  const tag = db.prepare(
    'insert into tags (id, name, display_name, created_at, last_used_at) values (?, ?, ?, ?, ?)',
  )
  return (number: number): void =>
    void tag.run(tagIdOf(number), `topic${number}`, `Topic${number}`, now - SPAN, now)
}

function postsOf(
  db: DatabaseSync,
  { size, accountId, now }: { size: Size; accountId: (number: number) => number; now: number },
) {
  const chance = createChance(7)
  const post =
    db.prepare(`insert into posts (id, uri, url, account_id, kind, local, audience, in_public, in_reply_to_id,
    in_reply_to_account_id, thread_id, source_type, content, language, published_at, created_at, likes_count, boosts_count)
    values (?, ?, ?, ?, 'note', 0, ?, ?, ?, ?, ?, 'text/html', ?, 'en', ?, ?, ?, ?)`)
  const raw = db.prepare('insert into post_raw (post_id, raw) values (?, ?)')
  const words = db.prepare('insert into post_search (rowid, words) values (?, ?)')
  const tagged = db.prepare('insert into post_tags (tag_id, post_id) values (?, ?)')
  const recent: { id: number; accountId: number }[] = []
  return (number: number): void => {
    const at = Math.floor(now - SPAN + ((number + 1) * SPAN) / (size.posts + 1))
    const id = (at - ID_EPOCH) * 4096 + (number % 4096)
    // Half of all is written by those whom the reader follows.
    const author = chance(number % 2 === 0 ? size.follows : size.accounts)
    const uri = `${uriOf(author)}/statuses/${id}`
    const parent = number % 3 === 0 ? recent[chance(recent.length)] : undefined
    const text = Array.from({ length: 12 + chance(20) }, () => `word${chance(chance(WORDS) + 1)}`).join(' ')
    const isOpen = number % 10 !== 0
    post.run(
      id,
      uri,
      uri,
      accountId(author),
      isOpen ? 'public' : 'unlisted',
      isOpen && !parent ? 1 : 0,
      parent?.id ?? null,
      parent?.accountId ?? null,
      parent?.id ?? id,
      `<p>${text}</p>`,
      at,
      at,
      chance(20),
      chance(10),
    )
    raw.run(id, JSON.stringify({ id: uri, type: 'Note', content: text }))
    if (author % 3 === 0) words.run(id, text)
    if (number % 5 === 0) tagged.run(tagIdOf(chance(chance(TAGS) + 1)), id)
    recent[number % 500] = { id: parent?.id ?? id, accountId: accountId(author) }
  }
}

function fillHome(db: DatabaseSync, readerId: number): void {
  db.prepare(
    `insert into feed_entries (feed_id, post_id, author_id)
    select cast(? as integer), p.id, p.account_id from posts p
    where p.account_id in (select target_id from follows where account_id = ?) and p.in_reply_to_id is null
    order by p.id desc limit 1000 on conflict do nothing`,
  ).run(readerId, readerId)
}

function fillNotifications(
  db: DatabaseSync,
  of: { readerId: number; accountId: (number: number) => number; now: number; count: number },
): void {
  const own = db.prepare('select id from posts where local = 1 limit 1').get()?.['id'] as number
  const note =
    db.prepare(`insert into notifications (id, account_id, kind, from_id, subject_id, post_id, group_key,
    created_at) values (?, ?, 'like', ?, ?, ?, ?, ?)`)
  inParts(db, of.count, (number) => {
    const at = of.now - 60 * DAY + number * 200_000
    const id = (at - ID_EPOCH) * 4096 + (number % 4096)
    note.run(id, of.readerId, of.accountId(number), own, own, `like-${own}-${Math.floor(number / 50)}`, at)
  })
}

/** Counters and days as if every post had been counted when it arrived. */
function countUp(db: DatabaseSync): void {
  db.exec(`update accounts set posts_count = (select count(*) from posts p where p.account_id = accounts.id)
    where domain <> ''`)
  db.exec(`insert into tag_days (tag_id, day, uses, accounts)
    select t.tag_id, p.published_at / ${DAY}, count(*), count(distinct p.account_id)
    from post_tags t join posts p on p.id = t.post_id where p.local = 0 group by 1, 2 on conflict do nothing`)
  db.exec(`insert into tag_day_accounts (day, tag_id, account_id)
    select distinct p.published_at / ${DAY}, t.tag_id, p.account_id
    from post_tags t join posts p on p.id = t.post_id where p.local = 0 on conflict do nothing`)
}
