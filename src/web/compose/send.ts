// Sends what was written: one post, a thread in its order, an edit, or a post for later.
import type { ScheduledStatus, Status } from '../../contract/entities.ts'
import { eachFeed } from '../api/feed.ts'
import { call } from '../api/http.ts'
import { findPost, keepPost } from '../api/posts.ts'
import { hasContent } from './draft.ts'
import type { Draft, Part } from './draft.ts'
import { composed } from './sent.ts'

export type Sent = { status: Status } | { scheduled: ScheduledStatus }

function writingOf(now: Draft, part: Part): Record<string, unknown> {
  const { poll } = part
  return {
    status: part.text,
    content_type: now.contentType,
    spoiler_text: part.hasWarning ? part.warning : '',
    sensitive: part.sensitive,
    ...(now.language === '' ? {} : { language: now.language }),
    quote_approval_policy: now.quotePolicy,
    media_ids: part.media.map((media) => media.id),
    media_attributes: part.media.map((media) => ({
      id: media.id,
      description: media.description ?? '',
      ...(media.meta?.focus ? { focus: `${media.meta.focus.x},${media.meta.focus.y}` } : {}),
    })),
    ...(poll && part.media.length === 0
      ? {
          poll: {
            options: poll.options.filter((option) => option.trim() !== ''),
            multiple: poll.multiple,
            expires_in: poll.expiresIn,
            hide_totals: poll.hideTotals,
          },
        }
      : {}),
  }
}

function bodyOf(now: Draft, part: Part, replyTo: string | undefined): Record<string, unknown> {
  const isFirst = now.parts[0] === part || now.parts[0]?.key === part.key
  return {
    ...writingOf(now, part),
    visibility: now.visibility,
    ...(now.visibility === 'circles' ? { circle_ids: now.circles } : {}),
    ...(now.visibility === 'people' ? { recipient_ids: now.people.map((person) => person.id) } : {}),
    ...(now.localOnly ? { local_only: true } : {}),
    ...(replyTo === undefined ? {} : { in_reply_to_id: replyTo }),
    ...(now.quoteId !== undefined && isFirst ? { quoted_status_id: now.quoteId } : {}),
    ...(now.scheduledAt === '' ? {} : { scheduled_at: now.scheduledAt }),
  }
}

function show(status: Status, now: Draft): void {
  keepPost(status)
  eachFeed((feed) => {
    if (feed.key === 'home') feed.add(status, true)
  })
  const answered = now.replyToId === status.in_reply_to_id && status.in_reply_to_id !== null
  const parent = answered ? findPost(status.in_reply_to_id as string)?.peek() : undefined
  if (parent) keepPost({ ...parent, replies_count: parent.replies_count + 1 })
  composed.value += 1
}

/** What a thread sends: empty posts at its end are left out. */
export function partsToSend(now: Draft): Part[] {
  const parts = now.parts.filter((part, index) => index === 0 || hasContent(part))
  return parts.filter((part) => part.sentId === undefined)
}

async function sendLater(now: Draft, part: Part): Promise<Sent> {
  const body = bodyOf(now, part, now.replyToId)
  if (now.scheduledId !== undefined)
    return {
      scheduled: await call<ScheduledStatus>('PUT', `/api/v1/scheduled_statuses/${now.scheduledId}`, {
        body,
      }),
    }
  const headers = { 'idempotency-key': part.key }
  return { scheduled: await call<ScheduledStatus>('POST', '/api/v1/statuses', { body, headers }) }
}

async function saveEdit(now: Draft, part: Part): Promise<Sent> {
  const path = `/api/v1/statuses/${now.editId ?? ''}`
  const status = await call<Status>('PUT', path, { body: writingOf(now, part) })
  keepPost(status)
  composed.value += 1
  return { status }
}

/**
 * Publishes what is not published yet; `onSent` hears of each post of a thread, so that a later try goes on after it.
 * Throws ApiError.
 */
export async function send(now: Draft, onSent: (key: string, id: string) => void): Promise<Sent> {
  const parts = partsToSend(now)
  const [first] = parts
  if (first && now.editId !== undefined) return saveEdit(now, first)
  if (first && now.scheduledAt !== '') return sendLater(now, first)
  let before = now.parts.findLast((part) => part.sentId !== undefined)?.sentId ?? now.replyToId
  let published: Status | undefined
  for (const part of parts) {
    const headers = { 'idempotency-key': part.key }
    const status = await call<Status>('POST', '/api/v1/statuses', {
      body: bodyOf(now, part, before),
      headers,
    })
    onSent(part.key, status.id)
    show(status, now)
    before = status.id
    published ??= status
  }
  if (!published) throw new Error('there is nothing to send')
  return { status: published }
}
