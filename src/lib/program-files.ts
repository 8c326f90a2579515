// Finds the files that come with the program, whether it runs from its sources or from the built server.
import { existsSync, readFileSync } from 'node:fs'

/** The folder of the whole program: the one with its package.json. */
const ROOT = rootAbove(new URL('./', import.meta.url))

/** Where this very code was built to; undefined when it runs from its sources. */
const BUILT = import.meta.url.endsWith('/src/lib/program-files.ts')
  ? undefined
  : new URL('./', import.meta.url)

function rootAbove(folder: URL): URL {
  if (existsSync(new URL('package.json', folder))) return folder
  const above = new URL('../', folder)
  if (above.href === folder.href) throw new Error('The folder of Folkmoot has no package.json.')
  return rootAbove(above)
}

/** A file or folder of the program, named from its root: `src/protocols/files/assets/`. */
export function ownFile(path: string): URL {
  return new URL(path, ROOT)
}

/** A script that runs beside the server (a thread, a child): its source, or what was built of it, named by `src/...`. */
export function ownScript(source: string): URL {
  if (!BUILT) return ownFile(source)
  return new URL(`${source.slice(source.lastIndexOf('/') + 1, source.lastIndexOf('.'))}.js`, BUILT)
}

export function ownVersion(): string {
  return (JSON.parse(readFileSync(ownFile('package.json'), 'utf8')) as { version: string }).version
}
