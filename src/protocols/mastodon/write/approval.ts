// Who may quote a post and who may answer it, as the client API shows it.
import type * as entity from '../../../contract/entities.ts'
import { mayAsk, mayUnasked } from '../../../model/approval.ts'
import type { Approval } from '../../../model/approval.ts'
import { isOpen } from '../../../model/audience.ts'
import type { Audience } from '../../../model/audience.ts'
import type { PostView } from '../../../model/post-view.ts'

type Answer = 'automatic' | 'manual' | 'denied'

function quotePolicyOf({ post }: PostView): Approval {
  return isOpen(post.audience as Audience) ? (post.quote_policy as Approval) : 'nobody'
}

function writeApproval(approval: Approval): Pick<entity.QuoteApproval, 'automatic' | 'manual'> {
  const followers = mayUnasked(approval, true) ? ['followers'] : []
  return {
    automatic: approval === 'public' ? ['public'] : followers,
    manual: mayAsk(approval) ? ['public'] : [],
  }
}

/** `slot` stands where the answer for each reader is filled in later. */
export function quoteApproval(
  view: PostView,
  viewerId: number | undefined,
  slot: string | undefined,
): entity.QuoteApproval {
  const current_user = (slot as Answer | undefined) ?? mayQuote(view, viewerId)
  return { ...writeApproval(quotePolicyOf(view)), current_user }
}

/** Whether the reader may quote the post at once, or once its author agrees. */
export function mayQuote(view: PostView, viewerId: number | undefined): Answer {
  if (viewerId === undefined) return 'denied'
  const policy = quotePolicyOf(view)
  if (viewerId === view.post.account_id || mayUnasked(policy, view.follows)) return 'automatic'
  return mayAsk(policy) ? 'manual' : 'denied'
}

/** There only where not everybody may reply, as an extension of the API. */
export function replyApproval(
  view: PostView,
  viewerId: number | undefined,
): Pick<entity.Status, 'reply_approval'> {
  if (!limitsReplies(view)) return {}
  const approval: Approval = view.post.comments_closed === 1 ? 'nobody' : (view.post.reply_policy as Approval)
  return { reply_approval: { ...writeApproval(approval), current_user: mayReply(view, viewerId, approval) } }
}

export function limitsReplies({ post }: PostView): boolean {
  return post.comments_closed === 1 || post.reply_policy !== 'public'
}

/** Whom a post mentions may always answer it, except where comments are closed. */
function mayReply(view: PostView, viewerId: number | undefined, approval: Approval): Answer {
  if (viewerId === undefined || view.post.comments_closed === 1) return 'denied'
  const isNamed = view.post.account_id === viewerId || view.mentions.some((one) => one.accountId === viewerId)
  if (isNamed || mayUnasked(approval, view.follows)) return 'automatic'
  return mayAsk(approval) ? 'manual' : 'denied'
}
