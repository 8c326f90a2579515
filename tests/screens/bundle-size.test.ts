// How much a browser has to load before people can read.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, describe, it } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { startStage } from './stage.ts'

interface ManifestEntry {
  file: string
  imports?: string[]
}

const dist = new URL('../../dist/web/', import.meta.url)

describe('the size of the client', () => {
  let manifest: Record<string, ManifestEntry>

  before(async () => {
    // Builds the client when this file runs alone.
    await (await startStage()).stop()
    manifest = JSON.parse(readFileSync(new URL('manifest.json', dist), 'utf8')) as Record<
      string,
      ManifestEntry
    >
  })

  /** Compressed bytes of a script and everything it imports at once. */
  function weight(...entries: string[]): number {
    const files = new Set<string>()
    const take = (name: string): void => {
      const entry = manifest[name]
      assert.ok(entry, `${name} is in the manifest`)
      if (files.has(entry.file)) return
      files.add(entry.file)
      for (const one of entry.imports ?? []) take(one)
    }
    for (const name of entries) take(name)
    return [...files].reduce(
      (sum, file) => sum + brotliCompressSync(readFileSync(new URL(file, dist))).length,
      0,
    )
  }

  it('lets a visitor read a post with at most 15 kB of JavaScript', () => {
    const bytes = weight('src/web/public/visitor.ts')
    assert.ok(bytes > 0 && bytes <= 15_000, `${bytes} bytes`)
  })

  it('shows the signed-in home with at most 80 kB of JavaScript', () => {
    const bytes = weight('src/web/app/main.tsx', 'src/web/home/feed-screen.tsx')
    assert.ok(bytes > 0 && bytes <= 80_000, `${bytes} bytes`)
  })
})
