// Answers with the built files: their names change with their content, so browsers keep them for ever.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Context as HonoContext, Hono } from 'hono'
import { ASSET_FOLDER, WORKER_FILE } from './bundle.ts'

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

/** Compressed copies lie beside each file, best first. */
const ENCODINGS = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const

export function addStaticFiles(server: Hono): void {
  // Only names found at the start are ever opened, so no path can lead out of the folder.
  const names = new Set(existsSync(ASSET_FOLDER) ? readdirSync(ASSET_FOLDER) : [])
  const kept = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
  const read = (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const known = kept.get(name)
    if (known) return known
    const fresh = readFile(new URL(name, ASSET_FOLDER)).then((bytes) => new Uint8Array(bytes))
    kept.set(name, fresh)
    return fresh
  }
  server.get('/web/:name', async (c) => {
    const name = c.req.param('name')
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)]
    if (type === undefined || !names.has(name))
      return c.text('There is no such file.', 404, { 'cache-control': 'no-store' })
    const encoding = chosenEncoding(c, name, names)
    const bytes = await read(`${name}${encoding?.ending ?? ''}`)
    return new Response(bytes, {
      headers: {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        ...(encoding ? { 'content-encoding': encoding.name } : {}),
      },
    })
  })
}

/** The service worker has one name for ever; browsers ask often whether it changed. */
export function addWorker(server: Hono): void {
  const code = existsSync(WORKER_FILE) ? readFileSync(WORKER_FILE) : undefined
  server.get('/sw.js', (c) =>
    code === undefined
      ? c.text('There is no such file.', 404, { 'cache-control': 'no-store' })
      : c.body(new Uint8Array(code), 200, {
          'content-type': 'text/javascript; charset=utf-8',
          'cache-control': 'no-cache',
          'content-security-policy': "default-src 'none'; connect-src 'self'",
          'x-content-type-options': 'nosniff',
          'cross-origin-resource-policy': 'same-origin',
        }),
  )
}

function chosenEncoding(c: HonoContext, name: string, names: ReadonlySet<string>) {
  const accepted = (c.req.header('accept-encoding') ?? '').split(',').map((part) => part.trim().split(';')[0])
  return ENCODINGS.find((one) => accepted.includes(one.name) && names.has(`${name}${one.ending}`))
}
