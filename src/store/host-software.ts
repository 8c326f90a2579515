// Which software other servers run, as they say themselves.
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './schema.ts'

/** When the host was asked last, in milliseconds; 0 when it never was. */
export async function hostDescribedAt(db: Kysely<Tables>, domain: string): Promise<number> {
  const row = await db
    .selectFrom('hosts')
    .select('described_at')
    .where('domain', '=', domain)
    .executeTakeFirst()
  return row?.described_at ?? 0
}

/** Notes what a host said, or (with nulls) that it was asked in vain. */
export async function putHostSoftware(
  tx: Transaction<Tables>,
  domain: string,
  said: { software: string | null; version: string | null; now: number },
): Promise<void> {
  const { software, version, now } = said
  const known = software === null ? {} : { software, version }
  await tx
    .insertInto('hosts')
    .values({ domain, created_at: now, described_at: now, ...known })
    .onConflict((conflict) => conflict.column('domain').doUpdateSet({ described_at: now, ...known }))
    .execute()
}
