// Hostile documents: what two readers could understand differently, or what would exhaust one, is refused at the door.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { Refusal } from '../../../src/model/refusal.ts'
import { bundledContexts } from '../../../src/protocols/activitypub/contexts/bundled-contexts.ts'
import { parseDocument } from '../../../src/protocols/activitypub/signing/structure-guard.ts'

const read = (value: unknown) =>
  parseDocument(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))

function refuses(value: unknown, code = 'invalid'): void {
  assert.throws(
    () => read(value),
    (error) => error instanceof Refusal && error.code === code,
    JSON.stringify(value).slice(0, 200),
  )
}

const CREATE = {
  '@context': 'https://www.w3.org/ns/activitystreams',
  id: 'https://here.example/1',
  type: 'Create',
  actor: 'https://here.example/alice',
  object: { type: 'Note', content: 'x' },
}
const inline = (terms: object) => ({ ...CREATE, '@context': [CREATE['@context'], terms] })

describe('documents that restructure themselves', () => {
  it('a signed graph cannot be nested anew with JSON-LD keywords, at any depth', () => {
    for (const keyword of ['@graph', '@included', '@reverse', '@nest']) {
      refuses({ ...CREATE, [keyword]: [] })
      refuses({ ...CREATE, object: { tag: [{ [keyword]: CREATE }] } })
      refuses(inline({ hidden: keyword }))
      refuses(inline({ hidden: { '@id': keyword } }))
      refuses(inline({ hidden: { '@id': 'x:y', [keyword]: 'as:actor' } }))
      refuses({ ...CREATE, object: { '@context': { hidden: keyword } } })
      refuses(inline({ scoped: { '@id': 'x:y', '@context': { hidden: keyword } } }))
    }
    refuses(inline({ '@import': 'https://evil.example/context' }))
    refuses(inline({ hidden: { '@id': 'x:y', '@container': '@graph' } }))
    refuses(inline({ hidden: { '@id': 'x:y', '@container': ['@graph', '@id'] } }))
  })

  it('the terms on which trust rests cannot be given another meaning', () => {
    for (const term of [
      'actor',
      'object',
      'attributedTo',
      'to',
      'cc',
      'bto',
      'bcc',
      'audience',
      'inbox',
      'publicKey',
    ]) {
      refuses(inline({ [term]: 'https://evil.example/ignored' }))
      refuses(inline({ [term]: { '@id': 'as:summary', '@type': '@id' } }))
      refuses(inline({ [term]: { '@type': '@id' } }))
      refuses(inline({ [term]: null }))
      refuses({ ...CREATE, '@context': { [term]: 'x:y' } })
    }
    for (const term of ['id', 'type', 'Create', 'Delete', 'Person', 'Public'])
      refuses(inline({ [term]: 'x:y' }))
    refuses(inline({ as: 'https://evil.example/#' }))
    refuses(inline({ scoped: { '@id': 'x:y', '@context': [{ actor: 'x:y' }] } }))
  })

  it('the terms on which trust rests cannot be reached under a second name', () => {
    refuses(inline({ actor2: 'as:actor' }))
    refuses(inline({ actor2: { '@id': 'https://www.w3.org/ns/activitystreams#actor' } }))
    refuses(inline({ actor2: 'actor' }))
    refuses(inline({ uri: '@id' }))
    refuses(inline({ kind: { '@id': '@type' } }))
    refuses(inline({ stream: 'https://www.w3.org/ns/activitystreams#', actor2: 'stream:actor' }))
    refuses({ ...CREATE, 'as:actor': 'https://evil.example/' })
    refuses({ ...CREATE, 'https://www.w3.org/ns/activitystreams#object': {} })
    refuses({ ...CREATE, '@id': 'https://evil.example/' })
    refuses({ ...CREATE, object: { type: 'Note', '@type': 'Delete' } })
    refuses({ ...CREATE, '@context': [[{ actor: 'x:y' }]] })
  })

  it('the contexts that honest servers write inline are accepted', () => {
    const honest = [
      { '@language': 'und' },
      { id: '@id', type: '@type' },
      { as: 'https://www.w3.org/ns/activitystreams#', Hashtag: 'as:Hashtag', sensitive: 'as:sensitive' },
      {
        movedTo: { '@id': 'as:movedTo', '@type': '@id' },
        alsoKnownAs: { '@id': 'as:alsoKnownAs', '@type': '@id' },
      },
      {
        toot: 'http://joinmastodon.org/ns#',
        focalPoint: { '@container': '@list', '@id': 'toot:focalPoint' },
      },
      { sc: 'http://schema.org#', location: { '@id': 'sc:location', '@type': 'sc:Place' }, icons: 'as:icon' },
      { attributedTo: { '@id': 'as:attributedTo', '@type': '@id' }, inbox: 'ldp:inbox' },
      { proof: { '@id': 'https://w3id.org/security#proof', '@type': '@id', '@container': '@graph' } },
      { misskey: 'https://misskey-hub.net/ns#', _misskey_quote: 'misskey:_misskey_quote' },
      { '@vocab': 'https://www.w3.org/ns/activitystreams#' },
    ]
    for (const terms of honest) assert.deepEqual(read(inline(terms)), inline(terms))
    assert.deepEqual(read({ ...CREATE, '@context': null }), { ...CREATE, '@context': null })
    const standard = bundledContexts.get('https://www.w3.org/ns/activitystreams')
    assert.ok(standard)
    assert.equal(read({ ...CREATE, ...standard })['type'], 'Create')
  })
})

