// Notes what is needed of a post after its row is gone.
import type { DeletedPost } from '../../model/facts.ts'
import type { Post } from '../../model/post.ts'

/** What a row alone tells about a post that goes. */
export function describeRow(post: Post): DeletedPost {
  return {
    id: post.id,
    uri: post.uri,
    accountId: post.account_id,
    local: post.local === 1,
    localOnly: post.local_only === 1,
    audience: post.audience,
    threadId: post.thread_id,
    boostOfId: post.boost_of_id,
    inReplyToAccountId: post.in_reply_to_account_id,
    groupId: post.group_id,
    recipientIds: [],
    tagNames: [],
  }
}
