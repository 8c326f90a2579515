// The pictures that come with the program: for those who chose none, for the server itself, for browser tabs.
import { readFile } from 'node:fs/promises'
import type { Hono } from 'hono'
import { ownFile } from '../../lib/program-files.ts'

const FOLDER = ownFile('src/protocols/files/assets/')

/** The paths under which each file is found. */
const PATHS: Record<string, readonly string[]> = {
  'missing-avatar.png': ['/assets/missing-avatar.png'],
  'missing-header.png': ['/assets/missing-header.png'],
  'thumbnail.png': ['/assets/thumbnail.png'],
  'mark.svg': ['/assets/mark.svg', '/favicon.svg'],
  'favicon.ico': ['/favicon.ico', '/assets/favicon.ico'],
  'icon-180.png': ['/assets/icon-180.png', '/apple-touch-icon.png'],
  'icon-192.png': ['/assets/icon-192.png'],
  'icon-512.png': ['/assets/icon-512.png'],
  'icon-maskable-512.png': ['/assets/icon-maskable-512.png'],
}

const TYPES: Record<string, string> = { png: 'image/png', svg: 'image/svg+xml', ico: 'image/x-icon' }

const read = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()

/** A file of ours; read from the disk once. */
export function readAsset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const known = read.get(name)
  if (known) return known
  if (!Object.hasOwn(PATHS, name)) throw new Error(`There is no asset ${name}`)
  const fresh = readFile(new URL(name, FOLDER)).then((bytes) => new Uint8Array(bytes))
  read.set(name, fresh)
  return fresh
}

export function addAssets(server: Hono): void {
  for (const [name, paths] of Object.entries(PATHS)) {
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
    for (const path of paths)
      server.get(path, async () => {
        const headers = {
          'content-type': type,
          'cache-control': 'public, max-age=86400, stale-while-revalidate=604800',
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
          'cross-origin-resource-policy': 'cross-origin',
          'access-control-allow-origin': '*',
        }
        return new Response(await readAsset(name), { headers })
      })
  }
}
