// What operators decided about other servers: suspended, limited, without media, without reports, allowed.
import { sql } from 'kysely'
import type { Kysely, Selectable, Transaction } from 'kysely'
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

export async function findDomainPolicies(
  db: Kysely<Tables>,
  domains: readonly string[],
): Promise<DomainPolicyRow[]> {
  return db.selectFrom('domain_policies').selectAll().where('domain', 'in', domains).execute()
}

/** Writes policies in place of earlier ones for their domains, each of which is named once. */
export async function putDomainPolicies(tx: Tx, policies: readonly DomainPolicyRow[]): Promise<void> {
  if (policies.length === 0) return
  await tx
    .insertInto('domain_policies')
    .values(policies)
    .onConflict((conflict) =>
      conflict.column('domain').doUpdateSet((eb) => ({
        severity: eb.ref('excluded.severity'),
        allowed: eb.ref('excluded.allowed'),
        reject_media: eb.ref('excluded.reject_media'),
        reject_reports: eb.ref('excluded.reject_reports'),
        obfuscate: eb.ref('excluded.obfuscate'),
        public_comment: eb.ref('excluded.public_comment'),
        private_comment: eb.ref('excluded.private_comment'),
        created_at: eb.ref('excluded.created_at'),
      })),
    )
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

export interface StandingRow {
  id: number
  domain: string
  suspended_at: number | null
  suspended_by: string | null
  limited_at: number | null
}

function selectStandings(db: Kysely<Tables>) {
  return db
    .selectFrom('accounts')
    .select(['id', 'domain', 'suspended_at', 'suspended_by', 'limited_at'])
    .where('domain', '!=', '')
}

/** How accounts of other servers stand, by id. */
export async function listStandings(
  db: Kysely<Tables>,
  afterId: number,
  limit: number,
): Promise<StandingRow[]> {
  return selectStandings(db).where('id', '>', afterId).orderBy('id').limit(limit).execute()
}

export async function findStandings(db: Kysely<Tables>, ids: readonly number[]): Promise<StandingRow[]> {
  return ids.length === 0 ? [] : selectStandings(db).where('id', 'in', ids).orderBy('id').execute()
}

/** What has to change for an account to be in line; `marks` are the moments of policies that may have limited it. */
export function standingChange(
  row: StandingRow,
  standing: Standing,
  marks: readonly number[],
): Partial<Omit<StandingRow, 'id' | 'domain'>> {
  const isLimitOver = standing.limitedAt === null && row.limited_at !== null && marks.includes(row.limited_at)
  return {
    ...(standing.suspendedAt !== null && row.suspended_at === null
      ? { suspended_at: standing.suspendedAt, suspended_by: 'domain' }
      : {}),
    ...(standing.suspendedAt === null && row.suspended_by === 'domain'
      ? { suspended_at: null, suspended_by: null }
      : {}),
    ...(standing.limitedAt !== null && row.limited_at === null ? { limited_at: standing.limitedAt } : {}),
    ...(isLimitOver ? { limited_at: null } : {}),
  }
}

/** Says whether the account was suspended or is so no longer; undefined when neither. */
export async function bringInLine(
  tx: Tx,
  row: StandingRow,
  standing: Standing,
  marks: readonly number[],
): Promise<'suspended' | 'unsuspended' | undefined> {
  const change = standingChange(row, standing, marks)
  if (Object.keys(change).length === 0) return undefined
  await tx.updateTable('accounts').set(change).where('id', '=', row.id).execute()
  if (change.suspended_by === undefined) return undefined
  return change.suspended_by === null ? 'unsuspended' : 'suspended'
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
  const rows = await selectStandings(tx)
    .where((eb) => eb.or([eb('domain', '=', domain), eb('domain', 'like', `%.${domain}`)]))
    .where('id', '>', chunk.afterId)
    .orderBy('id')
    .limit(chunk.limit)
    .execute()
  const suspended: number[] = []
  const unsuspended: number[] = []
  for (const row of rows) {
    const turn = await bringInLine(tx, row, standing, limitedBefore === null ? [] : [limitedBefore])
    if (turn === 'suspended') suspended.push(row.id)
    if (turn === 'unsuspended') unsuspended.push(row.id)
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
  await forgetPicturesOf(tx, ids)
  return ids.at(-1)
}

export async function forgetPicturesOf(tx: Tx, ids: readonly number[]): Promise<void> {
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
}
