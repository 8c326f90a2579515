// Public keys of peers: every honest spelling is read, and dangerous keys are refused before they cost anything.
import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { exportMultibaseKey, importMultibaseKey } from '@fedify/vocab-runtime'
import * as fc from 'fast-check'
import { Refusal } from '../../../src/model/refusal.ts'
import { decodeBase58, encodeBase58 } from '../../../src/protocols/activitypub/signing/base58.ts'
import {
  encodeMultikey,
  generateEd25519KeyPair,
  generateRsaKeyPair,
  parseMultikey,
  parsePublicKeyPem,
} from '../../../src/protocols/activitypub/signing/keys.ts'
import { anyText, ed25519, rsa } from './cast.ts'

function refused(read: () => unknown): void {
  assert.throws(read, (error) => error instanceof Refusal && error.code === 'invalid')
}

describe('public keys of peers', () => {
  it('a new account gets an RSA-2048 pair and an Ed25519 pair that peers can read', async () => {
    const [made, madeEd] = await Promise.all([generateRsaKeyPair(), generateEd25519KeyPair()])
    assert.match(made.privateKeyPem, /^-----BEGIN PRIVATE KEY-----/)
    assert.equal(parsePublicKeyPem(made.publicKeyPem).asymmetricKeyDetails?.modulusLength, 2048)
    assert.equal(parsePublicKeyPem(madeEd.publicKeyPem).asymmetricKeyType, 'ed25519')
  })

  it('a key is read in SPKI, in PKCS#1, with CRLF, without line breaks and with spaces around it', () => {
    const pkcs1 = rsa.publicKey.export({ type: 'pkcs1', format: 'pem' })
    const lines = rsa.publicKeyPem.trim().split('\n')
    const oneLine = `${lines[0]}\n${lines.slice(1, -1).join('')}\n${lines.at(-1)}`
    for (const pem of [
      rsa.publicKeyPem,
      pkcs1,
      rsa.publicKeyPem.replaceAll('\n', '\r\n'),
      oneLine,
      `\n ${pkcs1} \n`,
    ]) {
      assert.equal(parsePublicKeyPem(pem).equals(rsa.publicKey), true)
    }
    assert.equal(parsePublicKeyPem(rsa.publicKeyPem), parsePublicKeyPem(rsa.publicKeyPem))
  })

  it('weak, enormous, foreign and private keys are refused', () => {
    const pem = { type: 'spki', format: 'pem' } as const
    refused(() =>
      parsePublicKeyPem(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export(pem)),
    )
    refused(() => parsePublicKeyPem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export(pem)))
    refused(() =>
      parsePublicKeyPem(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey.export(pem)),
    )
    refused(() => parsePublicKeyPem(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' })))
    refused(() => parsePublicKeyPem(rsa.publicKeyPem.replace('BEGIN PUBLIC', 'BEGIN RSA PUBLIC')))
    refused(() => parsePublicKeyPem('A'.repeat(100_000)))
    const modulus = `8${'f'.repeat(2303)}`
    const { n: usual = '' } = rsa.publicKey.export({ format: 'jwk' })
    for (const [n = '', e = ''] of [
      [Buffer.from(modulus, 'hex').toString('base64url'), 'AQAB'],
      [usual, 'AQ'],
      [usual, 'AQAAAAAAAAAB'],
    ]) {
      refused(() =>
        parsePublicKeyPem(createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' }).export(pem)),
      )
    }
  })

  it('Multikeys agree with Fedify in both directions', async () => {
    const written = encodeMultikey(ed25519.publicKey)
    assert.equal(await exportMultibaseKey(await importMultibaseKey(written)), written)
    assert.equal(parseMultikey(written).equals(ed25519.publicKey), true)
    const webKey = await crypto.subtle.importKey(
      'spki',
      rsa.publicKey.export({ type: 'spki', format: 'der' }),
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      true,
      ['verify'],
    )
    assert.equal(parseMultikey(await exportMultibaseKey(webKey)).equals(rsa.publicKey), true)
  })

  it('a Multikey of another kind, length or spelling is refused', () => {
    const written = encodeMultikey(ed25519.publicKey)
    const bytes = decodeBase58(written.slice(1)) ?? Buffer.alloc(0)
    for (const text of [
      '',
      'z',
      written.slice(1),
      `u${bytes.toString('base64url')}`,
      `${written}0`,
      `z${encodeBase58(bytes.subarray(0, 33))}`,
      `z${encodeBase58(Buffer.concat([Buffer.from([0x80, 0x24]), bytes.subarray(2)]))}`,
      `z${encodeBase58(Buffer.concat([Buffer.from([0x85, 0x24]), bytes.subarray(2)]))}`,
      `z${'1'.repeat(5000)}`,
    ]) {
      refused(() => parseMultikey(text))
    }
    assert.throws(() => encodeMultikey(rsa.publicKey), TypeError)
    assert.throws(() => encodeMultikey(ed25519.privateKey), TypeError)
  })

  it('whatever a peer publishes as a key, the answer is a key or a clear refusal', () => {
    const text = fc.oneof(
      anyText,
      fc.base64String().map((body) => `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----`),
      fc.uint8Array().map((bytes) => `z${encodeBase58(Buffer.concat([Buffer.from([0x85, 0x24]), bytes]))}`),
    )
    fc.assert(
      fc.property(text, (value) => {
        refused(() => parsePublicKeyPem(value))
        refused(() => parseMultikey(value))
      }),
    )
  })

  it('base58 keeps every byte, leading zeros included', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(4), (tail, zeros) => {
        const bytes = Buffer.concat([Buffer.alloc(zeros), tail])
        assert.deepEqual(decodeBase58(encodeBase58(bytes)), bytes)
      }),
    )
    assert.equal(encodeBase58(Buffer.from('Hello World!')), '2NEpo7TZRRrLZSi2U')
  })
})
