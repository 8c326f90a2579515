// What the composer begins with when it is about a post: an answer with its mentions, an edit with its source, a post to write anew.
import type { Status, StatusSource } from '../../contract/entities.ts'
import { get } from '../api/http.ts'
import { me } from '../api/session.ts'
import { emptyPart, formatOf } from './draft.ts'
import type { Draft, Part, QuotePolicy, Visibility } from './draft.ts'

export const RANK: Record<Visibility, number> = {
  public: 0,
  unlisted: 1,
  private: 2,
  circles: 3,
  people: 3,
  direct: 4,
}

/** An answer is never for more people than what it answers. */
function narrower(one: Visibility, other: Visibility): Visibility {
  return RANK[one] >= RANK[other] ? one : other
}

function mentionsFor(status: Status): string {
  const own = me.value.acct
  const names = new Set([status.account.acct, ...status.mentions.map((mention) => mention.acct)])
  names.delete(own)
  return [...names].map((name) => `@${name} `).join('')
}

function fromStatus(base: Draft, status: Status, source: Omit<StatusSource, 'id'>): Draft {
  const { poll } = status
  const [automatic] = status.quote_approval.automatic as QuotePolicy[]
  const part: Part = {
    ...emptyPart(),
    text: source.text,
    warning: source.spoiler_text,
    hasWarning: source.spoiler_text !== '',
    sensitive: status.sensitive && source.spoiler_text === '',
    media: status.media_attachments,
    poll: poll && {
      options: poll.options.map((option) => option.title),
      multiple: poll.multiple,
      expiresIn: 86_400,
      hideTotals: false,
    },
  }
  return {
    ...base,
    parts: [part],
    visibility: status.visibility,
    localOnly: status.local_only === true,
    language: status.language ?? '',
    contentType: formatOf(source.content_type),
    quotePolicy: automatic ?? 'nobody',
  }
}

export async function fromEdit(base: Draft, status: Status): Promise<Draft> {
  const source = await get<StatusSource>(`/api/v1/statuses/${status.id}/source`)
  return { ...fromStatus(base, status, source), editId: status.id }
}

export function fromRedraft(base: Draft, status: Status, circles: string[]): Draft {
  const source = { text: status.text ?? '', spoiler_text: status.spoiler_text }
  const made = fromStatus(base, status, source)
  const quoted = status.quote && 'quoted_status' in status.quote ? status.quote.quoted_status?.id : undefined
  return {
    ...made,
    contentType: base.contentType,
    ...(circles.length > 0 ? { visibility: 'circles' as const, circles } : {}),
    ...(status.in_reply_to_id === null ? {} : { replyToId: status.in_reply_to_id }),
    ...(quoted === undefined ? {} : { quoteId: quoted }),
  }
}

export function fromReply(base: Draft, status: Status): Draft {
  const part: Part = {
    ...(base.parts[0] as Part),
    text: mentionsFor(status),
    warning: status.spoiler_text,
    hasWarning: status.spoiler_text !== '',
  }
  return {
    ...base,
    parts: [part],
    visibility: narrower(base.visibility, status.visibility),
    localOnly: status.local_only === true,
    replyToId: status.id,
  }
}