describe('documents that exhaust', () => {
  it('nesting beyond 64 levels and more than 20,000 values are refused without being built', () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
    assert.ok(read(nested(64)))
    refuses(nested(65), 'too-large')
    refuses(nested(800), 'too-large')
    refuses(nested(500_000), 'too-large')
    refuses(`{"a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`, 'too-large')
    assert.ok(read({ a: Array.from({ length: 19_990 }, () => 0) }))
    refuses({ a: Array.from({ length: 20_001 }, () => 0) }, 'too-large')
    refuses(`{"a":[${'[],'.repeat(15_000)}[]]}`, 'too-large')
  })

  it('brackets inside strings are text', () => {
    const text = `${'[{'.repeat(1000)}\\"${'\\'.repeat(7)}"`
    assert.deepEqual(read({ content: text }), { content: text })
  })
})

describe('documents that confuse', () => {
  it('only an object in well-formed UTF-8 JSON is a document', () => {
    for (const text of [
      '',
      'null',
      '[]',
      '"x"',
      '1',
      '{',
      '{"a":1,}',
      "{'a':1}",
      '{"a":1}{"b":2}',
      '\u0000{}',
      'NaN',
    ]) {
      refuses(text)
    }
    assert.throws(() => parseDocument(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), Refusal)
    assert.throws(() => parseDocument(Buffer.alloc(0)), Refusal)
  })

  it('of repeated keys the last one counts, for everyone', () => {
    assert.deepEqual(read('{"actor":"https://a.example/","actor":"https://b.example/"}'), {
      actor: 'https://b.example/',
    })
  })

  it('keys that reach for object prototypes change nothing', () => {
    const text = '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"o":{"__proto__":1}}'
    const document = read(text)
    assert.deepEqual(Object.keys(document), ['constructor', 'o'])
    assert.equal('admin' in document, false)
    assert.equal((Object.assign({}, document) as { admin?: boolean }).admin, undefined)
    assert.equal(({} as { admin?: boolean }).admin, undefined)
  })

  it('whatever bytes arrive, the answer is the document or a refusal', () => {
    const bytes = fc.oneof(
      fc.uint8Array().map((array) => Buffer.from(array)),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .dictionary(fc.constantFrom('@context', 'id', 'x'), fc.jsonValue())
        .map((one) => Buffer.from(JSON.stringify(one))),
    )
    fc.assert(
      fc.property(bytes, (input) => {
        try {
          const document = parseDocument(input)
          const plain: unknown = JSON.parse(input.toString(), (key, value: unknown) =>
            key === '__proto__' ? undefined : value,
          )
          assert.equal(JSON.stringify(document), JSON.stringify(plain))
        } catch (error) {
          assert.ok(error instanceof Refusal, String(error))
        }
      }),
      { numRuns: 1000 },
    )
  })
})
