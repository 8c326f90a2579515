// Lets our groups spread what was posted to them: by a plain boost, and by FEP-1b12's Announce of the whole activity.
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import { isOpen } from '../../../model/audience.ts'
import type { Audience } from '../../../model/audience.ts'
import type { Recipients } from '../../../domain/federation/deliveries.ts'
import type { AccountAddress, Post } from '../../../domain/federation/outgoing-rows.ts'
import { PUBLIC } from '../wire.ts'
import { writeAnnounce } from '../write/activity.ts'
import type { Document } from '../write/types.ts'
import { localSpeaker, tell } from './tell.ts'

/** What a group spreads: a post by its id, or an activity whole. */
export interface GroupNews {
  objectUri?: string
  activity?: Document
}

/** A post to one of our groups, whoever wrote it; posts which not everyone may see go to members alone. */
export async function announcePost(
  ctx: Context,
  tx: Tx,
  post: Post,
  create: Document | undefined,
): Promise<void> {
  if (post.group_id === null || post.account_id === post.group_id) return
  if (!isOpen(post.audience as Audience)) {
    if (post.audience === 'group' && post.local === 0) await announcePrivately(ctx, tx, post)
    return
  }
  await announceInGroup(ctx, tx, post.group_id, {
    ...(post.in_reply_to_id === null ? { objectUri: post.uri } : {}),
    ...(create === undefined ? {} : { activity: create }),
  })
}

/** Spreads news among the followers and members of a group of ours; any other group is left alone. */
export async function announceInGroup(ctx: Context, tx: Tx, groupId: number, news: GroupNews): Promise<void> {
  const group = await localSpeaker(tx, groupId)
  if (!group) return
  const recipients: Recipients = { followersOf: [groupId], membersOf: groupId }
  if (news.activity !== undefined) {
    const { '@context': _, ...activity } = news.activity
    await tell(ctx, tx, { accountId: groupId, activity: announce(ctx, group, activity), recipients })
  }
  if (news.objectUri !== undefined) {
    await tell(ctx, tx, { accountId: groupId, activity: announce(ctx, group, news.objectUri), recipients })
  }
}

function announce(ctx: Context, group: AccountAddress, object: Document | string): Document {
  const id = ctx.urls.activity('announce', ctx.ids.next())
  const addressing = { to: [PUBLIC], cc: group.followersUri === null ? [] : [group.followersUri] }
  const envelope = { id, actor: group.uri, addressing, publishedAt: ctx.clock.now() }
  return typeof object === 'string'
    ? writeAnnounce(envelope, object)
    : { ...writeAnnounce(envelope, ''), object }
}

async function announcePrivately(ctx: Context, tx: Tx, post: Post): Promise<void> {
  const group = post.group_id === null ? undefined : await localSpeaker(tx, post.group_id)
  if (!group || group.followersUri === null) return
  const id = ctx.urls.activity('announce', ctx.ids.next())
  const addressing = { to: [group.followersUri], cc: [] }
  const activity = writeAnnounce({ id, actor: group.uri, addressing, publishedAt: ctx.clock.now() }, post.uri)
  await tell(ctx, tx, { accountId: group.id, activity, recipients: { membersOf: group.id } })
}
