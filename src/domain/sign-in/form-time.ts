// A mark of when a form was shown, sealed, so that forms which nobody could have filled in so fast are told apart.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context } from '../context.ts'
import { formKey } from './half-signed-in.ts'

/** Nobody fills in a sign-up faster; programs do. */
const FASTEST_MS = 3000
const LONGEST_MS = 6 * 3_600_000

/** The mark for a form that is shown now. */
export async function markForm(ctx: Context): Promise<string> {
  const now = ctx.clock.now()
  return `${now}.${await sealOf(ctx, now)}`
}

/** Whether the form was shown by us, long enough ago and not too long. */
export async function judgeForm(ctx: Context, mark: string): Promise<'fine' | 'too-fast' | 'too-old'> {
  const match = /^(\d{1,16})\.([\w-]{22})$/.exec(mark)
  if (!match) return 'too-old'
  const shown = Number(match[1])
  const [ours, theirs] = [Buffer.from(await sealOf(ctx, shown)), Buffer.from(match[2] ?? '')]
  if (!timingSafeEqual(ours, theirs)) return 'too-old'
  const age = ctx.clock.now() - shown
  if (age > LONGEST_MS) return 'too-old'
  return age < FASTEST_MS ? 'too-fast' : 'fine'
}

async function sealOf(ctx: Context, shown: number): Promise<string> {
  const key = await formKey(ctx)
  return createHmac('sha256', key).update(`form:${shown}`).digest('base64url').slice(0, 22)
}
