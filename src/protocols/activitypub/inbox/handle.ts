// Which activity is handled by whom, and what becomes of one that arrived.
import { accountOfId, authorOfId } from '../../../domain/federation/find-remote.ts'
import { Refusal } from '../../../model/refusal.ts'
import { parseDocument } from '../signing/structure-guard.ts'
import { readActivity } from '../read/activity.ts'
import { isIgnored } from '../read/reading.ts'
import type { Reach } from '../remote/resolve.ts'
import type { World } from '../world.ts'
import { accept } from './accept.ts'
import { announce } from './announce.ts'
import { invite, join, leave, tentativeAccept } from './attend.ts'
import { block } from './block.ts'
import { create } from './create.ts'
import { remove } from './delete.ts'
import { add, takeAway } from './feature.ts'
import { flag } from './flag.ts'
import { follow } from './follow.ts'
import { forwarded } from './forwarded.ts'
import { lock } from './lock.ts'
import { provenAuthor } from './proven-author.ts'
import { move, relocate } from './move.ts'
import { quoteRequest, replyRequest } from './quote-request.ts'
import { react } from './react.ts'
import type { ActivityJob } from './receive.ts'
import { reject } from './reject.ts'
import { undo } from './undo.ts'
import { update } from './update.ts'
import { ignored } from './work.ts'
import type { Handle, Outcome, Work } from './work.ts'

export const HANDLERS: Readonly<Record<string, Handle>> = {
  Accept: accept,
  Add: add,
  Announce: announce,
  Block: block,
  Create: create,
  Delete: remove,
  Dislike: react,
  EmojiReact: react,
  Flag: flag,
  Follow: follow,
  Invite: invite,
  Join: join,
  Leave: leave,
  Like: react,
  Lock: lock,
  Move: move,
  QuoteRequest: quoteRequest,
  Reject: reject,
  ReplyRequest: replyRequest,
  Remove: takeAway,
  TentativeAccept: tentativeAccept,
  Undo: undo,
  Update: update,
  View: () => Promise.resolve(ignored('views are not counted')),
  Read: () => Promise.resolve(ignored('what others read is not kept')),
  'dfrn:relocate': relocate,
}

/** Handles an activity; a refusal is a reason to ignore it, Unreachable is thrown so that it is tried again. */
export async function dispatch(work: Work): Promise<Outcome> {
  const { types } = work.activity
  const type = types.find((name) => Object.hasOwn(HANDLERS, name))
  const handle = type === undefined ? undefined : HANDLERS[type]
  if (!handle || type === undefined) return ignored(`activities of type ${work.activity.type} are not known`)
  try {
    return await handle({ ...work, activity: { ...work.activity, type } })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'unavailable' || error.code === 'too-many') throw error
    return ignored(error.safeText)
  }
}

/** The job of one activity that arrived and was verified. */
export async function handleActivity(world: World, reach: Reach, job: ActivityJob): Promise<void> {
  const document = parseDocument(Buffer.from(job.body))
  const activity = readActivity(document)
  if (isIgnored(activity)) return
  const authorId =
    activity.actorUri === job.signerUri
      ? job.signerId
      : await provenAuthor({ world, reach }, document, activity)
  const outcome =
    authorId === undefined
      ? await forwarded({ world, reach, activity, actorId: job.signerId })
      : await handleOwn(world, reach, { job: { ...job, signerId: authorId }, activity })
  const known = Object.hasOwn(HANDLERS, activity.type) ? activity.type : 'other'
  world.metrics?.inbox(known, outcome === 'done' ? 'done' : 'ignored')
  if (outcome === 'done') return
  const { type, id, actorUri } = activity
  world.log.debug({ reason: outcome.ignored, type, id, actor: actorUri }, 'an activity was ignored')
}

async function handleOwn(
  world: World,
  reach: Reach,
  { job, activity }: { job: ActivityJob; activity: Work['activity'] },
): Promise<Outcome> {
  const actor = await authorOfId(world, job.signerId)
  if (!actor || actor.deleted_at !== null) return ignored('the actor is gone')
  if (actor.suspended_at !== null && !(await mayEndSuspension(world, actor.id, activity.type)))
    return ignored('the actor is suspended here')
  return dispatch({
    world,
    reach,
    activity,
    actorId: actor.id,
    raw: job.body,
    ...(job.deliveredTo === undefined ? {} : { deliveredTo: job.deliveredTo }),
  })
}

/** Whom we suspended can still go; whom their own server suspended can come back by an Update. */
async function mayEndSuspension(world: World, actorId: number, type: string): Promise<boolean> {
  if (type === 'Delete') return true
  return type === 'Update' && (await accountOfId(world, actorId))?.suspended_by === 'remote'
}
