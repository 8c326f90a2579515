// How one account stands to posts and their authors, read for many posts in one statement.
import type { Kysely } from 'kysely'
import type { Standing } from '../model/audience.ts'
import { idsIn, rawText, rowsOf, statement } from './dialects/statement.ts'
import type { Statement } from './dialects/statement.ts'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

/** Who asks: an account of ours has the domain ''. */
export interface Asker {
  id: number
  domain: string
}

/** Standings by post id; posts that do not exist have none. */
export async function loadStandings(
  db: Db,
  asker: Asker | undefined,
  postIds: readonly number[],
): Promise<Map<number, Standing>> {
  if (postIds.length === 0) return new Map()
  const id = asker?.id ?? 0
  const domain = asker?.domain ?? ''
  const rows = await rowsOf<Row>(
    db,
    statement`select p.id,
      case when a.suspended_at is not null or a.deleted_at is not null then 1 else 0 end as gone,
      ${flag(statement`select 1 from follows f
        where f.account_id = ${id} and f.target_id = p.account_id and f.accepted = 1`)} as follows,
      ${flag(statement`select 1 from post_recipients r where r.post_id = p.id and r.account_id = ${id}`)} as named,
      ${flag(statement`select 1 from memberships m
        where m.group_id = p.group_id and m.account_id = ${id} and m.accepted = 1`)} as member,
      ${flag(statement`select 1 from blocks b where b.account_id = p.account_id and b.target_id = ${id}`)} as blocked,
      ${
        domain === ''
          ? rawText('0')
          : flag(statement`select 1 from account_domain_blocks d
              where d.account_id = p.account_id and d.domain = ${domain}`)
      } as domain_blocked
    from posts p join accounts a on a.id = p.account_id
    where ${idsIn(db, 'p.id', postIds)}`,
  )
  return new Map(rows.map((row) => [row.id, toStanding(row, asker)]))
}

interface Row {
  id: number
  gone: number
  follows: number
  named: number
  member: number
  blocked: number
  domain_blocked: number
}

function toStanding(row: Row, asker: Asker | undefined): Standing {
  return {
    viewerId: asker?.id,
    viewerIsLocal: asker !== undefined && asker.domain === '',
    follows: row.follows === 1,
    isRecipient: row.named === 1,
    isGroupMember: row.member === 1,
    blockedByAuthor: row.blocked === 1 || row.domain_blocked === 1,
    authorGone: row.gone === 1,
  }
}

function flag(query: Statement): Statement {
  return statement`case when exists (${query}) then 1 else 0 end`
}
