// Reads who may answer a post, and whether its comments are closed.
import { toApproval } from '../../../model/approval.ts'
import type { Approval } from '../../../model/approval.ts'
import { asArray, booleanOf, idsOf, isObject, isPublic, member } from '../wire.ts'

/** What GoToSocial's `interactionPolicy` says about one thing, in both its spellings; undefined where it says nothing. */
export function readApproval(object: unknown, what: 'canReply' | 'canQuote'): Approval | undefined {
  const can = member(member(object, 'interactionPolicy'), what)
  if (can === undefined) return undefined
  const automatic = asArray(member(can, 'automaticApproval') ?? member(can, 'always'), 50)
  const manual = asArray(member(can, 'manualApproval') ?? member(can, 'approvalRequired'), 50)
  const isAsking = manual.some(isPublic) || hasFollowers(manual)
  if (automatic.some(isPublic)) return 'public'
  return toApproval(hasFollowers(automatic) ? 'followers' : 'nobody', isAsking)
}

function hasFollowers(approved: unknown[]): boolean {
  return idsOf(approved, 50).some((uri) => /\/followers(?:[/?]|$)/.test(uri))
}

export function readReplyPolicy(object: unknown): Approval {
  return readApproval(object, 'canReply') ?? 'public'
}

/** PeerTube's switch and policy, Lemmy's lock, Mobilizon's and Pixelfed's ways; undefined where nothing is said. */
export function areCommentsClosed(object: unknown): boolean | undefined {
  const enabled = booleanOf(member(object, 'commentsEnabled'))
  const locked = booleanOf(member(object, 'locked'))
  if (enabled === false || locked === true || member(object, 'commentsPolicy') === 2) return true
  const capabilities = member(object, 'capabilities')
  if (isObject(capabilities) && Object.hasOwn(capabilities, 'reply'))
    return asArray(capabilities['reply'], 1).length === 0
  return enabled === undefined && locked === undefined ? undefined : false
}
