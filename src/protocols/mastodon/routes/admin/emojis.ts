// Administrators look after the custom emojis of this server.
import type { Hono } from 'hono'
import type * as entity from '../../../../contract/entities.ts'
import {
  EMOJI_BYTES,
  addEmoji,
  changeEmoji,
  findForeignEmoji,
  listEmojis,
  removeEmoji,
} from '../../../../domain/emojis/manage-emojis.ts'
import { refuseSuspended } from '../../../../domain/moderation/policy-cache.ts'
import type { CustomEmoji } from '../../../../model/custom-emoji.ts'
import { Refusal } from '../../../../model/refusal.ts'
import type { Api } from '../../api.ts'
import { MissingParam } from '../../http/params.ts'
import { withUploadForm } from '../../http/upload-form.ts'
import { writeEmoji } from '../../write/emoji.ts'
import { dateTime } from '../../write/time.ts'
import { adminEndpoint, adminId } from './admin-endpoint.ts'
import type { AdminRequest } from './admin-endpoint.ts'

const RULE = { permission: 'manage-emojis' } as const
const FETCH_MS = 15_000

function write({ urls }: Api, row: CustomEmoji): entity.AdminEmoji {
  return {
    ...writeEmoji(urls, row),
    id: String(row.id),
    domain: row.domain === '' ? null : row.domain,
    category: row.category,
    disabled: row.disabled === 1,
    created_at: dateTime(row.created_at),
  }
}

async function upload(request: AdminRequest): Promise<entity.AdminEmoji> {
  const { api, actor } = request
  return withUploadForm(request, EMOJI_BYTES + 1_048_576, async (form) => {
    const shortcode = form.params.required('shortcode', 200).replaceAll(':', '')
    const bytes = await form.bytes('image', EMOJI_BYTES)
    if (!bytes) throw new MissingParam('image')
    const category = form.params.text('category', 200) ?? ''
    return write(api, await addEmoji(api, actor, { shortcode, category, bytes }))
  })
}

/** The picture is fetched once and becomes a file of ours. */
async function copy(request: AdminRequest): Promise<entity.AdminEmoji> {
  const { api, actor, params } = request
  const foreign = await findForeignEmoji(api, actor, adminId(request))
  const url = foreign.remote_url ?? ''
  await refuseSuspended(api, url)
  const { status, body } = await api.outgoing.request(url, { maxBytes: EMOJI_BYTES, timeoutMs: FETCH_MS })
  if (status !== 200)
    throw new Refusal('unavailable', 'The other server did not give its picture: try again later')
  const shortcode = params.text('shortcode', 200) ?? foreign.shortcode
  const category = params.text('category', 200) ?? ''
  return write(api, await addEmoji(api, actor, { shortcode, category, bytes: body }))
}

export function addAdminEmojiRoutes(server: Hono, api: Api): void {
  const path = '/api/v1/admin/custom_emojis'
  adminEndpoint(server, api, `GET ${path}`, RULE, async ({ actor, params }) => {
    const rows = await listEmojis(api, actor, {
      local: params.flag('remote') !== true,
      text: params.text('q', 100) ?? '',
      after: params.text('after', 100) ?? '',
      limit: Math.min(Math.max(1, params.integer('limit') ?? 200), 500),
    })
    return rows.map((row) => write(api, row))
  })
  adminEndpoint(server, api, `POST ${path}`, { ...RULE, streamsBody: true }, upload)
  adminEndpoint(server, api, `POST ${path}/:id/copy`, RULE, copy)
  adminEndpoint(server, api, `PATCH ${path}/:id`, RULE, async (request) => {
    const { params } = request
    const change = {
      category: params.text('category', 200),
      isVisible: params.flag('visible_in_picker'),
      isDisabled: params.flag('disabled'),
    }
    const said = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    return write(api, await changeEmoji(api, request.actor, adminId(request), said))
  })
  adminEndpoint(server, api, `DELETE ${path}/:id`, RULE, async (request) => {
    await removeEmoji(api, request.actor, adminId(request))
    return {}
  })
}
