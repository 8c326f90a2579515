// What the composer begins with: an empty post, an answer with its mentions, an edit with its source, a draft to go on with.
import type {
  Account,
  Draft as ServerDraft,
  ScheduledStatus,
  Status,
  StatusSource,
} from '../../contract/entities.ts'
import { get, withQuery } from '../api/http.ts'
import { findPost } from '../api/posts.ts'
import { me, preferences } from '../api/session.ts'
import { emptyDraft, emptyPart } from './draft.ts'
import type { ContentType, Draft, Part, QuotePolicy, Start, Visibility } from './draft.ts'
import { draftToGoOn, storedDraft } from './draft-store.ts'
import type { ComposeRequest } from './open.ts'

/** Posts that are shown beside what is written. */
export interface Targets {
  replyTo?: Status
  quote?: Status
  edit?: Status
}

export interface Beginning {
  draft: Draft
  targets: Targets
  start: Start
  /** It was left unfinished earlier. */
  isRestored: boolean
}

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

function baseDraft(request: ComposeRequest): Draft {
  const wishes = preferences.value
  const draft = emptyDraft()
  const part = { ...emptyPart(), sensitive: wishes['posting:default:sensitive'] }
  return {
    ...draft,
    parts: [part],
    visibility: request.visibility ?? wishes['posting:default:visibility'],
    circles: request.circles ?? [],
    language: wishes['posting:default:language'] ?? '',
    quotePolicy: wishes['posting:default:quote_policy'],
  }
}

function formatOf(type: string | undefined): ContentType {
  return type === 'text/markdown' ? 'text/markdown' : 'text/plain'
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

async function fromEdit(base: Draft, status: Status): Promise<Draft> {
  const source = await get<StatusSource>(`/api/v1/statuses/${status.id}/source`)
  return { ...fromStatus(base, status, source), editId: status.id }
}

function fromRedraft(base: Draft, status: Status, circles: string[]): Draft {
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

function fromReply(base: Draft, status: Status): Draft {
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

async function namedPeople(ids: readonly string[]): Promise<Account[]> {
  if (ids.length === 0) return []
  const query = ids.slice(0, 40).map((id) => `id[]=${id}`)
  return get<Account[]>(`/api/v1/accounts?${query.join('&')}`)
}

async function fromScheduled(
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

async function fromKept(base: Draft, kept: ServerDraft): Promise<Draft> {
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

async function freshDraft(request: ComposeRequest): Promise<Draft> {
  const base = baseDraft(request)
  if (request.edit) return fromEdit(base, request.edit)
  if (request.redraft) return fromRedraft(base, request.redraft, request.circles ?? [])
  if (request.scheduled) return fromScheduled(base, request.scheduled)
  if (request.kept) return fromKept(base, request.kept)
  if (request.replyTo) return fromReply(base, request.replyTo)
  const text = request.text ?? ''
  const parts = base.parts.map((part) => ({ ...part, text }))
  return request.quote ? { ...base, parts, quoteId: request.quote.id } : { ...base, parts }
}

function aboutRequest(request: ComposeRequest): string {
  if (request.edit) return `edit ${request.edit.id}`
  if (request.scheduled) return `scheduled ${request.scheduled.id}`
  if (request.replyTo) return `reply ${request.replyTo.id}`
  return request.quote ? `quote ${request.quote.id}` : 'new'
}

async function left(request: ComposeRequest): Promise<Draft | undefined> {
  if (request.uid !== undefined) return storedDraft(request.uid)?.draft
  const isNew = request.redraft || request.kept || request.text !== undefined || request.visibility
  return isNew ? undefined : (await draftToGoOn(aboutRequest(request)))?.draft
}

async function postOf(id: string | undefined, known: Status | undefined): Promise<Status | undefined> {
  if (id === undefined) return undefined
  const seen = known?.id === id ? known : findPost(id)?.peek()
  // A post that is gone meanwhile takes nothing from what was written.
  return seen ?? get<Status>(withQuery(`/api/v1/statuses/${id}`, {})).catch(() => undefined)
}

async function targetsOf(draft: Draft, request: ComposeRequest): Promise<Targets> {
  const [replyTo, quote, edit] = await Promise.all([
    postOf(draft.replyToId, request.replyTo),
    postOf(draft.quoteId, request.quote),
    postOf(draft.editId, request.edit),
  ])
  return { ...(replyTo ? { replyTo } : {}), ...(quote ? { quote } : {}), ...(edit ? { edit } : {}) }
}

/** Throws ApiError when the source of an edited post cannot be had. */
export async function begin(request: ComposeRequest): Promise<Beginning> {
  const kept = await left(request)
  const draft = kept ?? (await freshDraft(request))
  const isFilled = kept !== undefined || request.redraft !== undefined || request.kept !== undefined
  const isChange = kept === undefined && (request.edit !== undefined || request.scheduled !== undefined)
  const start: Start = {
    text: isFilled ? '' : (draft.parts[0]?.text ?? ''),
    ...(isChange ? { parts: JSON.stringify(draft.parts) } : {}),
  }
  return { draft, targets: await targetsOf(draft, request), start, isRestored: kept !== undefined }
}
