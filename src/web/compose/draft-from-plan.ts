// What the composer begins with when it goes on with what the server keeps: a draft of another day, or a post for later.
import type { Account, Draft as ServerDraft, ScheduledStatus } from '../../contract/entities.ts'
import { get } from '../api/http.ts'
import { emptyPart, formatOf } from './draft.ts'
import type { Draft, Part, QuotePolicy, Visibility } from './draft.ts'

async function namedPeople(ids: readonly string[]): Promise<Account[]> {
  if (ids.length === 0) return []
  const query = ids.slice(0, 40).map((id) => `id[]=${id}`)
  return get<Account[]>(`/api/v1/accounts?${query.join('&')}`)
}

export async function fromScheduled(
  base: Draft,
  { id, scheduled_at, params, ...rest }: ScheduledStatus,
): Promise<Draft> {
  const poll = params.poll as {
    options: string[]
    expires_in: number
    multiple: boolean
    hide_totals: boolean
  } | null
  const part: Part = {
    ...emptyPart(),
    text: params.text,
    warning: params.spoiler_text ?? '',
    hasWarning: (params.spoiler_text ?? '') !== '',
    sensitive: params.sensitive === true,
    media: rest.media_attachments,
    poll: poll && {
      options: poll.options,
      multiple: poll.multiple,
      expiresIn: poll.expires_in,
      hideTotals: poll.hide_totals,
    },
  }
  return {
    ...base,
    parts: [part],
    visibility: params.audience as Visibility,
    circles: params.circle_ids,
    people: await namedPeople(params.recipient_ids),
    localOnly: params.local_only,
    language: params.language ?? '',
    contentType: formatOf(params.content_type),
    quotePolicy: params.quote_approval_policy,
    scheduledAt: scheduled_at,
    scheduledId: id,
    ...(params.in_reply_to_id === null ? {} : { replyToId: String(params.in_reply_to_id) }),
    ...(params.quoted_status_id === null ? {} : { quoteId: params.quoted_status_id }),
  }
}

export async function fromKept(base: Draft, kept: ServerDraft): Promise<Draft> {
  const parts = kept.posts.map((post): Part => ({
    ...emptyPart(),
    text: post.text,
    warning: post.spoiler_text,
    hasWarning: post.spoiler_text !== '',
    sensitive: post.sensitive,
    media: post.media_attachments,
    poll: post.poll && {
      options: post.poll.options.length > 1 ? post.poll.options : [...post.poll.options, ''],
      multiple: post.poll.multiple,
      expiresIn: post.poll.expires_in,
      hideTotals: post.poll.hide_totals,
    },
  }))
  return {
    ...base,
    parts: parts.length > 0 ? parts : base.parts,
    visibility: kept.visibility as Visibility,
    circles: kept.circle_ids,
    people: await namedPeople(kept.recipient_ids),
    localOnly: kept.local_only,
    language: kept.language ?? '',
    contentType: formatOf(kept.content_type),
    quotePolicy: (kept.quote_approval_policy as QuotePolicy | null) ?? base.quotePolicy,
    serverId: kept.id,
    serverVersion: kept.updated_at,
    ...(kept.in_reply_to_id === null ? {} : { replyToId: kept.in_reply_to_id }),
    ...(kept.quoted_status_id === null ? {} : { quoteId: kept.quoted_status_id }),
  }
}
