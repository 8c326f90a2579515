// Makes RsaSignature2017 signatures, which Mastodon and Friendica want before they forward a reply; we never trust them.
import { createHash } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { signBytes } from './algorithms.ts'
import type { JsonObject } from './types.ts'

/** The value of a document's `signature`. */
export interface LinkedDataSignature {
  type: 'RsaSignature2017'
  creator: string
  created: string
  signatureValue: string
}

/** As jsonld 9 takes them; its published types describe an older version. */
interface CanonizeOptions {
  safe: boolean
  canonizeOptions: { algorithm: 'RDFC-1.0'; maxWorkFactor: number }
  documentLoader: (url: string) => Promise<{ documentUrl: string; document: object }>
}
type Canonize = (document: JsonObject, options: CanonizeOptions) => Promise<string>

/**
 * A signature over a document, to be added as its `signature`; `created` is in milliseconds, `creator` the key's URL.
 * Undefined means "do not sign this one": the document refers to a JSON-LD context that does not ship with Folkmoot,
 * and contexts are never fetched. The document's own context must define the signature terms (security/v1).
 */
export async function createLinkedDataSignature(
  document: JsonObject,
  privateKey: KeyObject,
  { creator, created }: { creator: string; created: number },
): Promise<LinkedDataSignature | undefined> {
  const { signature: _, ...unsigned } = document
  const canonical = await canonicalQuads(unsigned)
  if (canonical === undefined) return undefined
  const time = new Date(created).toISOString().replace(/\.\d+Z$/, 'Z')
  const message = sha256(canonicalOptions(creator, time)) + sha256(canonical)
  const signatureValue = signBytes('rsa-sha256', Buffer.from(message, 'utf8'), privateKey).toString('base64')
  return { type: 'RsaSignature2017', creator, created: time, signatureValue }
}

/** Canonical N-Quads of a document, from bundled contexts alone; undefined when it refers to any other. */
async function canonicalQuads(document: JsonObject): Promise<string | undefined> {
  const [{ default: jsonld }, { bundledContexts }] = await Promise.all([
    import('jsonld'),
    import('../contexts/bundled-contexts.ts'),
  ])
  const canonize = jsonld.canonize as unknown as Canonize
  let foreign = false
  try {
    return await canonize(document, {
      // Peers drop what their contexts do not define, and so must the text that we sign.
      safe: false,
      // RDFC-1.0 is the standard's name for URDNA2015.
      canonizeOptions: { algorithm: 'RDFC-1.0', maxWorkFactor: 1 },
      documentLoader: (url) => {
        const context = bundledContexts.get(url)
        foreign ||= !context
        return context
          ? Promise.resolve({ documentUrl: url, document: context })
          : Promise.reject(new Error(url))
      },
    })
  } catch (error) {
    if (foreign) return undefined
    throw error
  }
}

/** What canonicalising `{creator, created}` in the identity/v1 context always gives; spelled out, as it costs a millisecond. */
function canonicalOptions(creator: string, created: string): string {
  const dateTime = 'http://www.w3.org/2001/XMLSchema#dateTime'
  return [
    `_:c14n0 <http://purl.org/dc/terms/created> "${created}"^^<${dateTime}> .\n`,
    `_:c14n0 <http://purl.org/dc/terms/creator> <${creator}> .\n`,
  ].join('')
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
