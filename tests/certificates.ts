// A certificate authority for tests, made anew each time, and certificates for names that nobody else can resolve.
import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

export interface Certificate {
  cert: string
  key: string
}

export interface Authority {
  /** Its own certificate, for those who shall believe it. */
  ca: string
  issue(name: string): Certificate
}

const DAY_MS = 86_400_000
const ECDSA_SHA256 = '1.2.840.10045.4.3.2'
const COMMON_NAME = '2.5.4.3'
const BASIC_CONSTRAINTS = '2.5.29.19'
const ALTERNATIVE_NAMES = '2.5.29.17'

export function createAuthority(): Authority {
  const own = newKey()
  const name = 'An authority for tests'
  const isAuthority = extension(BASIC_CONSTRAINTS, sequence(tlv(0x01, Buffer.from([0xff]))))
  return {
    ca: certificate(
      { subject: name, issuer: name, publicKey: own.publicKey, extra: isAuthority },
      own.privateKey,
    ),
    issue(host) {
      const { publicKey, privateKey } = newKey()
      const names = extension(ALTERNATIVE_NAMES, sequence(tlv(0x82, Buffer.from(host, 'ascii'))))
      const cert = certificate({ subject: host, issuer: name, publicKey, extra: names }, own.privateKey)
      return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) }
    },
  }
}

function newKey(): { publicKey: Buffer; privateKey: KeyObject } {
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return { publicKey: pair.publicKey, privateKey: createPrivateKey(pair.privateKey) }
}

interface Statement {
  subject: string
  issuer: string
  publicKey: Buffer
  extra: Buffer
}

/** An X.509 certificate of version 3, valid from yesterday to tomorrow, in PEM. */
function certificate({ subject, issuer, publicKey, extra }: Statement, signer: KeyObject): string {
  const serial = randomBytes(16)
  serial[0] = (serial[0] ?? 0) & 0x7f || 1
  const algorithm = sequence(oid(ECDSA_SHA256))
  const statement = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    algorithm,
    distinguishedName(issuer),
    sequence(moment(Date.now() - DAY_MS), moment(Date.now() + DAY_MS)),
    distinguishedName(subject),
    publicKey,
    tlv(0xa3, sequence(extra)),
  )
  const signature = tlv(0x03, Buffer.from([0]), sign('sha256', statement, signer))
  const lines =
    sequence(statement, algorithm, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function distinguishedName(text: string): Buffer {
  return sequence(tlv(0x31, sequence(oid(COMMON_NAME), tlv(0x0c, Buffer.from(text)))))
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), tlv(0x04, value))
}

function moment(ms: number): Buffer {
  const digits = new Date(ms)
    .toISOString()
    .replace(/[-:T]|\.\d+/g, '')
    .slice(2)
  return tlv(0x17, Buffer.from(digits, 'ascii'))
}

function sequence(...parts: Buffer[]): Buffer {
  return tlv(0x30, ...parts)
}

/** One element of DER: its tag, its length, its bytes. */
function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const part of rest) {
    const group = [part & 0x7f]
    for (let left = part >> 7; left > 0; left >>= 7) group.unshift((left & 0x7f) | 0x80)
    bytes.push(...group)
  }
  return tlv(0x06, Buffer.from(bytes))
}
