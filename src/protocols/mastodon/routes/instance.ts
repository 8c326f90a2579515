// What this server is: name, rules, limits and versions, for apps to adapt to.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { PROFILE_LIMITS } from '../../../domain/accounts/update-profile.ts'
import { listOwnEmojis } from '../../../domain/emojis/list-own-emojis.ts'
import { federationMode } from '../../../domain/moderation/domain-policies.ts'
import { POST_LIMITS } from '../../../domain/posts/limits.ts'
import { vapidPublicKey } from '../../../domain/push/vapid.ts'
import { choicesOf, welcomeHtml } from '../../../domain/server/choices.ts'
import { thumbnailKey } from '../../../domain/server/keep-thumbnail.ts'
import { readRules } from '../../../domain/server/rules.ts'
import { serverFacts } from '../../../domain/server/server-facts.ts'
import type { ServerFacts } from '../../../domain/server/server-facts.ts'
import { readTerms } from '../../../domain/server/texts.ts'
import type { Api } from '../api.ts'
import { CONTENT_TYPES } from './draft.ts'
import { endpoint } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { MEDIA_TYPES } from '../media-types.ts'
import { showAccounts } from '../show.ts'
import { writeEmoji } from '../write/emoji.ts'

/** The client API that we speak, as far as that is true. */
export const API_VERSION = 11
const COMPATIBLE = '4.6.5'

function versionText(api: Api): string {
  return `${COMPATIBLE} (compatible; Folkmoot ${api.config.version})`
}

function mediaLimits(api: Api): entity.Instance['configuration']['media_attachments'] {
  return {
    description_limit: 10_000,
    image_matrix_limit: 33_177_600,
    image_size_limit: api.config.limits.imageBytes,
    supported_mime_types: [...MEDIA_TYPES],
    video_frame_rate_limit: 120,
    video_matrix_limit: 8_294_400,
    video_size_limit: api.config.limits.videoBytes,
  }
}

function postLimits(api: Api): entity.Instance['configuration']['statuses'] {
  return {
    max_characters: api.config.limits.postChars,
    max_media_attachments: POST_LIMITS.media,
    characters_reserved_per_url: 23,
    supported_mime_types: [...CONTENT_TYPES],
  }
}

function pollLimits(): entity.Instance['configuration']['polls'] {
  return {
    max_options: POST_LIMITS.pollOptions,
    max_characters_per_option: POST_LIMITS.pollOptionChars,
    min_expiration: 300,
    max_expiration: 2_629_746,
  }
}

async function configuration(api: Api): Promise<entity.Instance['configuration']> {
  const access = choicesOf(api).publicTimelines === 'everyone' ? 'public' : 'authenticated'
  const everyone = { local: access, remote: access } as const
  return {
    urls: {
      streaming: api.config.origin.replace(/^http/, 'ws'),
      status: null,
      about: `${api.config.origin}/about`,
      privacy_policy: `${api.config.origin}/privacy-policy`,
      terms_of_service: (await readTerms(api)) ? `${api.config.origin}/terms-of-service` : null,
    },
    vapid: { public_key: await vapidPublicKey(api) },
    accounts: {
      max_display_name_length: PROFILE_LIMITS.name,
      max_note_length: PROFILE_LIMITS.note,
      max_avatar_description_length: PROFILE_LIMITS.imageDescription,
      max_header_description_length: PROFILE_LIMITS.imageDescription,
      max_featured_tags: 10,
      max_pinned_statuses: POST_LIMITS.pins,
      max_profile_fields: PROFILE_LIMITS.fields,
      profile_field_name_limit: PROFILE_LIMITS.fieldName,
      profile_field_value_limit: PROFILE_LIMITS.fieldValue,
    },
    statuses: postLimits(api),
    media_attachments: mediaLimits(api),
    polls: pollLimits(),
    translation: { enabled: false },
    timelines_access: { live_feeds: everyone, hashtag_feeds: everyone, trending_link_feeds: everyone },
    limited_federation: (await federationMode(api)) === 'allow-list',
  }
}

