// Remembers which software another server runs, and when it was asked.
import { hostDescribedAt, putHostSoftware } from '../../store/host-software.ts'
import type { Context } from '../context.ts'

/** A server is asked again after this time. */
export const DESCRIBE_AGAIN_MS = 7 * 86_400_000

export async function isDescriptionDue(ctx: Context, host: string): Promise<boolean> {
  return ctx.clock.now() - (await hostDescribedAt(ctx.store.read, host)) > DESCRIBE_AGAIN_MS
}

/** Undefined when it did not say. */
export async function describeHost(
  ctx: Context,
  host: string,
  said: { software: string; version: string } | undefined,
): Promise<void> {
  const now = ctx.clock.now()
  const { software = null, version = null } = said ?? {}
  await ctx.store.write((tx) => putHostSoftware(tx, host, { software, version, now }))
}
