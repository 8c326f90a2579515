// Forgeries that worked against other servers: none may work here, whatever the attacker changes or repeats.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { Refusal } from '../../../src/model/refusal.ts'
import {
  readSignature,
  signRequest,
  verifySignature,
} from '../../../src/protocols/activitypub/signing/request-signature.ts'
import { parseCavageHeader } from '../../../src/protocols/activitypub/signing/cavage-header.ts'
import { createDigest } from '../../../src/protocols/activitypub/signing/digest.ts'
import type { ReceivedRequest, SignatureDialect } from '../../../src/protocols/activitypub/signing/types.ts'
import { BODY, INBOX, NOW, RSA_KEY_ID, anyText, ed25519, otherRsa, rsa } from './cast.ts'
import { signBytes } from '../../../src/protocols/activitypub/signing/algorithms.ts'

type Headers = Record<string, string>
const TYPE = { 'content-type': 'application/activity+json' }
const SECONDS = NOW / 1000

type Delivery = Omit<ReceivedRequest, 'headers'> & { headers: Headers }

function delivery(dialect: SignatureDialect): Delivery {
  const key = { keyId: RSA_KEY_ID, privateKey: rsa.privateKey, dialect }
  const headers = signRequest({ method: 'POST', url: INBOX, body: BODY, headers: TYPE }, key, NOW)
  return { method: 'POST', url: INBOX, body: BODY, headers }
}

/** A cavage delivery signed over a text of the attacker's choice, with his own valid key. */
function handSigned(headers: Headers, lines: string[], parameters: string): Delivery {
  const signature = signBytes('rsa-sha256', Buffer.from(lines.join('\n')), rsa.privateKey).toString('base64')
  const signed = { ...headers, signature: `keyId="${RSA_KEY_ID}",${parameters},signature="${signature}"` }
  return { method: 'POST', url: INBOX, body: BODY, headers: signed }
}

