// What the composer begins with: an empty post, an answer with its mentions, an edit with its source.
import type { Status, StatusSource } from '../../contract/entities.ts'
import { get } from '../api/http.ts'
import { me, preferences } from '../api/session.ts'
import { emptyDraft } from './draft.ts'
import type { Draft } from './draft.ts'
import type { ComposeRequest } from './open.ts'

const RANK: Record<Status['visibility'], number> = { public: 0, unlisted: 1, private: 2, direct: 3 }

/** An answer is never for more people than what it answers. */
function narrower(one: Status['visibility'], other: Status['visibility']): Status['visibility'] {
  return RANK[one] >= RANK[other] ? one : other
}

export function draftKey(request: ComposeRequest): string {
  if (request.edit) return `edit ${request.edit.id}`
  if (request.replyTo) return `reply ${request.replyTo.id}`
  if (request.quote) return `quote ${request.quote.id}`
  return 'new'
}

function mentionsFor(status: Status): string {
  const own = me.value.acct
  const names = new Set([status.account.acct, ...status.mentions.map((mention) => mention.acct)])
  names.delete(own)
  return [...names].map((name) => `@${name} `).join('')
}

function fromStatus(base: Draft, status: Status, source: { text: string; spoiler_text: string }): Draft {
  return {
    ...base,
    text: source.text,
    warning: source.spoiler_text,
    hasWarning: source.spoiler_text !== '',
    visibility: status.visibility,
    sensitive: status.sensitive,
    language: status.language ?? '',
    media: status.media_attachments,
    poll: status.poll
      ? {
          options: status.poll.options.map((option) => option.title),
          multiple: status.poll.multiple,
          expiresIn: 86_400,
        }
      : null,
  }
}

/** Throws ApiError when the source of an edited post cannot be had. */
export async function startDraft(request: ComposeRequest): Promise<Draft> {
  const wishes = preferences.value
  const base: Draft = {
    ...emptyDraft(draftKey(request)),
    visibility: request.visibility ?? wishes['posting:default:visibility'],
    language: wishes['posting:default:language'] ?? '',
    sensitive: wishes['posting:default:sensitive'],
  }
  if (request.edit) {
    const source = await get<StatusSource>(`/api/v1/statuses/${request.edit.id}/source`)
    return fromStatus(base, request.edit, source)
  }
  if (request.redraft)
    return fromStatus(base, request.redraft, {
      text: request.redraft.text ?? '',
      spoiler_text: request.redraft.spoiler_text,
    })
  if (request.replyTo) {
    const { replyTo } = request
    return {
      ...base,
      text: mentionsFor(replyTo),
      visibility: narrower(base.visibility, replyTo.visibility),
      warning: replyTo.spoiler_text,
      hasWarning: replyTo.spoiler_text !== '',
    }
  }
  return { ...base, text: request.text ?? '' }
}
