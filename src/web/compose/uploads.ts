// Uploads files with progress and waits until the server has prepared them.
import { signal } from '@preact/signals'
import type { MediaAttachment } from '../../contract/entities.ts'
import { ApiError, get, OWN_HEADERS } from '../api/http.ts'
import { instance } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { reasonOf, tell } from '../ui/feedback.tsx'
import { change, draft } from './draft.ts'

export interface Upload {
  id: number
  name: string
  /** 0 to 1; beyond 1 the server is preparing it. */
  progress: number
  stop: () => void
}

export const uploads = signal<readonly Upload[]>([])
let counter = 0

function update(id: number, part: Partial<Upload>): void {
  uploads.value = uploads.value.map((one) => (one.id === id ? { ...one, ...part } : one))
}

/** XMLHttpRequest, as fetch does not tell how much was sent. */
function sendFile(
  file: File,
  onStart: (stop: () => void) => void,
  onProgress: (part: number) => void,
): Promise<MediaAttachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/v2/media')
    for (const [name, value] of Object.entries(OWN_HEADERS)) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.addEventListener(
      'progress',
      (event) => event.lengthComputable && onProgress(event.loaded / event.total),
    )
    request.addEventListener('load', () => {
      const body = request.response as (MediaAttachment & { error?: string }) | null
      if (body && request.status >= 200 && request.status < 300) resolve(body)
      else reject(new ApiError(request.status, body?.error ?? ''))
    })
    request.addEventListener('error', () => reject(new ApiError(0, 'offline')))
    request.addEventListener('abort', () => reject(new ApiError(-1, 'stopped')))
    const form = new FormData()
    form.set('file', file)
    request.send(form)
    onStart(() => request.abort())
  })
}

const POLL_MS = 1000
const MAX_POLLS = 600

/** Large videos are prepared after the upload; until then they have no address. */
async function untilReady(media: MediaAttachment): Promise<MediaAttachment> {
  let current = media
  for (let tries = 0; current.url === null && tries < MAX_POLLS; tries++) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    current = await get<MediaAttachment>(`/api/v1/media/${media.id}`)
  }
  return current
}

async function uploadOne(file: File, id: number): Promise<void> {
  const key = draft.peek().key
  try {
    const sent = await sendFile(
      file,
      (stop) => update(id, { stop }),
      (progress) => update(id, { progress }),
    )
    update(id, { progress: 2 })
    const media = await untilReady(sent)
    if (draft.peek().key === key) change({ media: [...draft.peek().media, media] })
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== -1)
      tell(t('compose.uploadFailed', { name: file.name, reason: reasonOf(error) }), { bad: true })
  } finally {
    uploads.value = uploads.value.filter((one) => one.id !== id)
  }
}

export function addFiles(files: readonly File[]): void {
  const max = instance.configuration.statuses.max_media_attachments
  const room = max - draft.peek().media.length - uploads.peek().length
  if (files.length > room) tell(t('compose.tooMany', { max }), { bad: true })
  for (const file of files.slice(0, Math.max(0, room))) {
    const id = ++counter
    uploads.value = [...uploads.value, { id, name: file.name, progress: 0, stop: () => undefined }]
    void uploadOne(file, id)
  }
}