function outcome(request: ReceivedRequest, publicKey = rsa.publicKey): string {
  try {
    const parsed = readSignature(request, NOW)
    if (!parsed) return 'unsigned'
    return verifySignature(request, parsed, publicKey, NOW) ? 'accepted' : 'rejected'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

const DATE = new Date(NOW).toUTCString()
const HEADERS: Headers = { host: 'there.example', date: DATE, digest: createDigest(BODY) }
const LINES = {
  '(request-target)': '(request-target): post /users/bob/inbox',
  '(created)': `(created): ${SECONDS}`,
  '(expires)': `(expires): ${SECONDS + 60}`,
  host: 'host: there.example',
  date: `date: ${DATE}`,
  digest: `digest: ${createDigest(BODY)}`,
}
const FULL = ['(request-target)', 'host', 'date', 'digest'] as const

function covering(names: readonly (keyof typeof LINES)[], more = ''): Delivery {
  const lines = names.map((name) => LINES[name])
  return handSigned(HEADERS, lines, `algorithm="hs2019",headers="${names.join(' ')}"${more}`)
}

describe('cavage signatures from attackers', () => {
  it('a well-made signature passes, so that every refusal below has its own reason', () => {
    assert.equal(outcome(covering(FULL)), 'accepted')
    const timed = ['(request-target)', '(created)', '(expires)', 'host', 'digest'] as const
    assert.equal(outcome(covering(timed, `,created=${SECONDS},expires=${SECONDS + 60}`)), 'accepted')
    assert.equal(outcome(covering(timed, `,created="${SECONDS}",expires="${SECONDS + 60}"`)), 'accepted')
  })

  it('a signature that leaves out the request target, the host, the time or the digest proves nothing', () => {
    for (const left of FULL) {
      assert.equal(outcome(covering(FULL.filter((name) => name !== left))), 'unauthorized')
    }
    assert.equal(outcome(covering([])), 'invalid')
    assert.equal(outcome(handSigned(HEADERS, [LINES.date], 'algorithm="rsa-sha256"')), 'invalid')
  })

  it('repeated parameters and headers are refused instead of guessing which one counts', () => {
    const { headers } = delivery('cavage')
    const signature = headers['signature'] ?? ''
    const stranger = 'keyId="https://evil.example/#main-key"'
    for (const doubled of [
      `${stranger},${signature}`,
      `${signature},${stranger}`,
      `${signature},headers="date"`,
      `${signature},${signature}`,
      `${signature}, ${signature}`,
    ]) {
      assert.equal(outcome({ ...delivery('cavage'), headers: { ...headers, signature: doubled } }), 'invalid')
    }
    assert.equal(outcome(covering([...FULL, 'digest'])), 'invalid')
    assert.equal(outcome(covering(['date', ...FULL])), 'invalid')
  })

  it('repeated header lines are refused, whichever line comes first', () => {
    const { headers } = delivery('cavage')
    const raw = Object.entries(headers).flat()
    assert.equal(outcome({ ...delivery('cavage'), headers: raw }), 'accepted')
    for (const [name, value] of [
      ['Signature', headers['signature'] ?? ''],
      ['signature', 'keyId="x"'],
      ['Date', DATE],
      ['Host', 'there.example'],
      ['Host', 'evil.example'],
      ['Digest', createDigest(Buffer.from('x'))],
      ['DIGEST', createDigest(BODY)],
    ] as const) {
      for (const lines of [
        [...raw, name, value],
        [name, value, ...raw],
      ]) {
        assert.match(outcome({ ...delivery('cavage'), headers: lines }), /^(?:invalid|unauthorized)$/)
      }
    }
    assert.notEqual(
      outcome({ ...delivery('cavage'), headers: { ...headers, date: [DATE, DATE] as never } }),
      'accepted',
    )
  })

  it('covered headers in another order are another text', () => {
    const { headers } = delivery('cavage')
    const signature = (headers['signature'] ?? '').replace('host date', 'date host')
    assert.equal(outcome({ ...delivery('cavage'), headers: { ...headers, signature } }), 'rejected')
  })

  it('times are honoured: expired, never created, or decorative ones do not pass', () => {
    const timed = ['(request-target)', '(created)', 'host', 'digest'] as const
    assert.equal(outcome(covering(timed)), 'invalid')
    assert.equal(outcome(covering(timed, `,created=${SECONDS - 3601}`)), 'unauthorized')
    assert.equal(outcome(covering(timed, `,created=${SECONDS + 3601}`)), 'unauthorized')
    assert.equal(outcome(covering(timed, `,created=${SECONDS},expires=${SECONDS - 1}`)), 'unauthorized')
    assert.equal(outcome(covering(timed, `,created="now"`)), 'invalid')
    assert.equal(outcome(covering(FULL, `,expires=${SECONDS - 1}`)), 'unauthorized')
    const old = { ...HEADERS, date: new Date(NOW - 7_200_000).toUTCString() }
    const lines = FULL.map((name) => (name === 'date' ? `date: ${old.date}` : LINES[name]))
    const fresh = `algorithm="hs2019",headers="${FULL.join(' ')}",created=${SECONDS}`
    assert.equal(outcome(handSigned(old, lines, fresh)), 'unauthorized')
    for (const date of [
      'yesterday',
      '',
      '2026-11-23T07:00:00Z',
      'Mon, 31 Feb 2026 07:00:00 GMT',
      `${DATE}, ${DATE}`,
    ]) {
      assert.notEqual(
        outcome({ ...covering(FULL), headers: { ...HEADERS, ...delivery('cavage').headers, date } }),
        'accepted',
      )
    }
  })

  it('an algorithm that does not fit the key never passes', () => {
    const request = delivery('cavage')
    const signature = request.headers['signature'] ?? ''
    const as = (algorithm: string) => ({
      ...request,
      headers: {
        ...request.headers,
        signature: signature.replace('algorithm="rsa-sha256"', `algorithm="${algorithm}"`),
      },
    })
    assert.equal(outcome(as('rsa-sha256'), ed25519.publicKey), 'rejected')
    assert.equal(outcome(as('hs2019'), ed25519.publicKey), 'rejected')
    assert.equal(outcome(as('rsa-sha512')), 'rejected')
    for (const other of ['hmac-sha256', 'rsa-sha1', 'none', ''])
      assert.equal(outcome(as(other)), 'unsupported')
  })

  it('a key id that is no plain web address is refused before anything is fetched', () => {
    for (const id of [
      'Test',
      '',
      'javascript:x',
      'file:///etc/passwd',
      'https://a:b@here.example/',
      'data:,x',
      'acct:a@b',
    ]) {
      const request = delivery('cavage')
      const signature = (request.headers['signature'] ?? '').replace(RSA_KEY_ID, id)
      assert.equal(outcome({ ...request, headers: { ...request.headers, signature } }), 'invalid')
    }
  })

  it('a host with or without its port is checked as it was received, another host is not', () => {
    const url = 'https://there.example:8443/inbox'
    for (const host of ['there.example', 'there.example:8443']) {
      const lines = ['(request-target): post /inbox', `host: ${host}`, LINES.date, LINES.digest]
      const signed = handSigned({ ...HEADERS, host }, lines, `headers="${FULL.join(' ')}"`)
      assert.equal(outcome({ ...signed, url }), 'accepted')
      const proxied = { ...signed.headers, host: '127.0.0.1:3000' }
      assert.equal(outcome({ ...signed, url, headers: proxied }), 'accepted')
      assert.equal(outcome({ ...signed, url: 'https://evil.example/inbox' }), 'rejected')
    }
  })

  it('Friendica deliveries pass: path without query, host without port, content-length covered', () => {
    const names = ['(request-target)', 'date', 'content-length', 'digest', 'host']
    const lines = [
      LINES['(request-target)'],
      LINES.date,
      `content-length: ${BODY.length}`,
      LINES.digest,
      LINES.host,
    ]
    const signed = handSigned(HEADERS, lines, `algorithm="rsa-sha256",headers="${names.join(' ')}"`)
    assert.equal(outcome({ ...signed, url: `${INBOX}?x=1` }), 'accepted')
  })

  it('line breaks in header values cannot forge lines of the signed text', () => {
    const injected = { ...HEADERS, 'x-a': `1\nhost: evil.example` }
    assert.equal(outcome(handSigned(injected, ['x'], 'headers="x-a"')), 'invalid')
  })
})

describe('RFC 9421 signatures from attackers', () => {
  const request = delivery('rfc9421')
  const input = request.headers['signature-input'] ?? ''
  const withInput = (value: string, signature = request.headers['signature'] ?? '') =>
    outcome({ ...request, headers: { ...request.headers, 'signature-input': value, signature } })

  it('coverage, labels and parameters cannot be removed, repeated or swapped', () => {
    assert.equal(withInput(input), 'accepted')
    assert.equal(withInput(input.replace('"@method" ', '')), 'unauthorized')
    assert.equal(withInput(input.replace('"@target-uri" ', '')), 'unauthorized')
    assert.equal(withInput(input.replace('"content-digest" ', '')), 'unauthorized')
    assert.equal(withInput(input.replace('"content-type"', '"content-type" "x-absent"')), 'unauthorized')
    assert.equal(withInput(input.replace('"@method"', '"@method" "@method"')), 'unauthorized')
    assert.equal(withInput(input.replace('"@method"', '"@method";req')), 'unauthorized')
    assert.equal(withInput(input.replace('"@method" "@target-uri"', '"@target-uri" "@method"')), 'rejected')
    assert.equal(withInput(`${input}, ${input}`), 'invalid')
    assert.equal(withInput(`${input};created=${SECONDS}`), 'invalid')
    assert.equal(withInput(input.replace(/created=\d+;/, '')), 'unauthorized')
    assert.equal(withInput(input.replace(/created=\d+/, `created=${SECONDS - 1}`)), 'rejected')
    assert.equal(withInput(input.replace(/created=\d+/, `created=${SECONDS - 3601}`)), 'unauthorized')
    assert.equal(withInput(`${input};expires=${SECONDS - 1}`), 'unauthorized')
    assert.equal(withInput(input.replace('rsa-v1_5-sha256', 'hmac-sha256')), 'unsupported')
    assert.equal(withInput(input.replace('rsa-v1_5-sha256', 'ed25519')), 'rejected')
    assert.equal(withInput(input.replace(RSA_KEY_ID, 'key-1')), 'invalid')
    assert.equal(withInput(input.replace('sig1', 'sig2')), 'invalid')
  })

  it('a foreign label beside the good one neither hides it nor stands in for it', () => {
    const signature = request.headers['signature'] ?? ''
    const foreign = `proxy=("@method");created=${SECONDS};keyid="https://proxy.example/key"`
    assert.equal(withInput(`${foreign}, ${input}`, `proxy=:AAAA:, ${signature}`), 'accepted')
    assert.equal(withInput(`${input}, ${foreign}`, `${signature}, proxy=:AAAA:`), 'accepted')
    assert.equal(withInput(foreign, signature.replace('sig1', 'proxy')), 'unauthorized')
  })

  it('a query must be covered when there is one', () => {
    const parts = input.replace('"@target-uri"', '"@authority" "@path"')
    assert.equal(withInput(parts), 'rejected')
    const asked = {
      ...request,
      url: `${INBOX}?a=1`,
      headers: { ...request.headers, 'signature-input': parts },
    }
    assert.equal(outcome(asked), 'unauthorized')
  })

  it('two content digests are refused even when the last one fits', () => {
    for (const digest of [
      `sha-256=:${Buffer.alloc(32).toString('base64')}:, ${request.headers['content-digest']}`,
      `${request.headers['content-digest']}, sha-512=:${Buffer.alloc(64).toString('base64')}:`,
    ]) {
      assert.equal(
        outcome({ ...request, headers: { ...request.headers, 'content-digest': digest } }),
        'unauthorized',
      )
    }
  })
})

describe('signature parsers against arbitrary input', () => {
  const answers = ['unsigned', 'accepted', 'rejected', 'invalid', 'unauthorized', 'unsupported']

  it('whatever arrives in the headers, the answer is a verdict and never a crash', () => {
    const part = fc.oneof(
      anyText,
      fc.constantFrom(
        'keyId="',
        '"',
        ',',
        '=',
        ';',
        'headers="(request-target) host date"',
        'sig1=(',
        ')',
        ':AA==:',
        '?1',
        '@',
      ),
    )
    const value = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(value, value, value, (signature, input, date) => {
        for (const headers of [
          { signature, date, host: 'there.example' },
          { signature, 'signature-input': input, date, host: 'there.example' },
          ['signature', signature, 'signature-input', input, 'signature', date],
        ]) {
          const verdict = outcome({ method: 'POST', url: INBOX, headers, body: BODY })
          assert.ok(answers.includes(verdict) && verdict !== 'accepted', verdict)
        }
      }),
      { numRuns: 500 },
    )
  })

  for (const dialect of ['cavage', 'rfc9421'] as const) {
    it(`no mutation of a signed ${dialect} request is accepted unless it changes nothing that was signed`, () => {
      const good = delivery(dialect)
      const names = Object.keys(good.headers)
      const edit = fc.record({
        name: fc.constantFrom(...names),
        at: fc.nat(),
        length: fc.nat({ max: 3 }),
        text: fc.string({ unit: 'binary-ascii', maxLength: 3 }),
      })
      fc.assert(
        fc.property(edit, ({ name, at, length, text }) => {
          const value = good.headers[name] ?? ''
          const start = at % (value.length + 1)
          const mutated = value.slice(0, start) + text + value.slice(start + length)
          const verdict = outcome({ ...good, headers: { ...good.headers, [name]: mutated } })
          if (verdict === 'accepted')
            assert.ok(isHarmless(dialect, name, value, mutated), `${name}: ${mutated}`)
        }),
        { numRuns: 1500 },
      )
      fc.assert(
        fc.property(fc.nat(BODY.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
          const body = Buffer.from(BODY)
          body[at] = (body[at] ?? 0) ^ bits
          assert.equal(outcome({ ...good, body }), 'unauthorized')
        }),
      )
    })

    it(`random keys and random signature bytes never verify a ${dialect} request`, () => {
      const good = delivery(dialect)
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
          const forged = Buffer.from(bytes).toString('base64')
          const signature = (good.headers['signature'] ?? '').replace(
            /(signature="|sig1=:)[^":]+/,
            `$1${forged}`,
          )
          assert.equal(outcome({ ...good, headers: { ...good.headers, signature } }), 'rejected')
        }),
      )
      assert.equal(outcome(good, otherRsa.publicKey), 'rejected')
    })
  }

  it('an honest header survives spaces around its commas', () => {
    const header = delivery('cavage').headers['signature'] ?? ''
    assert.deepEqual(parseCavageHeader(header.replaceAll('",', '" , ')), parseCavageHeader(header))
  })
})

/** Edits after which the signed text is the same: what the dialect does not sign, outer spaces, the spelling of a date. */
function isHarmless(dialect: SignatureDialect, name: string, before: string, after: string): boolean {
  if (before.trim() === after.trim()) return true
  if (name === 'signature') return sameSignature(dialect, before, after)
  if (name === 'signature-input') return before.replaceAll(' ', '') === after.replaceAll(' ', '')
  if (dialect === 'cavage') return name === 'host' && !/^there\.example(?::\d*)?$/i.test(after)
  return name === 'host'
}

function sameSignature(dialect: SignatureDialect, before: string, after: string): boolean {
  if (dialect === 'rfc9421') return after.includes(before)
  const [one, two] = [parseCavageHeader(before), parseCavageHeader(after)]
  const key = one.keyId === two.keyId || two.keyId !== RSA_KEY_ID
  return key && one.signature.equals(two.signature) && one.components.join() === two.components.join()
}
