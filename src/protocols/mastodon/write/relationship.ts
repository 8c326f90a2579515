// How the signed-in user stands to another account, as the client API shows it.
import type * as entity from '../../../contract/entities.ts'
import type { Relation } from '../../../model/relation.ts'
import { dateTimeSeconds } from './time.ts'

export function writeRelationship(relation: Relation): entity.Relationship {
  const { following, followedBy, muting } = relation
  const accepted = following?.accepted === true
  return {
    id: String(relation.accountId),
    following: accepted,
    showing_reblogs: accepted && following.showBoosts,
    notifying: accepted && following.notify,
    languages: accepted ? following.languages : null,
    followed_by: followedBy?.accepted === true,
    blocking: relation.blocking,
    blocked_by: relation.blockedBy,
    muting: muting !== undefined,
    muting_notifications: muting?.hideNotifications === true,
    muting_expires_at: muting?.expiresAt == null ? null : dateTimeSeconds(muting.expiresAt),
    requested: following !== undefined && !accepted,
    requested_by: followedBy !== undefined && !followedBy.accepted,
    domain_blocking: relation.domainBlocking,
    endorsed: relation.endorsed,
    note: relation.note,
  }
}
