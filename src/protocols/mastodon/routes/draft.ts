// Reads what a client wants to post.
import { readSettings } from '../../../domain/accounts/settings.ts'
import type { Audience } from '../../../model/audience.ts'
import type { PostDraft } from '../../../model/post.ts'
import { Refusal } from '../../../model/refusal.ts'
import { userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import type { Params } from '../http/params.ts'

/** The API's words for audiences; ours beyond Mastodon's keep their own names. */
const AUDIENCE: Record<string, Audience> = {
  public: 'public',
  unlisted: 'unlisted',
  private: 'followers',
  direct: 'direct',
  circles: 'circles',
  people: 'people',
  group: 'group',
}

export const CONTENT_TYPES = ['text/plain', 'text/markdown', 'text/html'] as const
/** The word by which a client would ask for this audience. */
export function audienceWord(audience: Audience): string {
  return Object.entries(AUDIENCE).find(([, known]) => known === audience)?.[0] ?? 'direct'
}

export function readContentType(params: Params): PostDraft['sourceType'] {
  const asked = params.text('content_type', 50)
  if (asked === undefined || asked === '') return 'text/plain'
  const known = CONTENT_TYPES.find((type) => type === asked)
  if (!known)
    throw new Refusal('invalid', `Validation failed: content_type must be one of ${CONTENT_TYPES.join(', ')}`)
  return known
}

export function readFocus(text: string | undefined): { x: number; y: number } | undefined {
  const [x, y] = (text ?? '').split(',').map(Number)
  return x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)
    ? undefined
    : { x: Math.max(-1, Math.min(1, x)), y: Math.max(-1, Math.min(1, y)) }
}

export function readPoll(params: Params): PostDraft['poll'] {
  const poll = readKeptPoll(params)
  const options = poll?.options.filter((option) => option.trim() !== '') ?? []
  return poll && options.length > 0 ? { ...poll, options } : undefined
}

/** As far as it is written: choices may still be blank. */
export function readKeptPoll(params: Params): PostDraft['poll'] {
  const poll = params.child('poll')
  const options = poll?.texts('options', 50, 1000)
  if (!poll || options === undefined || options.length === 0) return undefined
  return {
    options,
    expiresInSeconds: poll.integer('expires_in') ?? 0,
    multiple: poll.flag('multiple') === true,
    hideTotals: poll.flag('hide_totals') === true,
  }
}

function readAttributes(params: Params): PostDraft['mediaAttributes'] {
  return params.children('media_attributes', 20)?.flatMap((one) => {
    const id = one.id('id')
    const description = one.text('description', 20_000)
    const focus = readFocus(one.text('focus', 50))
    return id === undefined
      ? []
      : { id, ...(description === undefined ? {} : { description }), ...(focus ? { focus } : {}) }
  })
}

/** Undefined when nothing was said. */
export function readQuotePolicy(params: Params): PostDraft['quotePolicy'] {
  const policy = params.text('quote_approval_policy', 20)
  if (policy === undefined || policy === '') return undefined
  if (policy !== 'public' && policy !== 'followers' && policy !== 'nobody')
    throw new Refusal(
      'invalid',
      'Validation failed: quote_approval_policy must be public, followers or nobody',
    )
  return policy
}

/** The parts that posting and editing share. */
export function readWriting(params: Params): Pick<PostDraft, 'text' | 'sourceType'> & Partial<PostDraft> {
  const poll = readPoll(params)
  const attributes = readAttributes(params)
  const language = params.text('language', 50)
  const sensitive = params.flag('sensitive')
  const quotePolicy = readQuotePolicy(params)
  return {
    text: params.text('status', 400_000) ?? '',
    sourceType: readContentType(params),
    spoilerText: params.text('spoiler_text', 10_000) ?? '',
    ...(params.has('title') ? { title: params.text('title', 1000) ?? '' } : {}),
    ...(sensitive === undefined ? {} : { sensitive }),
    ...(language === undefined || language === '' ? {} : { language }),
    mediaIds: params.ids('media_ids', 20) ?? [],
    ...(attributes === undefined ? {} : { mediaAttributes: attributes }),
    ...(poll ? { poll } : {}),
    ...(quotePolicy ? { quotePolicy } : {}),
  }
}

export function readAudience(params: Params, fallback: Audience): Audience {
  const asked = params.text('visibility', 50)
  if (asked === undefined || asked === '') return fallback
  const audience = AUDIENCE[asked]
  if (!audience)
    throw new Refusal(
      'invalid',
      `Validation failed: visibility must be one of ${Object.keys(AUDIENCE).join(', ')}`,
    )
  return audience
}

/** A whole new post, with the user's own defaults where the client is silent. */
export async function readDraft(request: ApiRequest): Promise<PostDraft> {
  const { api, params } = request
  const settings = await readSettings(api, userOf(request))
  const writing = readWriting(params)
  const replyTo = params.id('in_reply_to_id')
  const quoteOf = params.id('quoted_status_id') ?? params.id('quote_id')
  const key = request.header('idempotency-key')
  const circleIds = params.ids('circle_ids', 100)
  const recipientIds = params.ids('recipient_ids', 1000)
  const groupId = params.id('group_id')
  const allowed = params.has('allowed_mentions') ? (params.ids('allowed_mentions', 500) ?? []) : undefined
  return {
    sensitive: settings.sensitive,
    ...(settings.language === null ? {} : { language: settings.language }),
    quotePolicy: settings.quotePolicy,
    ...writing,
    audience: readAudience(params, settings.audience),
    localOnly: params.flag('local_only') === true,
    ...(replyTo === undefined ? {} : { inReplyToId: replyTo }),
    ...(quoteOf === undefined ? {} : { quoteOfId: quoteOf }),
    ...(circleIds === undefined ? {} : { circleIds }),
    ...(recipientIds === undefined ? {} : { recipientIds }),
    ...(groupId === undefined ? {} : { groupId }),
    ...(request.caller?.appId == null ? {} : { appId: request.caller.appId }),
    ...(allowed === undefined ? {} : { allowedMentionIds: allowed }),
    ...(key === undefined || key === '' ? {} : { idempotencyKey: key.slice(0, 255) }),
  }
}
