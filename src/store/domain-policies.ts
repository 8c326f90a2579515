// What operators decided about other servers: suspended, limited, without media, without reports, allowed.
import { sql } from 'kysely'
import type { Insertable, Kysely, Selectable, Transaction } from 'kysely'
import type { IdWindow } from '../model/page.ts'
import { pageOver } from './paging.ts'
import type { DomainPoliciesTable, Tables } from './schema.ts'

export type DomainPolicyRow = Selectable<DomainPoliciesTable>
type Tx = Transaction<Tables>

export async function listDomainPolicies(db: Kysely<Tables>): Promise<DomainPolicyRow[]> {
  return db.selectFrom('domain_policies').selectAll().orderBy('domain').execute()
}

/** Newest first; `blocks` are decisions beyond allowing. */
export async function pageDomainPolicies(
  db: Kysely<Tables>,
  choice: 'blocks' | 'allowed',
  window: IdWindow,
): Promise<DomainPolicyRow[]> {
  const all = db.selectFrom('domain_policies').selectAll()
  const query =
    choice === 'allowed'
      ? all.where('allowed', '=', 1)
      : all.where((eb) =>
          eb.or([
            eb('severity', '!=', 'none'),
            eb('reject_media', '=', 1),
            eb('reject_reports', '=', 1),
            eb('allowed', '=', 0),
          ]),
        )
  return pageOver(query, 'id', window)
}

export async function findPolicyById(db: Kysely<Tables>, id: number): Promise<DomainPolicyRow | undefined> {
  return db.selectFrom('domain_policies').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findDomainPolicy(
  db: Kysely<Tables>,
  domain: string,
): Promise<DomainPolicyRow | undefined> {
  return db.selectFrom('domain_policies').selectAll().where('domain', '=', domain).executeTakeFirst()
}

/** Writes a policy in place of an earlier one for the domain. */
export async function putDomainPolicy(tx: Tx, policy: Insertable<DomainPoliciesTable>): Promise<void> {
  const { id: _, domain: __, ...change } = policy
  await tx
    .insertInto('domain_policies')
    .values(policy)
    .onConflict((conflict) => conflict.column('domain').doUpdateSet(change))
    .execute()
}

export async function removeDomainPolicy(tx: Tx, domain: string): Promise<DomainPolicyRow | undefined> {
  return tx.deleteFrom('domain_policies').where('domain', '=', domain).returningAll().executeTakeFirst()
}

/** How accounts of a server stand with us because of a policy about it. */
export interface Standing {
  /** Milliseconds; null when they are not. */
  suspendedAt: number | null
  limitedAt: number | null
}

/**
 * Brings up to `limit` accounts of `domain` and the domains below it, after the id `afterId`, in line with a policy; what
 * somebody decided about a single account stays. Gives the last id that was looked at, undefined when none is left.
 */
export async function applyStanding(
  tx: Tx,
  chunk: { domain: string; afterId: number; limit: number; standing: Standing; limitedBefore: number | null },
): Promise<{ lastId: number | undefined; suspended: number[]; unsuspended: number[] }> {
  const { domain, standing, limitedBefore } = chunk
  const rows = await tx
    .selectFrom('accounts')
    .select(['id', 'suspended_at', 'suspended_by', 'limited_at'])
    .where('domain', '!=', '')
    .where((eb) => eb.or([eb('domain', '=', domain), eb('domain', 'like', `%.${domain}`)]))
    .where('id', '>', chunk.afterId)
    .orderBy('id')
    .limit(chunk.limit)
    .execute()
  const suspended: number[] = []
  const unsuspended: number[] = []
  for (const row of rows) {
    const change: Record<string, number | string | null> = {}
    if (standing.suspendedAt !== null && row.suspended_at === null) {
      Object.assign(change, { suspended_at: standing.suspendedAt, suspended_by: 'domain' })
      suspended.push(row.id)
    } else if (standing.suspendedAt === null && row.suspended_by === 'domain') {
      Object.assign(change, { suspended_at: null, suspended_by: null })
      unsuspended.push(row.id)
    }
    if (standing.limitedAt !== null && row.limited_at === null) change['limited_at'] = standing.limitedAt
    else if (standing.limitedAt === null && row.limited_at !== null && row.limited_at === limitedBefore)
      change['limited_at'] = null
    if (Object.keys(change).length > 0)
      await tx.updateTable('accounts').set(change).where('id', '=', row.id).execute()
  }
  return { lastId: rows.at(-1)?.id, suspended, unsuspended }
}

/** Forgets where the media and pictures of a server's accounts lie, up to `limit` accounts after `afterId`. */
export async function forgetPictures(
  tx: Tx,
  chunk: { domain: string; afterId: number; limit: number },
): Promise<number | undefined> {
  const rows = await tx
    .selectFrom('accounts')
    .select('id')
    .where('domain', '!=', '')
    .where((eb) => eb.or([eb('domain', '=', chunk.domain), eb('domain', 'like', `%.${chunk.domain}`)]))
    .where('id', '>', chunk.afterId)
    .orderBy('id')
    .limit(chunk.limit)
    .execute()
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return undefined
  await tx
    .updateTable('accounts')
    .set({ avatar_remote_url: null, header_remote_url: null })
    .where('id', 'in', ids)
    .execute()
  await tx
    .updateTable('media')
    .set({ remote_url: null, remote_preview_url: null })
    .where('account_id', 'in', ids)
    .where(sql<boolean>`remote_url is not null`)
    .execute()
  return ids.at(-1)
}
