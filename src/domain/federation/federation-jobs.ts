// The jobs about accounts and servers elsewhere that need no network: who does what.
import { ACCOUNTS_QUEUE, CLEAR_ACCOUNT, clearAccount } from '../accounts/remove-remote-account.ts'
import { FOLLOW_MOVED, followMoved } from '../accounts/receive-move.ts'
import { applyPolicies, applyPolicy } from '../moderation/apply-policies.ts'
import { APPLY_POLICY, POLICY_QUEUE } from '../moderation/domain-policies.ts'
import type { ApplyPolicyJob } from '../moderation/domain-policies.ts'
import { APPLY_POLICIES } from '../moderation/take-policies.ts'
import type { DomainJob } from '../posts/post-jobs.ts'

export const FEDERATION_JOBS: readonly DomainJob[] = [
  {
    kind: CLEAR_ACCOUNT,
    queue: ACCOUNTS_QUEUE,
    run: (ctx, payload) => clearAccount(ctx, (payload as { accountId: number }).accountId),
  },
  {
    kind: FOLLOW_MOVED,
    queue: ACCOUNTS_QUEUE,
    run: (ctx, payload) => followMoved(ctx, payload as { accountId: number; targetId: number }),
  },
  {
    kind: APPLY_POLICY,
    queue: POLICY_QUEUE,
    run: (ctx, payload) => applyPolicy(ctx, payload as ApplyPolicyJob),
  },
  { kind: APPLY_POLICIES, queue: POLICY_QUEUE, run: (ctx) => applyPolicies(ctx) },
]
