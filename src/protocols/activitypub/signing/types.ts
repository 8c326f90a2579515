// The shapes shared by everything that signs or checks a request or a document.
import type { KeyObject } from 'node:crypto'

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject
export interface JsonObject {
  [key: string]: JsonValue
}

/** Header fields by name, or Node's `rawHeaders` (name, value, name, value ...), which alone shows every duplicate. */
export type HeaderSource =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | readonly string[]

/**
 * A request as it arrived. `url` is the full public URL (scheme, host, path and query exactly as on the request line);
 * `body` is the bytes as received, before any content decoding.
 */
export interface ReceivedRequest {
  method: string
  url: string
  headers: HeaderSource
  body?: Uint8Array
}

/** A request that is about to be sent; header names in any case, without `host`, `date` and digest fields. */
export interface OutgoingRequest {
  method: string
  url: string
  headers?: Readonly<Record<string, string>>
  body?: Uint8Array
}

export type SignatureDialect = 'cavage' | 'rfc9421'

/** Who signs and how; `withoutQuery` (cavage only) signs the bare path, which Friendica expects. */
export interface SigningKey {
  keyId: string
  privateKey: KeyObject
  dialect?: SignatureDialect
  withoutQuery?: boolean
}

/** A `Signature` header of draft-cavage-http-signatures, taken apart but not yet believed. */
export interface CavageSignature {
  readonly dialect: 'cavage'
  readonly keyId: string
  readonly algorithm: 'rsa-sha256' | 'rsa-sha512' | 'hs2019' | undefined
  readonly components: readonly string[]
  readonly created: string | undefined
  readonly expires: string | undefined
  readonly signature: Buffer
}

/** One labelled RFC 9421 signature, taken apart but not yet believed. */
export interface MessageSignature {
  readonly dialect: 'rfc9421'
  readonly label: string
  readonly keyId: string
  readonly algorithm: MessageAlgorithm | undefined
  readonly components: readonly Component[]
  readonly parameters: readonly Parameter[]
  readonly created: number
  readonly expires: number | undefined
  readonly signature: Buffer
}

export type MessageAlgorithm = 'rsa-v1_5-sha256' | 'rsa-pss-sha512' | 'ed25519'

/** A bare item of RFC 8941, as far as signatures use them. */
export type BareItem =
  | { kind: 'string'; value: string }
  | { kind: 'token'; value: string }
  | { kind: 'integer'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'bytes'; value: Buffer }

export type Parameter = readonly [name: string, value: BareItem]

/** One covered component of RFC 9421: a field name or a derived name such as `@method`, with its parameters. */
export interface Component {
  readonly name: string
  readonly parameters: readonly Parameter[]
}

export type ParsedSignature = CavageSignature | MessageSignature
