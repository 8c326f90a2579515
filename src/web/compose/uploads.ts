// Uploads files with progress and waits until the server has prepared them; what failed can be tried again.
import { signal } from '@preact/signals'
import type { MediaAttachment } from '../../contract/entities.ts'
import { ApiError, get, OWN_HEADERS } from '../api/http.ts'
import { instance } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { reasonOf, tell } from '../ui/feedback.tsx'
import { activePart, changePart, draft, freshKey } from './draft.ts'

export interface Upload {
  id: string
  /** The post that it belongs to. */
  part: string
  file: File
  /** 0 to 1; beyond 1 the server is preparing it. */
  progress: number
  /** Why it failed; '' while it runs. */
  problem: string
  stop: () => void
}

export const uploads = signal<readonly Upload[]>([])

function update(id: string, change: Partial<Upload>): void {
  uploads.value = uploads.value.map((one) => (one.id === id ? { ...one, ...change } : one))
}

export function dropUpload(id: string): void {
  const found = uploads.peek().find((one) => one.id === id)
  found?.stop()
  uploads.value = uploads.peek().filter((one) => one.id !== id)
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

function attach(partKey: string, media: MediaAttachment): void {
  const part = draft.peek().parts.find((one) => one.key === partKey)
  if (part) changePart(partKey, { media: [...part.media, media] })
}

async function run({ id, file, part }: Upload): Promise<void> {
  try {
    const sent = await sendFile(
      file,
      (stop) => update(id, { stop }),
      (progress) => update(id, { progress }),
    )
    update(id, { progress: 2 })
    const media = await untilReady(sent)
    if (!uploads.peek().some((one) => one.id === id)) return
    uploads.value = uploads.peek().filter((one) => one.id !== id)
    attach(part, media)
  } catch (error) {
    const isStopped = error instanceof ApiError && error.status === -1
    if (!isStopped) update(id, { problem: reasonOf(error) })
  }
}

export function retryUpload(upload: Upload): void {
  update(upload.id, { problem: '', progress: 0 })
  void run(upload)
}

export function addFiles(files: readonly File[]): void {
  const part = activePart(draft.peek())
  if (part.sentId !== undefined || part.poll) return
  const max = instance.configuration.statuses.max_media_attachments
  const running = uploads.peek().filter((one) => one.part === part.key).length
  const room = Math.max(0, max - part.media.length - running)
  if (files.length > room) tell(t('compose.tooMany', { max }), { bad: true })
  for (const file of files.slice(0, room)) {
    const upload = { id: freshKey(), part: part.key, file, progress: 0, problem: '', stop: () => undefined }
    uploads.value = [...uploads.value, upload]
    void run(upload)
  }
}
