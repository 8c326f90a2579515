// Answers /media_proxy/: files of other servers, fetched by us, so that readers are seen by nobody but this server.
import { rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context as HonoContext, Hono } from 'hono'
import { copyKey, findCopiedMedia, keepCopiedMedia, sourceOf } from '../../domain/media/copied-media.ts'
import type { MediaStyle } from '../../domain/media/copied-media.ts'
import { findCopiedPicture, keepCopiedPicture } from '../../domain/media/copied-pictures.ts'
import type { PictureOf } from '../../domain/media/copied-pictures.ts'
import { findInlinePicture } from '../../domain/media/inline-pictures.ts'
import { noteView } from '../../domain/media/note-views.ts'
import { parseId } from '../../lib/id.ts'
import { Refusal, Unreachable } from '../../model/refusal.ts'
import { busy, failed, missing } from './answers.ts'
import { readAsset } from './assets.ts'
import { createFetcher } from './fetch-remote.ts'
import type { Fetcher } from './fetch-remote.ts'
import { callerKey } from './parts.ts'
import type { FilesParts } from './parts.ts'
import { serveFile } from './serve-file.ts'

/** How often one address may make us fetch something new. */
const COLD = { limit: 900, periodSeconds: 300 }
const PICTURE_MS = 20_000
const VIDEO_MS = 110_000

export function addProxyRoutes(server: Hono, parts: FilesParts): void {
  const fetcher = createFetcher(parts)
  const answer = (work: (c: HonoContext) => Promise<Response>) => async (c: HonoContext) => {
    // Another server that shows our copies, which we show again, would go round for ever.
    if (c.req.header('user-agent')?.includes(`(+${parts.config.origin}/)`) === true) return missing()
    try {
      return await work(c)
    } catch (error) {
      return failed(parts, error)
    }
  }
  for (const which of ['avatar', 'header'] as const)
    server.get(
      `/media_proxy/accounts/:id/${which}`,
      answer(async (c) => {
        const id = parseId(c.req.param('id') ?? '')
        if (id === undefined) return missing()
        const response = await answerPicture(parts, fetcher, { c, wanted: { of: 'accounts', id, which } })
        return response.status === 404 ? missing(await readAsset(`missing-${which}.png`)) : response
      }),
    )
  for (const what of ['emojis', 'cards'] as const)
    server.get(
      `/media_proxy/${what}/:id`,
      answer(async (c) => {
        const id = parseId(c.req.param('id') ?? '')
        return id === undefined ? missing() : answerPicture(parts, fetcher, { c, wanted: { of: what, id } })
      }),
    )
  server.get(
    '/media_proxy/posts/:id/:seal',
    answer(async (c) => {
      const [postId, seal] = [parseId(c.req.param('id') ?? ''), c.req.param('seal') ?? '']
      const id = postId === undefined ? undefined : await findInlinePicture(parts, postId, seal)
      return id === undefined ? missing() : answerMedia(parts, fetcher, { c, id, style: 'original' })
    }),
  )
  for (const style of ['original', 'small'] as const)
    server.get(
      `/media_proxy/:id/${style}`,
      answer(async (c) => {
        const id = parseId(c.req.param('id') ?? '')
        if (id === undefined || !parts.urls.isMediaSeal(id, c.req.query('k') ?? '')) return missing()
        return answerMedia(parts, fetcher, { c, id, style })
      }),
    )
}

async function answerPicture(
  parts: FilesParts,
  fetcher: Fetcher,
  { c, wanted }: { c: HonoContext; wanted: PictureOf },
): Promise<Response> {
  const still = c.req.query('still') === '1'
  const serveKept = async (): Promise<Response | undefined> => {
    const picture = await findCopiedPicture(parts, wanted)
    const key = still ? (picture?.staticKey ?? picture?.key) : picture?.key
    return typeof key === 'string' ? serveFile(parts.blobs, c, key) : undefined
  }
  const picture = await findCopiedPicture(parts, wanted)
  if (!picture) return missing()
  const kept = await serveKept()
  if (kept) return kept
  const { url, maxBytes } = picture
  if (url === null) return missing()
  return fetchThen(parts, c, {
    fetch: () =>
      fetcher.once(`${picture.folder}/${picture.name} ${url}`, async () => {
        const bytes = await fetcher.bytes(url, { maxBytes, timeoutMs: PICTURE_MS })
        await keepCopiedPicture(parts, picture, { url, bytes })
      }),
    serve: serveKept,
  })
}

async function answerMedia(
  parts: FilesParts,
  fetcher: Fetcher,
  { c, id, style }: { c: HonoContext; id: number; style: MediaStyle },
): Promise<Response> {
  const row = await findCopiedMedia(parts, id)
  if (!row) return missing()
  const serveKept = async (): Promise<Response | undefined> => {
    const now = await findCopiedMedia(parts, id)
    const key = now && copyKey(now, style)
    return typeof key === 'string' ? serveFile(parts.blobs, c, key) : undefined
  }
  const kept = await serveKept()
  if (kept) {
    noteView(parts, id)
    return kept
  }
  const source = sourceOf(row, style)
  if (!source) return missing()
  const isPicture = source.preview || row.kind === 'image'
  const bounds = {
    maxBytes: isPicture ? parts.config.limits.imageBytes : parts.config.limits.videoBytes,
    timeoutMs: isPicture ? PICTURE_MS : VIDEO_MS,
  }
  return fetchThen(parts, c, {
    fetch: () =>
      fetcher.once(`media/${id} ${source.url}`, async () => {
        const folder = await mkdtemp(join(tmpdir(), 'folkmoot-copy-'))
        try {
          const path = join(folder, 'fetched')
          await fetcher.toFile(source.url, path, bounds)
          await keepCopiedMedia(parts, row, { ...source, path })
        } finally {
          await rm(folder, { recursive: true, force: true })
        }
      }),
    serve: serveKept,
  })
}

/** Fetches what nobody has asked for yet, within what one caller may ask for, and serves it. */
async function fetchThen(
  parts: FilesParts,
  c: HonoContext,
  work: { fetch: () => Promise<void>; serve: () => Promise<Response | undefined> },
): Promise<Response> {
  if (parts.config.rateLimits) {
    const { allowed } = await parts.limits.consume('media-proxy', callerKey(c), COLD)
    if (!allowed) return busy(429)
  }
  try {
    await work.fetch()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unavailable') return busy(503)
    if (error instanceof Refusal || error instanceof Unreachable) return missing()
    throw error
  }
  return (await work.serve()) ?? missing()
}
