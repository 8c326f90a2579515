// An app that sleeps, for tests: a push service that takes messages, and the keys that open them (RFC 8291, and the draft before it).
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Json } from './api-client.ts'

export interface PushReceiver {
  /** As an app hands it to `POST /api/v1/push/subscription`. */
  subscription(standard: boolean): Json
  /** Everything that came, opened. */
  messages: Json[]
  /** The headers of the latest message. */
  headers(): Record<string, string>
  /** What the push service answers from now on. */
  answer(status: number): void
  /** How many messages were handed over, taken or not. */
  calls(): number
  close(): Promise<void>
}

export async function startPushReceiver(): Promise<PushReceiver> {
  const curve = createECDH('prime256v1')
  const publicKey = curve.generateKeys()
  const auth = randomBytes(16)
  const messages: Json[] = []
  let latest: Record<string, string> = {}
  let status = 201
  let calls = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      calls += 1
      latest = request.headers as Record<string, string>
      const sealed = Buffer.concat(chunks)
      if (status < 300) messages.push(JSON.parse(open({ curve, publicKey, auth }, latest, sealed)))
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    subscription: (standard) => ({
      endpoint: `http://127.0.0.1:${port}/push/1`,
      keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
      standard,
    }),
    messages,
    headers: () => latest,
    answer: (next) => void (status = next),
    calls: () => calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Keys {
  curve: ReturnType<typeof createECDH>
  publicKey: Buffer
  auth: Buffer
}

function derive(secret: Buffer, salt: Buffer, info: Buffer | string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length))
}

function decrypt(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-128-gcm', key, nonce)
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
}

function open(keys: Keys, headers: Record<string, string>, body: Buffer): string {
  return headers['content-encoding'] === 'aes128gcm'
    ? openStandard(keys, body)
    : openDraft(keys, headers, body)
}

function openStandard({ curve, publicKey, auth }: Keys, body: Buffer): string {
  const salt = body.subarray(0, 16)
  const end = 21 + (body[20] as number)
  const sender = body.subarray(21, end)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender])
  const secret = derive(curve.computeSecret(sender), auth, info, 32)
  const key = derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = derive(secret, salt, 'Content-Encoding: nonce\0', 12)
  const padded = decrypt(key, nonce, body.subarray(end))
  return padded.subarray(0, padded.lastIndexOf(2)).toString()
}

function openDraft({ curve, publicKey, auth }: Keys, headers: Record<string, string>, body: Buffer): string {
  const part = (header: string, name: string): Buffer =>
    Buffer.from(new RegExp(`${name}=([\\w-]+)`).exec(headers[header] ?? '')?.[1] ?? '', 'base64url')
  const salt = part('encryption', 'salt')
  const sender = part('crypto-key', 'dh')
  const secret = derive(curve.computeSecret(sender), auth, 'Content-Encoding: auth\0', 32)
  const sized = (key: Buffer): Buffer => Buffer.concat([Buffer.from([0, key.length]), key])
  const context = Buffer.concat([Buffer.from('P-256\0'), sized(publicKey), sized(sender)])
  const info = (name: string): Buffer => Buffer.concat([Buffer.from(`Content-Encoding: ${name}\0`), context])
  const padded = decrypt(
    derive(secret, salt, info('aesgcm'), 16),
    derive(secret, salt, info('nonce'), 12),
    body,
  )
  return padded.subarray(2 + padded.readUInt16BE(0)).toString()
}
