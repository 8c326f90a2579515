// Statements are planned when they are first used, not each time their parameters change.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { connectSqlite } from '../../../src/store/dialects/sqlite-connection.ts'

const directory = mkdtempSync(join(tmpdir(), 'folkmoot-plans-'))
after(() => rmSync(directory, { recursive: true, force: true }))

test('a list is not planned anew for every limit', (t) => {
  let planned = 0
  const prepare = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'prepare')
    ?.value as DatabaseSync['prepare']
  t.mock.method(DatabaseSync.prototype, 'prepare', function count(this: DatabaseSync, sql: string) {
    // SQLite asks its authorizer whenever it plans.
    this.setAuthorizer(() => {
      planned += 1
      return 0
    })
    return prepare.call(this, sql)
  })
  const options = { file: join(directory, 'plans.db'), readOnly: false, durable: false, busyMs: 10 }
  const connection = connectSqlite(options)
  connection.script(
    'create table words (word text); create index some on words (word) where word is not null',
  )
  connection.run('insert into words values (?), (?)', ['owl', 'owl'])
  const list = (limit: number): number =>
    connection.all('select word from words where word = ? LIMIT ?', ['owl', limit]).length
  assert.equal(list(1), 1)
  const before = planned
  assert.ok(before > 0)
  assert.equal(list(2), 2)
  assert.equal(list(1), 1)
  assert.equal(planned, before)
  connection.close()
})
