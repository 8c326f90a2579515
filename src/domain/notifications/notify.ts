// Tells people of this server what concerns them: which fact concerns whom.
import type { Fact } from '../../model/facts.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'
import {
  notifyOfBoost,
  notifyOfEdit,
  notifyOfEventAnswer,
  notifyOfPollEnd,
  notifyOfPost,
  notifyOfQuote,
} from './notify-of-posts.ts'
import {
  notifyModerators,
  notifyOfFollow,
  notifyOfFollowRequest,
  notifyOfMove,
  takeBackFollow,
} from './notify-of-people.ts'
import { notifyOfSeverances, notifyOfStrike } from './notify-of-moderation.ts'
import { notifyOfReaction, takeBackReaction } from './notify-of-reactions.ts'
import { removeNotification, removeNotificationsFrom } from '../../store/notifications.ts'

export async function notify(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  switch (fact.type) {
    case 'post-published':
      return notifyOfPost(ctx, tx, fact)
    case 'post-edited':
      return notifyOfEdit(ctx, tx, fact)
    case 'post-boosted':
      return notifyOfBoost(ctx, tx, fact)
    case 'boost-undone': {
      const key = { fromId: fact.boost.accountId, kind: 'boost', subjectId: fact.boost.boostOfId ?? 0 }
      return removeNotification(tx, { ...key, accountId: fact.originalAuthorId })
    }
    case 'reaction-added':
      return notifyOfReaction(ctx, tx, fact)
    case 'reaction-undone':
      return takeBackReaction(tx, fact.reaction)
    case 'quote-settled':
      return fact.state === 'accepted' ? notifyOfQuote(ctx, tx, fact) : undefined
    case 'poll-ended':
      return notifyOfPollEnd(ctx, tx, fact)
    case 'event-answered':
      return notifyOfEventAnswer(ctx, tx, fact)
    default:
      return notifyOfPeople(ctx, tx, fact)
  }
}

async function notifyOfPeople(ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  switch (fact.type) {
    case 'follow-requested':
      return notifyOfFollowRequest(ctx, tx, fact)
    case 'follow-accepted':
      return notifyOfFollow(ctx, tx, fact)
    case 'follow-undone':
    case 'follow-rejected':
      return takeBackFollow(tx, fact)
    case 'block-added':
      return removeNotificationsFrom(tx, fact.accountId, fact.targetId)
    case 'account-moved':
      return notifyOfMove(ctx, tx, fact)
    case 'strike-given':
      return notifyOfStrike(ctx, tx, fact)
    case 'account-suspended':
      return notifyOfSeverances(ctx, tx, fact)
    case 'account-created':
    case 'report-filed':
      return notifyModerators(ctx, tx, fact)
    default:
  }
}
