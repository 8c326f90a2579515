// Keys, requests and an independent peer (Fedify) that the signing tests share.
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { preloadedContexts } from '@fedify/vocab-runtime'
import * as fc from 'fast-check'
import {
  generateEd25519KeyPair,
  generateRsaKeyPair,
  encodeMultikey,
} from '../../../src/protocols/activitypub/signing/keys.ts'

export const NOW = Date.UTC(2026, 10, 23, 7, 0, 0)
export const ALICE = 'https://here.example/users/alice'
export const RSA_KEY_ID = `${ALICE}#main-key`
export const ED25519_KEY_ID = `${ALICE}#ed25519-key`
export const INBOX = 'https://there.example/users/bob/inbox'
export const BODY = Buffer.from('{"type":"Create","actor":"https://here.example/users/alice"}')

const [rsaPem, otherRsaPem, ed25519Pem, otherEd25519Pem] = await Promise.all([
  generateRsaKeyPair(),
  generateRsaKeyPair(),
  generateEd25519KeyPair(),
  generateEd25519KeyPair(),
])
export const rsa = open(rsaPem)
export const otherRsa = open(otherRsaPem)
export const ed25519 = open(ed25519Pem)
export const otherEd25519 = open(otherEd25519Pem)

function open({ publicKeyPem, privateKeyPem }: { publicKeyPem: string; privateKeyPem: string }) {
  return {
    publicKeyPem,
    publicKey: createPublicKey(publicKeyPem),
    privateKey: createPrivateKey(privateKeyPem),
  }
}

/** The actor document under which Fedify finds both of Alice's keys. */
const aliceDocument = {
  '@context': [
    'https://www.w3.org/ns/activitystreams',
    'https://w3id.org/security/v1',
    'https://w3id.org/security/multikey/v1',
    // None of the contexts above defines it at the top of an actor.
    {
      assertionMethod: {
        '@id': 'https://w3id.org/security#assertionMethod',
        '@type': '@id',
        '@container': '@set',
      },
    },
  ],
  id: ALICE,
  type: 'Person',
  inbox: `${ALICE}/inbox`,
  outbox: `${ALICE}/outbox`,
  publicKey: { id: RSA_KEY_ID, type: 'CryptographicKey', owner: ALICE, publicKeyPem: rsa.publicKeyPem },
  assertionMethod: [
    {
      id: ED25519_KEY_ID,
      type: 'Multikey',
      controller: ALICE,
      publicKeyMultibase: encodeMultikey(ed25519.publicKey),
    },
  ],
}

/** A document loader for Fedify that knows Alice and Fedify's own contexts, and never leaves the process. */
export function fedifyLoader(url: string) {
  const document = url.replace(/#.*$/, '') === ALICE ? aliceDocument : preloadedContexts[url]
  if (!document) return Promise.reject(new Error(`Not served here: ${url}`))
  return Promise.resolve({ contextUrl: null, documentUrl: url, document })
}

export const fedifyOptions = { documentLoader: fedifyLoader, contextLoader: fedifyLoader }

/** Text as hostile as it comes: any ASCII including controls, or any script. */
export const anyText = fc.oneof(fc.string({ unit: 'binary-ascii' }), fc.string({ unit: 'grapheme' }))
