// Promises to operators about which addresses the server can be made to call.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import { Refusal, Unreachable } from '../../../src/model/refusal.ts'
import { createOutgoing, isPublicAddress } from '../../../src/platform/outgoing.ts'
import type { Outgoing, OutgoingOptions } from '../../../src/platform/outgoing.ts'
import { checkUrl, isLocalName } from '../../../src/platform/outgoing/check-url.ts'

let hits = 0
const server = createServer((_request, response) => {
  hits += 1
  response.end('inside')
})
let port = 0

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '::', () => resolve()))
  port = (server.address() as AddressInfo).port
})
after(() => server.close())

const withOutgoing = async (
  options: Partial<OutgoingOptions>,
  use: (outgoing: Outgoing) => Promise<void>,
): Promise<void> => {
  const outgoing = createOutgoing({ allowPrivate: [], userAgent: 'Folkmoot/test', ...options })
  try {
    await use(outgoing)
  } finally {
    await outgoing.close()
  }
}

const refusedAs = (code: string) => (error: unknown) => {
  assert.ok(error instanceof Refusal, String(error))
  assert.equal(error.code, code)
  return true
}

const call = { maxBytes: 1000, timeoutMs: 3000 }

const privateHosts = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '0.0.0.0',
  '0',
  '10.0.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '192.0.0.1',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b:1::1]',
  '[100::1]',
  '[2001::1]',
  '[2001:2::1]',
  '[2001:db8::1]',
  '[2002:7f00:1::]',
  '[3fff::1]',
  '[5f00::1]',
  '[fc00::1]',
  '[fd12::1]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
  '127.0.0.1%2e',
  '①②⑦.0.0.1',
]

test('no way of writing a private, local or reserved address gets a connection', async () => {
  await withOutgoing({}, async (outgoing) => {
    const before = hits
    for (const host of privateHosts) {
      for (const scheme of ['https', 'http']) {
        const url = `${scheme}://${host}:${port}/`
        await assert.rejects(outgoing.request(url, call), (error) => {
          assert.ok(error instanceof Refusal, `${url}: ${String(error)}`)
          assert.ok(['forbidden', 'invalid'].includes(error.code), url)
          return true
        })
      }
    }
    assert.equal(hits, before)
  })
})

test('names that lead to a private address get no connection, whichever answer comes first', async () => {
  const answers = [
    [{ address: '127.0.0.1', family: 4 as const }],
    [{ address: '::1', family: 6 as const }],
    [
      { address: '10.0.0.1', family: 4 as const },
      { address: '::ffff:127.0.0.1', family: 6 as const },
    ],
  ]
  for (const answer of answers) {
    await withOutgoing({ lookup: async () => answer }, async (outgoing) => {
      await assert.rejects(outgoing.request(`https://evil.test:${port}/`, call), refusedAs('forbidden'))
    })
  }
})

test('a name that is public when checked and private when dialled is dialled only where it was checked (rebinding)', async () => {
  let asked = 0
  const lookup = async () => {
    asked += 1
    return [{ address: asked === 1 ? '203.0.113.7' : '127.0.0.1', family: 4 as const }]
  }
  const before = hits
  await withOutgoing({ lookup }, async (outgoing) => {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await assert.rejects(outgoing.request(`https://rebind.test:${port}/`, call), refusedAs('forbidden'))
    }
  })
  assert.equal(asked, 4)
  assert.equal(hits, before)
})

test('of several answers only the permitted address is dialled', async () => {
  const lookup = async () => [
    { address: '10.255.255.1', family: 4 as const },
    { address: '127.0.0.1', family: 4 as const },
  ]
  await withOutgoing({ lookup, allowPrivate: ['127.0.0.1'] }, async (outgoing) => {
    const answer = await outgoing.request(`http://mixed.test:${port}/`, call)
    assert.equal(String(answer.body), 'inside')
  })
})

