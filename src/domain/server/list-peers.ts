// Names the servers that this one knows, but for those that operators suspended.
import { listHostNames, listHostNamesFrom } from '../../store/hosts.ts'
import type { Context } from '../context.ts'
import { policyFor } from '../moderation/policy-cache.ts'

const MOST = 10_000

export async function listPeers(ctx: Context): Promise<string[]> {
  const peers: string[] = []
  for (const domain of await listHostNames(ctx.store.read, MOST))
    if (!(await policyFor(ctx, domain)).suspended) peers.push(domain)
  return peers
}

/** Those whose names begin so. */
export async function searchPeers(ctx: Context, beginning: string, limit: number): Promise<string[]> {
  const peers: string[] = []
  for (const domain of await listHostNamesFrom(ctx.store.read, beginning, limit * 2))
    if (!(await policyFor(ctx, domain)).suspended) peers.push(domain)
  return peers.slice(0, limit)
}
