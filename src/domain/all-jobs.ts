// The list of all work that the domain puts off; whoever builds the house registers it with its job runner.
import { localAccountJobs } from './accounts/clear-local-account.ts'
import { BLOCKED_DOMAINS_QUEUE, END_DOMAIN_FOLLOWS, endDomainFollows } from './follows/block-domain.ts'
import { REMOVE_SUSPENDED, removeSuspended } from './moderation/delete-suspended.ts'
import { MODERATE_POSTS, MODERATION_QUEUE, moderatePosts } from './moderation/moderate-account.ts'
import type { PostsJob } from './moderation/moderate-account.ts'
import { postJobs } from './posts/post-jobs.ts'
import type { DomainJob } from './posts/post-jobs.ts'
import { importJobs } from './portability/csv/import-lists.ts'
import { PUBLISH_SCHEDULED, SCHEDULE_QUEUE, publishScheduled } from './schedule/publish-scheduled.ts'
import { letterJobs } from './sign-in/letters.ts'
import { trendJobs } from './trends/find-trends.ts'

const followJobs: readonly DomainJob[] = [
  {
    kind: END_DOMAIN_FOLLOWS,
    queue: BLOCKED_DOMAINS_QUEUE,
    run: (ctx, payload) => {
      const { accountId, domain } = payload as { accountId: number; domain: string }
      return endDomainFollows(ctx, accountId, domain)
    },
  },
]

const scheduleJobs: readonly DomainJob[] = [
  {
    kind: PUBLISH_SCHEDULED,
    queue: SCHEDULE_QUEUE,
    run: (ctx, payload) => publishScheduled(ctx, (payload as { id: number }).id),
  },
]

const moderationJobs: readonly DomainJob[] = [
  {
    kind: MODERATE_POSTS,
    queue: MODERATION_QUEUE,
    run: (ctx, payload) => moderatePosts(ctx, payload as PostsJob),
  },
  {
    kind: REMOVE_SUSPENDED,
    queue: MODERATION_QUEUE,
    run: (ctx, payload) => removeSuspended(ctx, (payload as { accountId: number }).accountId),
  },
]

export const allJobs: readonly DomainJob[] = [
  ...postJobs,
  ...letterJobs,
  ...localAccountJobs,
  ...trendJobs,
  ...followJobs,
  ...scheduleJobs,
  ...importJobs,
  ...moderationJobs,
]
