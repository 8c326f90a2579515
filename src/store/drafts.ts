// Drafts as their authors left them.
import type { Kysely } from 'kysely'
import type { DraftContent, KeptDraft } from '../model/kept-draft.ts'
import type { IdWindow } from '../model/page.ts'
import { pageOver } from './paging.ts'
import type { DraftsTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

function read(row: DraftsTable): KeptDraft {
  return {
    id: row.id,
    accountId: row.account_id,
    content: JSON.parse(row.content) as DraftContent,
    problem: row.problem,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

export async function pageDrafts(db: Db, accountId: number, window: IdWindow): Promise<KeptDraft[]> {
  const query = db.selectFrom('drafts').selectAll().where('account_id', '=', accountId)
  return (await pageOver(query, 'id', window)).map(read)
}

export async function countDrafts(db: Db, accountId: number, most: number): Promise<number> {
  const rows = await db
    .selectFrom('drafts')
    .select('id')
    .where('account_id', '=', accountId)
    .limit(most)
    .execute()
  return rows.length
}

export async function findDraft(db: Db, id: number): Promise<KeptDraft | undefined> {
  const row = await db.selectFrom('drafts').selectAll().where('id', '=', id).executeTakeFirst()
  return row && read(row)
}

export async function insertDraft(db: Db, draft: KeptDraft): Promise<void> {
  await db
    .insertInto('drafts')
    .values({
      id: draft.id,
      account_id: draft.accountId,
      content: JSON.stringify(draft.content),
      problem: draft.problem,
      created_at: draft.createdAt,
      updated_at: draft.updatedAt,
    })
    .execute()
}

/** False when somebody changed it after `known`. */
export async function updateDraft(db: Db, draft: KeptDraft, known: number | undefined): Promise<boolean> {
  let query = db
    .updateTable('drafts')
    .set({ content: JSON.stringify(draft.content), problem: draft.problem, updated_at: draft.updatedAt })
    .where('id', '=', draft.id)
  if (known !== undefined) query = query.where('updated_at', '=', known)
  return Number((await query.executeTakeFirst()).numUpdatedRows) > 0
}

export async function deleteDraft(db: Db, id: number): Promise<void> {
  await db.deleteFrom('drafts').where('id', '=', id).execute()
}
