// What is being written: one post or a thread of several, with everything that goes along.
import { signal } from '@preact/signals'
import type { Account, MediaAttachment } from '../../contract/entities.ts'

export interface DraftPoll {
  options: string[]
  multiple: boolean
  expiresIn: number
  hideTotals: boolean
}

export type Visibility = 'public' | 'unlisted' | 'private' | 'circles' | 'people' | 'direct'
export type QuotePolicy = 'public' | 'followers' | 'nobody'
export type ContentType = 'text/plain' | 'text/markdown'

/** Somebody chosen to read it. */
export type Chosen = Pick<Account, 'id' | 'acct' | 'display_name'>

/** One post; a thread has several. */
export interface Part {
  /** Sent with the post, so that sending twice makes one post. */
  key: string
  text: string
  warning: string
  hasWarning: boolean
  sensitive: boolean
  poll: DraftPoll | null
  media: MediaAttachment[]
  /** The post that it became: a thread that failed midway goes on after it. */
  sentId?: string
}

export interface Draft {
  uid: string
  parts: Part[]
  /** The one that the tools are for. */
  active: number
  visibility: Visibility
  circles: string[]
  people: Chosen[]
  localOnly: boolean
  language: string
  contentType: ContentType
  quotePolicy: QuotePolicy
  /** ISO; '' publishes at once. */
  scheduledAt: string
  replyToId?: string
  quoteId?: string
  editId?: string
  scheduledId?: string
  /** The draft as the server keeps it, and the version that this one began from. */
  serverId?: string
  serverVersion?: string
}

const FORMAT = 'folkmoot-format'

export function rememberedFormat(): ContentType {
  try {
    return localStorage.getItem(FORMAT) === 'text/markdown' ? 'text/markdown' : 'text/plain'
  } catch {
    return 'text/plain'
  }
}

export function rememberFormat(type: ContentType): void {
  try {
    localStorage.setItem(FORMAT, type)
  } catch {
    // Then the next post begins as before.
  }
}

export function formatOf(type: string | undefined): ContentType {
  return type === 'text/markdown' ? 'text/markdown' : 'text/plain'
}

/** Random enough to tell drafts apart, also where `crypto.randomUUID` is missing (no https). */
export function freshKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

export function emptyPart(): Part {
  return {
    key: freshKey(),
    text: '',
    warning: '',
    hasWarning: false,
    sensitive: false,
    poll: null,
    media: [],
  }
}

export function emptyDraft(): Draft {
  return {
    uid: freshKey(),
    parts: [emptyPart()],
    active: 0,
    visibility: 'public',
    circles: [],
    people: [],
    localOnly: false,
    language: '',
    contentType: rememberedFormat(),
    quotePolicy: 'public',
    scheduledAt: '',
  }
}

export const draft = signal<Draft>(emptyDraft())

export function change(part: Partial<Draft>): void {
  draft.value = { ...draft.peek(), ...part }
}

/** Changes one post of the thread; what is sent already stays as it is. */
export function changePart(key: string, part: Partial<Part>): void {
  change({ parts: draft.peek().parts.map((one) => (one.key === key ? { ...one, ...part } : one)) })
}

export function activePart(now: Draft): Part {
  return now.parts[now.active] ?? (now.parts[0] as Part)
}

export function hasContent(part: Part): boolean {
  return (
    part.text.trim() !== '' ||
    part.media.length > 0 ||
    part.warning.trim() !== '' ||
    part.poll?.options.some((option) => option !== '') === true
  )
}

/** What the composer opened with, which counts as nothing written yet. */
export interface Start {
  text: string
  /** Of something that exists already, as JSON: only a difference is worth keeping. */
  parts?: string
}

/** Whether somebody would miss it. */
export function isWorthKeeping(now: Draft, start: Start): boolean {
  if (start.parts !== undefined) return JSON.stringify(now.parts) !== start.parts
  const [first, ...rest] = now.parts
  const began =
    first && hasContent(first) && !(first.text === start.text && first.media.length === 0 && !first.poll)
  return began === true || rest.some(hasContent)
}

/** What the draft is about: drafts of an answer are offered when one answers that post again. */
export function aboutOf(now: Draft): string {
  if (now.editId !== undefined) return `edit ${now.editId}`
  if (now.scheduledId !== undefined) return `scheduled ${now.scheduledId}`
  if (now.replyToId !== undefined) return `reply ${now.replyToId}`
  return now.quoteId === undefined ? 'new' : `quote ${now.quoteId}`
}
