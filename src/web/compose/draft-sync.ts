// Keeps drafts on the server as well, so that one can go on writing on another device.
import type { Draft as ServerDraft } from '../../contract/entities.ts'
import { ApiError, call } from '../api/http.ts'
import type { Draft, Part } from './draft.ts'
import { storeDraft, storedDraft } from './draft-store.ts'

function pollOf({ poll }: Part): unknown {
  return poll
    ? {
        options: poll.options,
        multiple: poll.multiple,
        expires_in: poll.expiresIn,
        hide_totals: poll.hideTotals,
      }
    : undefined
}

function bodyOf(now: Draft): Record<string, unknown> {
  return {
    posts: now.parts
      .filter((part) => part.sentId === undefined)
      .map((part) => ({
        text: part.text,
        spoiler_text: part.hasWarning ? part.warning : '',
        sensitive: part.sensitive,
        media_ids: part.media.map((media) => media.id),
        poll: pollOf(part),
      })),
    content_type: now.contentType,
    language: now.language,
    visibility: now.visibility,
    local_only: now.localOnly,
    circle_ids: now.circles,
    recipient_ids: now.people.map((person) => person.id),
    in_reply_to_id: now.replyToId,
    quoted_status_id: now.quoteId,
    quote_approval_policy: now.quotePolicy,
  }
}

interface Known {
  serverId: string
  serverVersion: string
}

/** What the server made of each draft, by its name here. */
const known = new Map<string, Known>()

function knownOf(now: Draft): Known | undefined {
  const { serverId, serverVersion } = now
  const before =
    serverId === undefined || serverVersion === undefined ? undefined : { serverId, serverVersion }
  return known.get(now.uid) ?? before
}

async function put(now: Draft): Promise<ServerDraft> {
  const before = knownOf(now)
  const body = { ...bodyOf(now), ...(before ? { updated_at: before.serverVersion } : {}) }
  if (!before) return call<ServerDraft>('POST', '/api/v1/drafts', { body })
  try {
    return await call<ServerDraft>('PUT', `/api/v1/drafts/${before.serverId}`, { body })
  } catch (error) {
    // Changed or thrown away elsewhere: both versions are kept.
    const isOther = error instanceof ApiError && (error.status === 409 || error.status === 404)
    if (isOther) return call<ServerDraft>('POST', '/api/v1/drafts', { body })
    throw error
  }
}

/** Saves go one after another. */
let last: Promise<unknown> = Promise.resolve()

/** Done when nothing is on its way to the server any more. */
export async function draftsSaved(): Promise<void> {
  await last
}

/** What the server cannot take now stays in this browser, and is offered again later. */
export function saveDraft(now: Draft): Promise<void> {
  const { uid } = now
  const work = async (): Promise<void> => {
    // Edits of what is published or scheduled belong to what they change.
    if (now.editId !== undefined || now.scheduledId !== undefined) return
    const kept = await put(now)
    const there = { serverId: kept.id, serverVersion: kept.updated_at }
    known.set(uid, there)
    // Published or thrown away meanwhile: it must not come back.
    const here = storedDraft(uid)
    if (here) storeDraft({ ...here.draft, ...there }, here.draft !== now && isNewer(here.draft, now))
  }
  const done = last.then(work, work)
  last = done.catch(() => undefined)
  return done.catch(() => undefined)
}

function isNewer(here: Draft, sent: Draft): boolean {
  return JSON.stringify(here.parts) !== JSON.stringify(sent.parts)
}

/** Throws it away on the server, once nothing is on its way there. */
export async function dropServerDraft(now: Draft): Promise<void> {
  await last
  const serverId = knownOf(now)?.serverId
  if (serverId !== undefined) await call('DELETE', `/api/v1/drafts/${serverId}`).catch(() => undefined)
}
