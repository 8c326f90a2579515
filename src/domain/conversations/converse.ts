// Gathers direct posts into private conversations, one for each participant of this server.
import type { Fact } from '../../model/facts.ts'
import {
  endConversationWith,
  findLastDirectPost,
  listConversationsEndingWith,
  putConversations,
} from '../../store/conversations.ts'
import { listNotificationReaders } from '../../store/notification-readers.ts'
import { afterCommit } from '../../store/open.ts'
import type { Context } from '../context.ts'
import { toldPost } from '../posts/told-post.ts'
import type { ToldPost } from '../posts/told-post.ts'
import type { Tx } from '../ports.ts'

export async function converse(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  if (fact.type === 'post-published' || fact.type === 'post-edited') {
    const told = await toldPost(tx, fact, fact.postId)
    if (told?.post.audience === 'direct') await addPost(ctx, tx, told)
  } else if (fact.type === 'post-deleted' && fact.post.audience === 'direct') {
    await stepBack(tx, fact.post.id, [fact.post.accountId, ...fact.post.recipientIds])
  }
}

async function addPost(ctx: Context, tx: Tx, { post, author, recipients }: ToldPost): Promise<void> {
  const everyone = [author.id, ...recipients.map((recipient) => recipient.accountId)]
  const here = recipients.filter((recipient) => recipient.isLocal).map((recipient) => recipient.accountId)
  const readers = await listNotificationReaders(tx, here, {
    id: author.id,
    domain: author.domain,
    threadId: post.thread_id,
    now: ctx.clock.now(),
  })
  const open = readers.filter((reader) => !reader.blocks && !reader.blockedBy)
  const accountIds = open.map((reader) => reader.accountId)
  if (author.domain === '') accountIds.push(author.id)
  const changed = await putConversations(
    tx,
    accountIds.map((accountId) => ({
      id: ctx.ids.next(),
      accountId,
      threadId: post.thread_id,
      postId: post.id,
      participantIds: everyone.filter((id) => id !== accountId),
      unread: accountId !== author.id,
    })),
  )
  afterCommit(tx, () => {
    for (const { accountId, id } of changed) {
      ctx.live.publish(`direct:${accountId}`, { event: 'conversation', id })
    }
  })
}

/** Conversations that ended with a deleted post end with the one before it. */
async function stepBack(tx: Tx, postId: number, accountIds: readonly number[]): Promise<void> {
  for (const conversation of await listConversationsEndingWith(tx, postId, accountIds)) {
    const last = await findLastDirectPost(tx, conversation.threadId, conversation.accountId)
    await endConversationWith(tx, conversation.id, last)
  }
}
