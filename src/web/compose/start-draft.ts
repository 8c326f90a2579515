// Decides what the composer begins with: what was left unfinished, or something fresh for what was asked.
import type { Status } from '../../contract/entities.ts'
import { get, withQuery } from '../api/http.ts'
import { findPost } from '../api/posts.ts'
import { preferences } from '../api/session.ts'
import { emptyDraft, emptyPart } from './draft.ts'
import type { Draft, Start } from './draft.ts'
import { fromKept, fromScheduled } from './draft-from-plan.ts'
import { fromEdit, fromRedraft, fromReply } from './draft-from-post.ts'
import { draftToGoOn, storedDraft } from './draft-store.ts'
import type { LocalDraft } from './draft-store.ts'
import { rememberedLanguage } from './languages.ts'
import { leftSince } from './left-draft.ts'
import type { Left, News } from './left-draft.ts'
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
  news?: News
}

const NOTHING: Left = {}

function baseDraft(request: ComposeRequest): Draft {
  const wishes = preferences.value
  const draft = emptyDraft()
  const part = { ...emptyPart(), sensitive: wishes['posting:default:sensitive'] }
  return {
    ...draft,
    parts: [part],
    visibility: request.visibility ?? wishes['posting:default:visibility'],
    circles: request.circles ?? [],
    language: wishes['posting:default:language'] ?? rememberedLanguage(),
    quotePolicy: wishes['posting:default:quote_policy'],
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

async function left(request: ComposeRequest): Promise<LocalDraft | undefined> {
  if (request.uid !== undefined) return storedDraft(request.uid)
  const isNew = request.redraft || request.kept || request.text !== undefined || request.visibility
  return isNew ? undefined : draftToGoOn(aboutRequest(request))
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
  const stored = await left(request)
  const { draft: kept, news } = stored ? await leftSince(stored, baseDraft(request)) : NOTHING
  const draft = kept ?? (await freshDraft(request))
  const isFilled = kept !== undefined || request.redraft !== undefined || request.kept !== undefined
  const isChange = kept === undefined && (request.edit !== undefined || request.scheduled !== undefined)
  const start: Start = {
    text: isFilled ? '' : (draft.parts[0]?.text ?? ''),
    ...(isChange ? { parts: JSON.stringify(draft.parts) } : {}),
  }
  return {
    draft,
    targets: await targetsOf(draft, request),
    start,
    isRestored: kept !== undefined,
    ...(news ? { news } : {}),
  }
}
