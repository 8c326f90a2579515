// The built web client: its renderer, and the names of its files.
import { existsSync, readFileSync } from 'node:fs'
import { ownFile } from '../../lib/program-files.ts'

/** Mirrors what src/web/public/page-request.ts asks for; the bundle is loaded at run time, never imported. */
export interface Renderer {
  renderPage(request: {
    path: string
    query: string
    languages: string
    origin: string
    now: number
    assets: Assets
    load(path: string): Promise<{ status: number; body: unknown }>
  }): Promise<{ status: number; html: string; language: string; location?: string }>
  renderShell(request: {
    title: string
    languages: string
    assets: Assets
    look: string
    boot: unknown
  }): string
}

export interface Assets {
  styles: readonly string[]
  scripts: readonly string[]
  /** Scripts that the first screen will ask for. */
  preloads?: readonly string[]
}

export interface Bundle {
  render: Renderer
  /** For visitors, and for those who are signed in. */
  visitor: Assets
  /** What the client needs for a path, its first screen included. */
  client(path: string): Assets
}

/** The first screens worth fetching beside the client itself. */
const FIRST_SCREENS: readonly [RegExp, string][] = [
  [/^\/@[^/]+\/\d+$/, 'src/web/thread/thread-screen.tsx'],
  [/^\/@[^/]+/, 'src/web/profile/profile-screen.tsx'],
  [/^\/notifications$/, 'src/web/notifications/notifications-screen.tsx'],
  [/^\/(home|public|tags|explore|lists\/|bookmarks|favourites)/, 'src/web/home/feed-screen.tsx'],
]

interface ManifestEntry {
  file: string
  css?: string[]
  imports?: string[]
}

const DIST = ownFile('dist/')

export const ASSET_FOLDER = new URL('./web/web/', DIST)
export const WORKER_FILE = new URL('./worker/sw.js', DIST)

/** Undefined when nothing was built: the API then works alone. */
export async function loadBundle(): Promise<Bundle | undefined> {
  const manifestFile = new URL('./web/manifest.json', DIST)
  const renderer = new URL('./pages/render.js', DIST)
  if (!existsSync(manifestFile) || !existsSync(renderer)) return undefined
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, ManifestEntry>
  const render = (await import(renderer.href)) as Renderer
  const site = manifest['src/web/styles/site.css']?.file
  const styles = site === undefined ? [] : [`/${site}`]
  return {
    render,
    visitor: assetsOf(manifest, 'src/web/public/visitor.ts', styles),
    client: clientAssets(manifest, styles),
  }
}

function assetsOf(manifest: Record<string, ManifestEntry>, entry: string, styles: string[]): Assets {
  const found = manifest[entry]
  if (!found) return { styles, scripts: [] }
  const css = [found, ...(found.imports ?? []).flatMap((name) => manifest[name] ?? [])].flatMap(
    (one) => one.css ?? [],
  )
  return { styles: [...styles, ...css.map((file) => `/${file}`)], scripts: [`/${found.file}`] }
}

/** A script and everything it imports at once. */
function allFiles(
  manifest: Record<string, ManifestEntry>,
  name: string,
  found = new Set<string>(),
): Set<string> {
  const entry = manifest[name]
  if (!entry || found.has(`/${entry.file}`)) return found
  found.add(`/${entry.file}`)
  for (const one of entry.imports ?? []) allFiles(manifest, one, found)
  return found
}

function clientAssets(manifest: Record<string, ManifestEntry>, styles: string[]): Bundle['client'] {
  const main = 'src/web/app/main.tsx'
  const base = assetsOf(manifest, main, styles)
  const own = allFiles(manifest, main)
  const preloads = FIRST_SCREENS.map(([pattern, name]) => ({
    pattern,
    files: [...allFiles(manifest, name, new Set(own))],
  }))
  return (path) => {
    const files = preloads.find(({ pattern }) => pattern.test(path))?.files ?? [...own]
    return { ...base, preloads: files.filter((file) => !base.scripts.includes(file)) }
  }
}
