// The own profile: looking at it as its editor does, changing words and pictures.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { viewProfile } from '../../../domain/accounts/view-profile.ts'
import { changeProfile, PictureRefused } from '../../../domain/media/profile-pictures.ts'
import type { SentPictures } from '../../../domain/media/profile-pictures.ts'
import type { Api } from '../api.ts'
import { InvalidFields } from '../http/answer.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { withUploadForm } from '../http/upload-form.ts'
import type { UploadForm } from '../http/upload-form.ts'
import { showOwnAccount } from '../show.ts'
import { writeProfile } from '../write/profile.ts'
import { readWords } from './profile-change.ts'

/** More than the largest picture that is taken, so that its refusal can say why. */
const PICTURE_BYTES = 16 * 1_048_576
const BODY_BYTES = 2 * PICTURE_BYTES + 1_048_576

async function readPictures(form: UploadForm): Promise<SentPictures> {
  const pictures: SentPictures = {}
  for (const which of ['avatar', 'header'] as const) {
    const sent = await form.bytes(which, PICTURE_BYTES)
    if (sent) pictures[which] = sent
    else if (form.params.has(which) && (form.params.text(which) ?? '') === '') pictures[which] = null
  }
  return pictures
}

async function change(request: ApiRequest): Promise<void> {
  const accountId = userOf(request)
  await withUploadForm(request, BODY_BYTES, async (form) => {
    await apply(request.api, accountId, { ...readWords(form.params), pictures: await readPictures(form) })
  })
}

async function apply(
  api: Api,
  accountId: number,
  wanted: Parameters<typeof changeProfile>[2],
): Promise<void> {
  try {
    await changeProfile(api, accountId, wanted)
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error
    throw new InvalidFields({ [error.which]: [{ error: 'ERR_INVALID', description: error.safeText }] })
  }
}

async function show(request: ApiRequest): Promise<entity.Profile> {
  const { api } = request
  return writeProfile(api.urls, await viewProfile(api, userOf(request)))
}

export function addProfileRoutes(server: Hono, api: Api): void {
  const write = { auth: 'user', scopes: ['write', 'write:accounts'] } as const
  const upload = { ...write, streamsBody: true } as const
  endpoint(server, api, 'PATCH /api/v1/accounts/update_credentials', upload, async (request) => {
    await change(request)
    return showOwnAccount(api, userOf(request))
  })
  for (const method of ['PATCH', 'PUT'] as const)
    endpoint(server, api, `${method} /api/v1/profile`, upload, async (request) => {
      await change(request)
      return show(request)
    })
  endpoint(
    server,
    api,
    'GET /api/v1/profile',
    { auth: 'user', scopes: ['profile', 'read', 'read:accounts'] },
    show,
  )
  for (const which of ['avatar', 'header'] as const)
    endpoint(server, api, `DELETE /api/v1/profile/${which}`, write, async (request) => {
      await apply(api, userOf(request), { pictures: { [which]: null } })
      return showOwnAccount(api, userOf(request))
    })
}
