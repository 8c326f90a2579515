// Files in an S3-compatible store.
import { openAsBlob } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { AwsClient } from 'aws4fetch'
import { Refusal, Unreachable } from '../../model/refusal.ts'
import type { BlobData, BlobEntry, Blobs } from './shapes.ts'
import type { S3Config } from '../config.ts'
import { writeFresh } from './atomic-file.ts'
import { typeOfKey } from './content-type.ts'
import { folderParts, keyParts } from './key.ts'
import { readListing } from './s3-listing.ts'

type Send = (method: string, path: string, init?: RequestInit) => Promise<Response>

/** Files in a bucket. What arrives in pieces is gathered in the folder `spool` first, since S3 wants to know the size. */
export const s3Blobs = (config: S3Config, spool: string): Blobs => {
  const send = sender(config)
  return {
    put: async (key, data, { contentType }) => {
      const path = keyParts(key).join('/')
      const body = await bodyOf(data, spool)
      try {
        const headers = { 'content-type': contentType }
        await emptied(await send('PUT', `/${path}`, { body: body.blob, headers }))
      } finally {
        await body.remove()
      }
      return body.blob.size
    },
    read: async (key, range) => {
      const path = keyParts(key).join('/')
      const asked = range && (range.start !== undefined || range.end !== undefined)
      const headers = asked ? { range: `bytes=${range.start ?? 0}-${range.end ?? ''}` } : {}
      const response = await send('GET', `/${path}`, { headers })
      if (response.status === 404 || !response.body) return undefined
      if (response.status === 416) {
        await response.body.cancel()
        throw new Refusal('invalid', 'That part of the file does not exist.')
      }
      const stream = Readable.fromWeb(response.body as ReadableStream)
      const contentType = response.headers.get('content-type') ?? typeOfKey(key)
      return { stream, contentType, ...extentOf(response) }
    },
    delete: async (keys) => {
      const paths = keys.map((key) => keyParts(key).join('/'))
      for (let first = 0; first < paths.length; first += 8) {
        const batch = paths.slice(first, first + 8)
        await Promise.all(batch.map(async (path) => emptied(await send('DELETE', `/${path}`))))
      }
    },
    list: (folder) => listed(send, folderParts(folder)),
    publicUrl: (key) => config.publicUrl && `${config.publicUrl}/${keyParts(key).join('/')}`,
  }
}

const sender = (config: S3Config): Send => {
  const client = new AwsClient({
    accessKeyId: config.accessKey,
    secretAccessKey: config.secretKey,
    region: config.region,
    service: 's3',
    retries: 3,
  })
  return async (method, path, init = {}) => {
    const controller = new AbortController()
    // Uploads may take long; everything else is given up when no answer starts within half a minute.
    const timer = setTimeout(() => controller.abort(), method === 'PUT' ? 900_000 : 30_000)
    try {
      const url = `${config.endpoint}/${encodeURIComponent(config.bucket)}${path}`
      const response = await client.fetch(url, { ...init, method, signal: controller.signal })
      if (response.ok || response.status === 404 || response.status === 416) return response
      const text = (await response.text()).slice(0, 500)
      throw new Unreachable(
        'The file store did not do what was asked.',
        new Error(`${response.status} ${text}`),
      )
    } catch (error) {
      throw error instanceof Unreachable
        ? error
        : new Unreachable('The file store could not be reached.', error)
    } finally {
      clearTimeout(timer)
    }
  }
}

const bodyOf = async (
  data: BlobData,
  spool: string,
): Promise<{ blob: Blob; remove: () => Promise<void> }> => {
  if (data instanceof Uint8Array)
    return { blob: new Blob([data as Uint8Array<ArrayBuffer>]), remove: async () => {} }
  const { path } = await writeFresh(spool, data)
  return { blob: await openAsBlob(path), remove: () => rm(path, { force: true }) }
}

const emptied = async (response: Response): Promise<void> => {
  await response.body?.cancel()
}

const extentOf = (response: Response): { size: number; start: number; end: number } => {
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get('content-range') ?? '')
  if (range) return { start: Number(range[1]), end: Number(range[2]), size: Number(range[3]) }
  const size = Number(response.headers.get('content-length') ?? 0)
  return { start: 0, end: size - 1, size }
}

async function* listed(send: Send, parts: string[]): AsyncGenerator<BlobEntry> {
  const prefix = parts.map((part) => `${part}/`).join('')
  let token: string | undefined
  do {
    const query = new URLSearchParams({ 'list-type': '2', prefix })
    if (token !== undefined) query.set('continuation-token', token)
    const page = readListing(await (await send('GET', `?${query}`)).text())
    yield* page.entries
    token = page.next
  } while (token !== undefined)
}
