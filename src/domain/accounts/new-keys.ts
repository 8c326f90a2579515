// The two key pairs of every local account: RSA for HTTP signatures, Ed25519 for integrity proofs.
import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { ed25519Multibase } from '../../lib/multikey.ts'

const generate = promisify(generateKeyPair)

export interface NewKey {
  kind: 'rsa' | 'ed25519'
  /** PEM (SPKI) for rsa, multibase for ed25519. */
  publicKey: string
  /** PEM (PKCS #8). */
  privateKey: string
}

export async function newKeys(): Promise<NewKey[]> {
  const rsa = await generate('rsa', { modulusLength: 2048 })
  const ed25519 = await generate('ed25519')
  const pem = { type: 'pkcs8', format: 'pem' } as const
  return [
    {
      kind: 'rsa',
      publicKey: rsa.publicKey.export({ type: 'spki', format: 'pem' }),
      privateKey: rsa.privateKey.export(pem),
    },
    {
      kind: 'ed25519',
      publicKey: ed25519Multibase(ed25519.publicKey),
      privateKey: ed25519.privateKey.export(pem),
    },
  ]
}
