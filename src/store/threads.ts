// What a post answers, and what answers it.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'

type Db = Kysely<Tables>

export interface ThreadLimits {
  ancestors: number
  descendants: number
  depth: number
}

/** The ids of the posts above, oldest first. */
export async function findAncestors(db: Db, id: number, max: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive up(id, depth) as (
      select in_reply_to_id, 1 from posts where id = ${id} and in_reply_to_id is not null
      union all
      select p.in_reply_to_id, up.depth + 1 from up join posts p on p.id = up.id
        where p.in_reply_to_id is not null and up.depth < ${max})
    select id from up order by depth desc`.execute(db)
  return rows.map((row) => row.id)
}

interface Reply {
  id: number
  parentId: number
  isSelfReply: boolean
}

/** The posts below, in the order in which a thread reads: each followed by its answers, the author's own first. */
export async function findDescendants(db: Db, id: number, limits: ThreadLimits): Promise<number[]> {
  const { rows } = await sql<{ id: number; parent_id: number; same_author: number }>`
    with recursive down(id, parent_id, account_id, depth, same_author) as (
      select p.id, p.in_reply_to_id, p.account_id, 1, case when p.account_id = r.account_id then 1 else 0 end
        from posts p join posts r on r.id = ${id} where p.in_reply_to_id = ${id}
      union all
      select p.id, p.in_reply_to_id, p.account_id, d.depth + 1, case when p.account_id = d.account_id then 1 else 0 end
        from down d join posts p on p.in_reply_to_id = d.id where d.depth < ${limits.depth})
    select id, parent_id, same_author from down limit ${limits.descendants}`.execute(db)
  const replies = rows.map((row): Reply => ({
    id: row.id,
    parentId: row.parent_id,
    isSelfReply: row.same_author === 1,
  }))
  const children = Map.groupBy(replies, (reply) => reply.parentId)
  const ordered: number[] = []
  const waiting = sorted(children.get(id) ?? [])
  while (waiting.length > 0) {
    const next = waiting.pop() as Reply
    ordered.push(next.id)
    waiting.push(...sorted(children.get(next.id) ?? []))
  }
  return ordered
}

/** Last first, since the walk takes from the end. */
function sorted(replies: readonly Reply[]): Reply[] {
  return replies.toSorted((a, b) => Number(a.isSelfReply) - Number(b.isSelfReply) || b.id - a.id)
}
