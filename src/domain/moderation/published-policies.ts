// What anybody may know of the policies about other servers, where the operator publishes them.
import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import { listPolicies } from './domain-policies.ts'

export interface PublishedPolicy {
  /** In part only where the operator said so. */
  domain: string
  /** SHA-256 of the whole name, in hex. */
  digest: string
  severity: 'limit' | 'suspend'
  comment: string
}

export async function publishedPolicies(ctx: Context): Promise<PublishedPolicy[]> {
  const policies = await listPolicies(ctx)
  return policies.flatMap(({ domain, severity, obfuscate, publicComment }) =>
    severity === 'none'
      ? []
      : [
          {
            domain: obfuscate ? veil(domain) : domain,
            digest: createHash('sha256').update(domain).digest('hex'),
            severity,
            comment: publicComment,
          },
        ],
  )
}

/** Leaves the first and last third of the letters; dots stay. */
function veil(domain: string): string {
  const third = Math.ceil(domain.length / 3)
  const isShown = (index: number): boolean => index < third || index >= domain.length - third
  return Array.from(domain, (sign, index) => (sign === '.' || isShown(index) ? sign : '*')).join('')
}
