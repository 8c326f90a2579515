// Seals secrets that must be read again (apps' tokens for pushes, authenticator apps) with a key that lies beside the database, never in it, so that a stolen database opens none.
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface TokenSeal {
  /** `boundTo` is what the secret belongs to: under another one the seal does not open. */
  seal(token: string, boundTo: string): Promise<string>
  /** Undefined where this key does not open it, as after a restore on another machine. */
  open(sealed: string, boundTo: string): Promise<string | undefined>
}

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

export function createTokenSeal(dataDirectory: string): TokenSeal {
  let known: Promise<Buffer> | undefined
  const key = (): Promise<Buffer> => {
    known ??= keptKey(dataDirectory)
    // One bad moment of the disk is not remembered.
    known.catch(() => (known = undefined))
    return known
  }
  return {
    async seal(token, boundTo) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, await key(), nonce).setAAD(Buffer.from(boundTo))
      const body = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')
    },
    async open(sealed, boundTo) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined
      const secret = await key()
      try {
        const decipher = createDecipheriv(CIPHER, secret, bytes.subarray(0, NONCE_BYTES))
        decipher.setAAD(Buffer.from(boundTo)).setAuthTag(bytes.subarray(-TAG_BYTES))
        const body = bytes.subarray(NONCE_BYTES, -TAG_BYTES)
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}

/** Made once; of several processes that start together, one makes it and the others read it. */
async function keptKey(dataDirectory: string): Promise<Buffer> {
  const path = join(dataDirectory, 'push-tokens.key')
  const found = await readFile(path).catch(unlessMissing)
  if (found) return checked(found, path)
  await mkdir(dataDirectory, { recursive: true })
  const fresh = join(dataDirectory, `.${randomUUID()}.key`)
  await writeFile(fresh, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600, flush: true })
  try {
    await link(fresh, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(fresh, { force: true })
  }
  return checked(await readFile(path), path)
}

function checked(key: Buffer, path: string): Buffer {
  if (key.length !== KEY_BYTES) throw new Error(`${path} is not a key: delete it, and a new one is made`)
  return key
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