test('localhost and internal names are not even looked up unless the operator permits private addresses', async () => {
  let asked = 0
  const lookup = async () => {
    asked += 1
    return [{ address: '93.184.216.34', family: 4 as const }]
  }
  await withOutgoing({ lookup }, async (outgoing) => {
    for (const host of ['localhost', 'a.localhost', 'metadata.google.internal', 'db', 'printer.local']) {
      await assert.rejects(outgoing.request(`https://${host}:${port}/`, call), refusedAs('forbidden'))
    }
  })
  assert.equal(asked, 0)
  await withOutgoing({ allowPrivate: ['127.0.0.0/8'] }, async (outgoing) => {
    assert.equal((await outgoing.request(`http://localhost:${port}/`, call)).status, 200)
  })
})

test('plain http reaches permitted private addresses and nothing else', async () => {
  const lookup = async () => [{ address: '93.184.216.34', family: 4 as const }]
  await withOutgoing({ lookup, allowPrivate: ['127.0.0.1'] }, async (outgoing) => {
    await assert.rejects(outgoing.request('http://public.test/', call), refusedAs('forbidden'))
    await assert.rejects(outgoing.request('http://93.184.216.34/', call), refusedAs('forbidden'))
    assert.equal((await outgoing.request(`http://127.0.0.1:${port}/`, call)).status, 200)
  })
})

test('a name without addresses is trouble that may pass, not a refusal', async () => {
  const lookup = async () => {
    throw Object.assign(new Error('queryA ENOTFOUND gone.test'), { code: 'ENOTFOUND' })
  }
  await withOutgoing({ lookup }, async (outgoing) => {
    await assert.rejects(outgoing.request('https://gone.test/', call), Unreachable)
  })
})

test('other schemes, user names, foreign ports and senseless addresses are refused before anything is sent', () => {
  const refused = {
    'file:///etc/passwd': 'forbidden',
    'ftp://example.com/': 'forbidden',
    'data:text/plain,x': 'forbidden',
    'gopher://example.com/': 'forbidden',
    'javascript:alert(1)': 'forbidden',
    'https://user@example.com/': 'forbidden',
    'https://user:pass@example.com/': 'forbidden',
    'https://example.com:25/': 'forbidden',
    'https://example.com:22/': 'forbidden',
    'https://example.com:6379/': 'forbidden',
    'https://example.com:11211/': 'forbidden',
    'https://example.com./': 'invalid',
    'https:///': 'invalid',
    'https://exa mple.com/': 'invalid',
    '//example.com': 'invalid',
    '': 'invalid',
    [`https://example.com/${'a'.repeat(5000)}`]: 'invalid',
  }
  for (const [url, code] of Object.entries(refused)) assert.throws(() => checkUrl(url), refusedAs(code), url)
  for (const url of ['https://example.com/', 'https://example.com:8443/a?b=c', 'http://example.com:80/']) {
    assert.doesNotThrow(() => checkUrl(url))
  }
})

test('the allow rule knows the public internet', () => {
  for (const address of [
    '1.1.1.1',
    '93.184.216.34',
    '2606:4700::1111',
    '2a01:4f8::1',
    '192.0.1.1',
    '223.255.255.255',
  ]) {
    assert.ok(isPublicAddress(address), address)
  }
  for (const text of ['', 'example.com', '1.2.3', '1.2.3.4.5', '::g', '1.1.1.1/8', ' 1.1.1.1']) {
    assert.ok(!isPublicAddress(text), text)
  }
  for (const name of ['localhost', 'x.localhost', 'db', 'a.b.internal', 'nas.home.arpa'])
    assert.ok(isLocalName(name), name)
  for (const name of ['example.com', 'internal.example.com', '127.0.0.1', '::1'])
    assert.ok(!isLocalName(name), name)
})

test('an address that carries an IPv4 address inside IPv6 is never public', () => {
  const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'))
  const prefixes = fc.constantFrom('::ffff:', '::', '64:ff9b::', '::ffff:0:')
  fc.assert(fc.property(prefixes, octets, (prefix, four) => assert.ok(!isPublicAddress(prefix + four))))
})
