// Administrators choose how the server presents itself and whom it lets in.
import type { Hono } from 'hono'
import type * as entity from '../../../../contract/entities.ts'
import { changeServer } from '../../../../domain/server/change-server.ts'
import type { ServerChange } from '../../../../domain/server/change-server.ts'
import { choicesOf } from '../../../../domain/server/choices.ts'
import type { Choices } from '../../../../domain/server/choices.ts'
import { keepThumbnail } from '../../../../domain/server/keep-thumbnail.ts'
import { federationMode } from '../../../../domain/moderation/domain-policies.ts'
import { readTerms, readText } from '../../../../domain/server/texts.ts'
import { Refusal } from '../../../../model/refusal.ts'
import type { Api } from '../../api.ts'
import type { Params } from '../../http/params.ts'
import { withUploadForm } from '../../http/upload-form.ts'
import { adminEndpoint } from './admin-endpoint.ts'
import type { AdminRequest } from './admin-endpoint.ts'

const RULE = { permission: 'manage-settings' } as const
const PICTURE_BYTES = 8 * 1_048_576

async function show(api: Api): Promise<entity.AdminSettings> {
  const { config } = api
  const choices = choicesOf(api)
  const [description, privacy, terms, mode] = await Promise.all([
    readText(api, 'description'),
    readText(api, 'privacy'),
    readTerms(api),
    federationMode(api),
  ])
  return {
    title: config.title,
    short_description: config.description,
    description: description?.source ?? '',
    contact_email: config.contactEmail,
    registrations: config.registrations,
    reason_required: choices.reasonRequired,
    closed_message: choices.closedMessage,
    public_timelines: choices.publicTimelines,
    trends_need_review: choices.trendsNeedReview,
    federation_mode: mode,
    welcome: choices.welcome,
    privacy_policy: privacy?.source ?? '',
    terms_of_service: terms?.terms.source ?? '',
    terms_effective_date: terms?.terms.from ?? null,
    thumbnail: choices.thumbnailKey === null ? null : api.urls.media(choices.thumbnailKey),
    thumbnail_description: choices.thumbnailDescription,
  }
}

function oneOf<T extends string>(params: Params, name: string, values: readonly T[]): T | undefined {
  const given = params.text(name, 40)
  const value = values.find((one) => one === given)
  if (given !== undefined && value === undefined)
    throw new Refusal('invalid', `Validation failed: ${name} must be one of ${values.join(', ')}`)
  return value
}

/** A blank name, description, address or mode takes the environment's value again. */
function choicesIn(params: Params): Partial<Choices> {
  const over = (name: string): string | null | undefined => {
    const text = params.text(name, 5000)
    return text === undefined ? undefined : text.trim() === '' ? null : text.trim()
  }
  const choices = {
    title: over('title'),
    description: over('short_description'),
    contactEmail: over('contact_email'),
    registrations: oneOf(params, 'registrations', ['open', 'approval', 'closed']),
    reasonRequired: params.flag('reason_required'),
    closedMessage: params.text('closed_message', 5000),
    publicTimelines: oneOf(params, 'public_timelines', ['everyone', 'members']),
    trendsNeedReview: params.flag('trends_need_review'),
    welcome: params.text('welcome', 20_000),
    thumbnailDescription: params.text('thumbnail_description', 2000),
  }
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined))
}

function termsIn(api: Api, params: Params): ServerChange['terms'] {
  const source = params.text('terms_of_service', 100_001)
  if (source === undefined || source.trim() === '') return undefined
  const today = new Date(api.clock.now()).toISOString().slice(0, 10)
  return { source, from: params.text('terms_effective_date', 20) ?? today }
}

async function change(request: AdminRequest): Promise<entity.AdminSettings> {
  const { api, actor } = request
  return withUploadForm(request, PICTURE_BYTES + 1_048_576, async (form) => {
    const { params } = form
    const wish: ServerChange = {
      choices: choicesIn(params),
      mode: oneOf(params, 'federation_mode', ['open', 'allow-list']),
      description: params.text('description', 100_001),
      privacy: params.text('privacy_policy', 100_001),
      terms: termsIn(api, params),
    }
    const picture = await form.bytes('thumbnail', PICTURE_BYTES)
    const isCleared = params.flag('thumbnail') === false || params.text('thumbnail', 10) === ''
    const save = (thumbnail: Partial<Choices>): Promise<void> =>
      changeServer(api, actor, { ...wish, choices: { ...wish.choices, ...thumbnail } })
    if (picture) await keepThumbnail(api, actor, picture, (thumbnailKey) => save({ thumbnailKey }))
    else await save(isCleared ? { thumbnailKey: null } : {})
    return show(api)
  })
}

export function addAdminSettingRoutes(server: Hono, api: Api): void {
  adminEndpoint(server, api, 'GET /api/v1/admin/settings', RULE, () => show(api))
  adminEndpoint(server, api, 'PATCH /api/v1/admin/settings', { ...RULE, streamsBody: true }, change)
}
