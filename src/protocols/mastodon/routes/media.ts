// Media that are uploaded for a post: taking them in, asking how far they are, describing and deleting them.
import type { Hono } from 'hono'
import { describeMedia, deleteMedia, findFreeMedia } from '../../../domain/media/own-media.ts'
import { failureOf } from '../../../domain/media/process-media.ts'
import { uploadMedia } from '../../../domain/media/upload-media.ts'
import type { Focus } from '../../../domain/media/machines.ts'
import { parseFocus } from '../../../platform/media/focus.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { MissingParam } from '../http/params.ts'
import { withUploadForm } from '../http/upload-form.ts'
import type { UploadForm } from '../http/upload-form.ts'
import { writeMedia } from '../write/media.ts'
import { pathId } from './accounts.ts'

/** Room for the other fields of a form beside its files. */
const SLACK = 2 * 1_048_576

interface SaidOfMedia {
  description?: string
  focus?: Focus
  thumbnail?: Uint8Array
}

async function readSaid(form: UploadForm, maxThumbnail: number): Promise<SaidOfMedia> {
  const description = form.params.text('description')
  const focus = form.params.text('focus', 100)
  const thumbnail = await form.bytes('thumbnail', maxThumbnail)
  return {
    ...(description !== undefined && { description }),
    ...(focus !== undefined && focus !== '' && { focus: parseFocus(focus) }),
    ...(thumbnail && { thumbnail }),
  }
}

async function upload(request: ApiRequest, wait: boolean): Promise<unknown> {
  const { api } = request
  const accountId = userOf(request)
  const { imageBytes, videoBytes } = api.config.limits
  const most = Math.max(imageBytes, videoBytes) + imageBytes + SLACK
  return withUploadForm(request, most, async (form) => {
    const file = form.file('file')
    if (!file) throw new MissingParam('file')
    const said = await readSaid(form, imageBytes)
    const media = await uploadMedia(api, { accountId, source: { path: file.path }, wait, ...said })
    if (media.state === 'processing') request.status(202)
    return writeMedia(api.urls, media)
  })
}

async function show(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const media = await findFreeMedia(api, userOf(request), pathId(request))
  if (media.state === 'failed') throw new Refusal('invalid', failureOf(media))
  if (media.state === 'processing') request.status(206)
  return writeMedia(api.urls, media)
}

async function describe(request: ApiRequest): Promise<unknown> {
  const { api } = request
  const own = { accountId: userOf(request), id: pathId(request) }
  const { imageBytes } = api.config.limits
  return withUploadForm(request, imageBytes + SLACK, async (form) => {
    const media = await describeMedia(api, own, await readSaid(form, imageBytes))
    if (media.state === 'processing') request.status(206)
    return writeMedia(api.urls, media)
  })
}

async function remove(request: ApiRequest): Promise<unknown> {
  await deleteMedia(request.api, userOf(request), pathId(request))
  return {}
}

export function addMediaRoutes(server: Hono, api: Api): void {
  const own = { auth: 'user', scopes: ['write', 'write:media'] } as const
  const uploads = { ...own, streamsBody: true, family: 'media' } as const
  endpoint(server, api, 'POST /api/v2/media', uploads, (request) => upload(request, false))
  endpoint(server, api, 'POST /api/v1/media', uploads, (request) => upload(request, true))
  endpoint(server, api, 'GET /api/v1/media/:id', own, show)
  for (const method of ['PUT', 'PATCH'] as const)
    endpoint(server, api, `${method} /api/v1/media/:id`, { ...own, streamsBody: true }, describe)
  endpoint(server, api, 'DELETE /api/v1/media/:id', own, remove)
}
