// What moderators did to somebody, and which follows were lost, as the client API shows it.
import type * as entity from '../../../contract/entities.ts'
import type { SeveranceRow, Strike } from '../../../model/moderation.ts'
import { dateTime } from './time.ts'

export function writeWarning({ row, appeal }: Strike, target: entity.Account): entity.AccountWarning {
  const postIds = JSON.parse(row.post_ids) as number[]
  return {
    id: String(row.id),
    action: row.action as entity.AccountWarning['action'],
    text: row.text,
    status_ids: postIds.length === 0 ? null : postIds.map(String),
    created_at: dateTime(row.created_at),
    target_account: target,
    appeal: appeal ? { text: appeal.text, state: appeal.state as entity.Appeal['state'] } : null,
  }
}

export function writeSeverance(row: SeveranceRow): entity.RelationshipSeveranceEvent {
  return {
    id: String(row.id),
    type: row.kind as entity.RelationshipSeveranceEvent['type'],
    purged: false,
    target_name: row.target_name,
    followers_count: row.followers_count,
    following_count: row.following_count,
    created_at: dateTime(row.created_at),
  }
}
