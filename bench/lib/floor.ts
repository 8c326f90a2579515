// The bare floor that benchmarks are compared with: node:http and the same SQL by hand, nothing else.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const db = new DatabaseSync(join(process.env['FOLKMOOT_DATA'] ?? '', 'folkmoot.db'))
db.exec('pragma journal_mode = wal; pragma busy_timeout = 5000; pragma synchronous = normal')
const holder = db.prepare('select account_id from tokens where token_hash = ?')
const feed = db.prepare('select post_id from feed_entries where feed_id = ? order by post_id desc limit 20')
const posts = db.prepare(
  'select p.*, a.username, a.name from posts p join accounts a on a.id = p.account_id where p.id in (select value from json_each(?))',
)
const insert = db.prepare('insert into settings (key, value) values (?, ?)')
let written = 0

function answer(method: string, path: string, token: string): string {
  const hash = createHash('sha256').update(token).digest('hex')
  const { account_id: reader } = holder.get(hash) as { account_id: number }
  if (method === 'POST') {
    insert.run(`floor-${process.pid}-${(written += 1)}`, 'x'.repeat(500))
    return '{}'
  }
  const ids = path.includes('/home')
    ? feed.all(reader).map((row) => row['post_id'] as number)
    : [Number(path.slice(path.lastIndexOf('/') + 1))]
  return JSON.stringify(posts.all(JSON.stringify(ids)))
}

createServer((request, response) => {
  request.resume()
  request.once('end', () => {
    if (request.url === '/ready') return void response.end('ok')
    const body = answer(
      request.method ?? '',
      request.url ?? '',
      (request.headers.authorization ?? '').slice(7),
    )
    response.setHeader('content-type', 'application/json; charset=utf-8')
    response.end(body)
  })
}).listen(Number(process.env['PORT']), '127.0.0.1')
