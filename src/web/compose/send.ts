// Sends what was written.
import type { Status } from '../../contract/entities.ts'
import { eachFeed } from '../api/feed.ts'
import { call } from '../api/http.ts'
import { keepPost } from '../api/posts.ts'
import type { Draft } from './draft.ts'
import type { ComposeRequest } from './open.ts'
import { composed } from './sent.ts'

function bodyOf(draft: Draft, request: ComposeRequest): Record<string, unknown> {
  const { poll } = draft
  return {
    status: draft.text,
    spoiler_text: draft.hasWarning ? draft.warning : '',
    sensitive: draft.sensitive,
    ...(draft.language === '' ? {} : { language: draft.language }),
    media_ids: draft.media.map((media) => media.id),
    media_attributes: draft.media.map((media) => ({
      id: media.id,
      description: media.description ?? '',
      ...(media.meta?.focus ? { focus: `${media.meta.focus.x},${media.meta.focus.y}` } : {}),
    })),
    ...(poll && draft.media.length === 0
      ? {
          poll: {
            options: poll.options.filter((option) => option.trim() !== ''),
            multiple: poll.multiple,
            expires_in: poll.expiresIn,
          },
        }
      : {}),
    ...(request.edit
      ? {}
      : {
          visibility: draft.visibility,
          ...(draft.localOnly ? { local_only: true } : {}),
          ...(request.replyTo ? { in_reply_to_id: request.replyTo.id } : {}),
          ...(request.quote ? { quoted_status_id: request.quote.id } : {}),
        }),
  }
}

/** Publishes a post, or saves an edit; throws ApiError. */
export async function send(draft: Draft, request: ComposeRequest): Promise<Status> {
  const body = bodyOf(draft, request)
  const status = request.edit
    ? await call<Status>('PUT', `/api/v1/statuses/${request.edit.id}`, { body })
    : await call<Status>('POST', '/api/v1/statuses', {
        body,
        headers: { 'idempotency-key': draft.idempotency },
      })
  keepPost(status)
  if (!request.edit)
    eachFeed((feed) => {
      if (feed.key === 'home') feed.add(status, true)
    })
  if (request.replyTo) {
    const { replyTo } = request
    keepPost({ ...replyTo, replies_count: replyTo.replies_count + 1 })
  }
  composed.value += 1
  return status
}