function thumbnailUrl(api: Api): string {
  const key = thumbnailKey(api)
  return key === undefined ? `${api.config.origin}/assets/thumbnail.png` : api.urls.media(key)
}

async function currentRules(api: Api): Promise<entity.Rule[]> {
  const rules = (await readRules(api)).filter((rule) => rule.deleted_at === null)
  return rules.map((rule) => ({
    id: String(rule.id),
    text: rule.text,
    hint: rule.hint,
    translations: {},
  }))
}

async function contactAccount(api: Api, facts: ServerFacts): Promise<entity.Account | null> {
  const [account] = facts.contactId === undefined ? [] : await showAccounts(api, [facts.contactId])
  return account ?? null
}

async function instance({ api }: ApiRequest): Promise<entity.Instance> {
  const facts = await serverFacts(api)
  const { config } = api
  return {
    domain: config.domain,
    title: config.title,
    version: versionText(api),
    source_url: config.sourceUrl,
    description: config.description,
    ...(choicesOf(api).welcome === '' ? {} : { welcome: welcomeHtml(api) }),
    usage: { users: { active_month: facts.activeMonth } },
    thumbnail: { url: thumbnailUrl(api), description: choicesOf(api).thumbnailDescription || null },
    icon: [192, 512].map((side) => ({
      src: `${config.origin}/assets/icon-${side}.png`,
      size: `${side}x${side}`,
    })),
    languages: ['en'],
    configuration: await configuration(api),
    registrations: {
      enabled: config.registrations !== 'closed',
      approval_required: config.registrations === 'approval',
      reason_required: config.registrations === 'approval' && choicesOf(api).reasonRequired,
      message: choicesOf(api).closedMessage || null,
      min_age: null,
      url: null,
    },
    api_versions: { mastodon: API_VERSION },
    wrapstodon: null,
    contact: { email: config.contactEmail, account: await contactAccount(api, facts) },
    rules: await currentRules(api),
  }
}

async function instanceV1({ api }: ApiRequest): Promise<entity.V1Instance> {
  const facts = await serverFacts(api)
  const { config } = api
  const media = mediaLimits(api)
  return {
    uri: config.domain,
    title: config.title,
    short_description: config.description,
    description: config.description,
    email: config.contactEmail,
    version: versionText(api),
    urls: { streaming_api: config.origin.replace(/^http/, 'ws') },
    stats: { user_count: facts.users, status_count: facts.posts, domain_count: facts.domains },
    thumbnail: thumbnailUrl(api),
    languages: ['en'],
    registrations: config.registrations !== 'closed',
    approval_required: config.registrations === 'approval',
    invites_enabled: config.registrations === 'open',
    configuration: {
      accounts: { max_featured_tags: 10 },
      statuses: postLimits(api),
      media_attachments: {
        supported_mime_types: media.supported_mime_types,
        image_size_limit: media.image_size_limit,
        image_matrix_limit: media.image_matrix_limit,
        video_size_limit: media.video_size_limit,
        video_frame_rate_limit: media.video_frame_rate_limit,
        video_matrix_limit: media.video_matrix_limit,
      },
      polls: pollLimits(),
    },
    contact_account: await contactAccount(api, facts),
    rules: await currentRules(api),
  }
}

export function addInstanceRoutes(server: Hono, api: Api): void {
  const always = (handler: (request: ApiRequest) => Promise<unknown>) => (request: ApiRequest) => {
    request.setHeader('cache-control', 'public, max-age=300')
    return handler(request)
  }
  const none = { auth: 'none' } as const
  endpoint(server, api, 'GET /api/v2/instance', none, always(instance))
  endpoint(
    server,
    api,
    'GET /api/v1/instance',
    { ...none, deprecatedSince: '2022-11-14' },
    always(instanceV1),
  )
  endpoint(
    server,
    api,
    'GET /api/v1/instance/rules',
    none,
    always(() => currentRules(api)),
  )
  endpoint(
    server,
    api,
    'GET /api/v1/custom_emojis',
    none,
    always(async () => (await listOwnEmojis(api)).map((emoji) => writeEmoji(api.urls, emoji, true))),
  )
}
