// The server's key pair for web push (RFC 8292), made at its first use.
import { createECDH } from 'node:crypto'
import type { Context } from '../context.ts'
import { keepSetting } from '../server/keep-setting.ts'

export interface VapidKeys {
  /** Uncompressed P-256 point, base64url. */
  publicKey: string
  privateKey: string
}

const known = new WeakMap<object, VapidKeys>()

export async function vapidKeys(ctx: Context): Promise<VapidKeys> {
  const cached = known.get(ctx.store)
  if (cached) return cached
  const keys = JSON.parse(await keepSetting(ctx, 'vapid', makeKeys)) as VapidKeys
  known.set(ctx.store, keys)
  return keys
}

function makeKeys(): string {
  const curve = createECDH('prime256v1')
  const keys: VapidKeys = {
    publicKey: curve.generateKeys('base64url', 'uncompressed'),
    privateKey: curve.getPrivateKey('base64url'),
  }
  return JSON.stringify(keys)
}

export async function vapidPublicKey(ctx: Context): Promise<string> {
  return (await vapidKeys(ctx)).publicKey
}
