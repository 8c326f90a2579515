// A feed is read as rows: answers below what they answer, a boosted post once, a line where one stopped.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signal } from '@preact/signals'
import type { Status } from '../../../src/contract/entities.ts'
import type { FeedEntry, PostEntry } from '../../../src/web/api/feed.ts'
import { arrange } from '../../../src/web/home/arrange.ts'
import type { FeedRow } from '../../../src/web/home/arrange.ts'

function status(id: number, more: object = {}): Status {
  const plain = { id: String(id), reblog: null, in_reply_to_id: null, account: { id: `by ${id}` } }
  return { ...plain, ...more } as unknown as Status
}

function entry(id: number, more: object = {}): PostEntry {
  return { kind: 'post', id: String(id), post: signal<Status | null>(status(id, more)) }
}

const boost = (id: number, of: Status, by: string): PostEntry =>
  entry(id, { reblog: of, account: { id: by } })

const ids = (rows: readonly FeedRow[]): string[] => rows.map((row) => row.id)

test('posts stay newest first', () => {
  assert.deepEqual(ids(arrange([entry(3), entry(2), entry(1)])), ['3', '2', '1'])
})

test('an answer stands right below what it answers, joined to it, and each post stands once', () => {
  const rows = arrange([
    entry(9, { in_reply_to_id: '5' }),
    entry(8),
    entry(5, { in_reply_to_id: '4' }),
    entry(4),
    entry(1),
  ])
  assert.deepEqual(ids(rows), ['4', '5', '9', '8', '1'])
  assert.deepEqual(
    rows.map((row) => row.kind === 'post' && row.answered),
    [true, true, false, false, false],
  )
})

test('a long conversation is told by its last posts, and none is lost', () => {
  const chain = Array.from({ length: 9 }, (_, index) =>
    entry(20 - index, { in_reply_to_id: String(19 - index) }),
  )
  const rows = arrange(chain)
  assert.deepEqual(ids(rows).slice(0, 4), ['17', '18', '19', '20'])
  assert.equal(new Set(ids(rows)).size, 9)
})

test('answers that go round in a circle end', () => {
  const rows = arrange([entry(3, { in_reply_to_id: '2' }), entry(2, { in_reply_to_id: '3' })])
  assert.equal(new Set(ids(rows)).size, 2)
})

test('a post that several people boosted stands once, with all of them', () => {
  const post = status(1)
  const rows = arrange([boost(9, post, 'ann'), boost(8, post, 'ben'), entry(7), boost(6, post, 'ann')])
  assert.deepEqual(ids(rows), ['9', '7'])
  const [first] = rows
  assert.ok(first?.kind === 'post')
  assert.deepEqual(
    first.boosters.map((one) => one.id),
    ['ann', 'ben'],
  )
})

test('what a filter hides leaves no empty row, and deleted posts none either', () => {
  const hidden = entry(3, { filtered: [{ filter: { filter_action: 'hide' } }] })
  const warned = entry(2, { filtered: [{ filter: { filter_action: 'warn' } }] })
  const gone = entry(1)
  gone.post.value = null
  assert.deepEqual(ids(arrange([hidden, warned, gone])), ['2'])
})

test('a line stands where one stopped, unless everything or nothing is new', () => {
  const list: FeedEntry[] = [entry(5), entry(4), entry(3)]
  assert.deepEqual(ids(arrange(list, '4')), ['5', 'here', '4', '3'])
  assert.deepEqual(ids(arrange(list, '5')), ['5', '4', '3'])
  assert.deepEqual(ids(arrange(list, '2')), ['5', '4', '3'])
})

test('a gap stays between the posts that it parts', () => {
  const gap: FeedEntry = { kind: 'gap', id: 'gap-5', before: '5', after: '2' }
  assert.deepEqual(ids(arrange([entry(5), gap, entry(2)], '2')), ['5', 'gap-5', 'here', '2'])
})
