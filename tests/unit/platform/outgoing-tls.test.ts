// Promises to operators about https: certificates are checked, and private addresses need permission over TLS too.
import assert from 'node:assert/strict'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { Refusal, Unreachable } from '../../../src/model/refusal.ts'
import { createOutgoing } from '../../../src/platform/outgoing.ts'
import type { OutgoingOptions } from '../../../src/platform/outgoing.ts'

// A key and certificate for tls.test and 127.0.0.1 made for this test only, valid until 2126.
const cert = `-----BEGIN CERTIFICATE-----
MIIBmDCCAT6gAwIBAgIUZ88/ZEkW5oD1bPIQbaci6J1v0Z8wCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIdGxzLnRlc3QwIBcNMjYxMTIzMDczNDQ5WhgPMjEyNjEwMzAw
NzM0NDlaMBMxETAPBgNVBAMMCHRscy50ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEIflBg/zBYSuQOuFScSwuri9mJWk8Zr9LFs+uzN9GkUOvxWrk8xq2vlTH
h9Do2RJaAs5N3NZlEtcA+MvOfAQik6NuMGwwHQYDVR0OBBYEFC20TFQG9GhYfsPY
YUBuq6YxY3NNMB8GA1UdIwQYMBaAFC20TFQG9GhYfsPYYUBuq6YxY3NNMA8GA1Ud
EwEB/wQFMAMBAf8wGQYDVR0RBBIwEIIIdGxzLnRlc3SHBH8AAAEwCgYIKoZIzj0E
AwIDSAAwRQIgZpapofRaP7hAIGLW4PvUFoUGTReFwCM8sM1JKLG5q74CIQDlEnyL
r3W1CfgbhATYsMGHnTrgn7gzHs3SzWVCfUHyCQ==
-----END CERTIFICATE-----`
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg5b5TwhRKng231/3b
sAgvGsA2xHYqgs49NOxcekA98JihRANCAAQh+UGD/MFhK5A64VJxLC6uL2YlaTxm
v0sWz67M30aRQ6/FauTzGra+VMeH0OjZEloCzk3c1mUS1wD4y858BCKT
-----END PRIVATE KEY-----`

const hellos: string[] = []
const server = createServer({ cert, key }, (request, response) => {
  hellos.push(request.url ?? '')
  response.end('over TLS')
})
let port = 0
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  port = (server.address() as AddressInfo).port
})
after(() => {
  server.closeAllConnections()
  server.close()
})

const fetchWith = async (options: Partial<OutgoingOptions>, url: string): Promise<string> => {
  const hosts = { 'tls.test': { address: '127.0.0.1', port }, 'other.test': { address: '127.0.0.1', port } }
  const outgoing = createOutgoing({ allowPrivate: [], userAgent: 'x', hosts, ...options })
  try {
    return String((await outgoing.request(url, { maxBytes: 1_000, timeoutMs: 5_000 })).body)
  } finally {
    await outgoing.close()
  }
}

test('a server with a certificate that is believed and fits its name is reached, by name and by address', async () => {
  const trusting = { allowPrivate: ['127.0.0.1'], ca: cert }
  assert.equal(await fetchWith(trusting, 'https://tls.test/name'), 'over TLS')
  assert.equal(await fetchWith(trusting, `https://127.0.0.1:${port}/address`), 'over TLS')
})

test('a certificate of nobody we believe, or of another name, gets no request', async () => {
  const before = hellos.length
  await assert.rejects(fetchWith({ allowPrivate: ['127.0.0.1'] }, 'https://tls.test/'), Unreachable)
  await assert.rejects(
    fetchWith({ allowPrivate: ['127.0.0.1'], ca: cert }, 'https://other.test/'),
    Unreachable,
  )
  assert.equal(hellos.length, before)
})

test('https does not open private addresses that the operator did not permit', async () => {
  const forbidden = (error: unknown): boolean => error instanceof Refusal && error.code === 'forbidden'
  await assert.rejects(fetchWith({ ca: cert }, 'https://tls.test/'), forbidden)
  await assert.rejects(
    fetchWith({ ca: cert, allowPrivate: ['10.0.0.0/8'] }, `https://127.0.0.1:${port}/`),
    forbidden,
  )
})
