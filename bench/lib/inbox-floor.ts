// The bare floor for incoming posts: node:http, the digest, one RSA verification and the same inserts by hand.
import { createHash, createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const db = new DatabaseSync(join(process.env['FOLKMOOT_DATA'] ?? '', 'folkmoot.db'))
db.exec('pragma journal_mode = wal; pragma busy_timeout = 5000; pragma synchronous = normal')
const keyRow = db.prepare('select account_id, public_key from account_keys where key_id = ?')
const received = db.prepare(
  'insert into received_activities (uri, received_at) values (?, ?) on conflict do nothing',
)
const insertPost =
  db.prepare(`insert into posts (id, uri, url, account_id, kind, local, audience, in_public, thread_id,
  quote_policy, source_type, content, title, spoiler_text, sensitive, emoji_ids, published_at, created_at)
  values (?, ?, ?, ?, 'note', 0, 'public', 1, ?, 'public', 'text/html', ?, '', '', 0, '[]', ?, ?)`)
const count = db.prepare('update accounts set posts_count = posts_count + 1, last_post_at = ? where id = ?')
const feed = db.prepare(`insert into feed_entries (feed_id, post_id, author_id)
  select account_id, ?, target_id from follows where target_id = ? and accepted = 1`)
const keys = new Map<string, { accountId: number; key: KeyObject }>()
let nextId = Date.now() * 1000

interface Note {
  id: string
  object: { id: string; url: string; content: string }
}

function keyOf(keyId: string): { accountId: number; key: KeyObject } {
  const known = keys.get(keyId)
  if (known) return known
  const row = keyRow.get(keyId) as { account_id: number; public_key: string }
  const found = { accountId: row.account_id, key: createPublicKey(row.public_key) }
  keys.set(keyId, found)
  return found
}

function take(headers: IncomingHttpHeaders, body: Buffer): number {
  const fields = new Map(
    [...String(headers['signature']).matchAll(/(\w+)="([^"]*)"/g)].map((match) => [match[1], match[2]]),
  )
  const signed = (fields.get('headers') ?? '')
    .split(' ')
    .map((name) => `${name}: ${name === '(request-target)' ? 'post /inbox' : String(headers[name])}`)
    .join('\n')
  const { accountId, key } = keyOf(fields.get('keyId') ?? '')
  const digest = `SHA-256=${createHash('sha256').update(body).digest('base64')}`
  const isTrue = verify(
    'sha256',
    Buffer.from(signed),
    key,
    Buffer.from(fields.get('signature') ?? '', 'base64'),
  )
  if (!isTrue || headers['digest'] !== digest) return 401
  const note = JSON.parse(body.toString()) as Note
  const now = Date.now()
  const id = (nextId += 1)
  db.exec('begin immediate')
  received.run(note.id, now)
  insertPost.run(id, note.object.id, note.object.url, accountId, id, note.object.content, now, now)
  count.run(now, accountId)
  feed.run(id, accountId)
  db.exec('commit')
  return 202
}

createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.once('end', () => {
    if (request.url !== '/ready') response.statusCode = take(request.headers, Buffer.concat(parts))
    response.end()
  })
}).listen(Number(process.env['PORT']), '127.0.0.1')
