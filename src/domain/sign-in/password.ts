// Passwords: argon2id with OWASP's parameters, in the PHC text form so that parameters can change later.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Refusal } from '../../model/refusal.ts'

const derive = promisify(argon2)
const MEMORY_KIB = 19_456
const PASSES = 2
const PARALLELISM = 1

export const MIN_PASSWORD = 8
export const MAX_PASSWORD = 256

async function derived(password: string, nonce: Buffer, memory: number, passes: number): Promise<Buffer> {
  return derive('argon2id', {
    message: Buffer.from(password.normalize('NFKC')),
    nonce,
    parallelism: PARALLELISM,
    tagLength: 32,
    memory,
    passes,
  })
}

/** Refuses passwords that are too short to resist guessing or too long to be honest. */
export function checkPassword(password: string): void {
  if (password.length < MIN_PASSWORD)
    throw new Refusal('invalid', `The password is too short: use at least ${MIN_PASSWORD} characters`)
  if (password.length > MAX_PASSWORD)
    throw new Refusal('invalid', `The password is too long: use at most ${MAX_PASSWORD} characters`)
}

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derived(password, nonce, MEMORY_KIB, PASSES)
  const text = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${text(nonce)}$${text(tag)}`
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([\w+/]+)\$([\w+/]+)$/

/** Whether the password fits the hash; with no hash it takes the same time and says no. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const match = hash === null ? null : PHC.exec(hash)
  if (password.length > MAX_PASSWORD) return false
  const nonce = Buffer.from(match?.[3] ?? 'AAAAAAAAAAAAAAAAAAAAAA', 'base64')
  const tag = await derived(password, nonce, Number(match?.[1] ?? MEMORY_KIB), Number(match?.[2] ?? PASSES))
  const kept = Buffer.from(match?.[4] ?? '', 'base64')
  return match !== null && kept.length === tag.length && timingSafeEqual(kept, tag)
}
