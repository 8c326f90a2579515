// Who may do something with a post: at once, or once its author agrees.

/** `asked`: anybody once the author agrees; `followers-asked`: followers at once, others once the author agrees. */
export type Approval = 'public' | 'followers' | 'asked' | 'followers-asked' | 'nobody'

export function mayUnasked(approval: Approval, follows: boolean): boolean {
  return approval === 'public' || (follows && (approval === 'followers' || approval === 'followers-asked'))
}

export function mayAsk(approval: Approval): boolean {
  return approval === 'asked' || approval === 'followers-asked'
}

export function toApproval(automatic: 'public' | 'followers' | 'nobody', isAsking: boolean): Approval {
  if (automatic === 'public' || !isAsking) return automatic
  return automatic === 'followers' ? 'followers-asked' : 'asked'
}
