// A search does what its operators say, and never fails on what people type.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseSearchQuery, type SearchQuery } from '../../../src/lib/text/search-query.ts'

/** Only the parts that are set. */
function parse(text: string): Partial<SearchQuery> {
  return Object.fromEntries(
    Object.entries(parseSearchQuery(text)).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  )
}

test('words, phrases and exclusions are told apart', () => {
  assert.deepEqual(parse('cats +dogs "black cat" -birds -"big dog" “curly”'), {
    words: ['cats', 'dogs'],
    phrases: ['black cat', 'curly'],
    notWords: ['birds'],
    notPhrases: ['big dog'],
  })
  assert.deepEqual(parse('#tag :emoji: https://x.test/a:b'), {
    words: ['#tag', ':emoji:', 'https://x.test/a:b'],
  })
})

test('operators filter by author, kind, language and place', () => {
  assert.deepEqual(
    parse(
      'from:@Alice@There.test -from:bob from:me has:MEDIA -has:poll is:reply -is:sensitive language:DE in:library',
    ),
    {
      from: ['Alice@There.test', 'me'],
      notFrom: ['bob'],
      has: ['media'],
      notHas: ['poll'],
      is: ['reply'],
      notIs: ['sensitive'],
      language: ['de'],
      in: 'library',
    },
  )
})

test('dates bound the time: before a day, after it, during a day, month or year', () => {
  const utc = (text: string): number => Date.parse(`${text}T00:00:00Z`)
  assert.deepEqual(parse('before:2024-03-01'), { until: utc('2024-03-01') })
  assert.deepEqual(parse('after:2024-03-01'), { since: utc('2024-03-02') })
  assert.deepEqual(parse('during:2024-02-29'), { since: utc('2024-02-29'), until: utc('2024-03-01') })
  assert.deepEqual(parse('during:2024-12'), { since: utc('2024-12-01'), until: utc('2025-01-01') })
  assert.deepEqual(parse('during:"2023"'), { since: utc('2023-01-01'), until: utc('2024-01-01') })
  assert.deepEqual(parse('after:2023 before:2024-06-01'), {
    since: utc('2024-01-01'),
    until: utc('2024-06-01'),
  })
})

test('what is no valid operator is searched for as it stands', () => {
  assert.deepEqual(parse('before:yesterday in:nowhere foo:bar from: -after:2023-02-30'), {
    words: ['before:yesterday', 'in:nowhere', 'foo:bar', 'from:'],
    notWords: ['after:2023-02-30'],
  })
  assert.deepEqual(parse('"open - :'), { phrases: ['open - :'] })
  assert.deepEqual(parse('- + "" -""'), {})
})

test('any input is read, within bounds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const query = parseSearchQuery(text)
      for (const value of Object.values(query)) {
        if (Array.isArray(value)) for (const one of value) assert.ok(one !== '' && one.isWellFormed())
      }
    }),
  )
  assert.equal(parseSearchQuery('a '.repeat(500_000)).words.length, 50)
})
