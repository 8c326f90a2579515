// The built web client: its renderer, and the names of its files.
import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

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
}

export interface Bundle {
  render: Renderer
  /** For visitors, and for those who are signed in. */
  visitor: Assets
  client: Assets
}

interface ManifestEntry {
  file: string
  css?: string[]
  imports?: string[]
}

const DIST = new URL('../../../dist/', import.meta.url)

export const ASSET_FOLDER = new URL('./web/web/', DIST)

/** Undefined when nothing was built: the API then works alone. */
export async function loadBundle(): Promise<Bundle | undefined> {
  const manifestFile = new URL('./web/manifest.json', DIST)
  const renderer = new URL('./pages/render.js', DIST)
  if (!existsSync(manifestFile) || !existsSync(renderer)) return undefined
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, ManifestEntry>
  const render = (await import(pathToFileURL(renderer.pathname).href)) as Renderer
  const site = manifest['src/web/styles/site.css']?.file
  const styles = site === undefined ? [] : [`/${site}`]
  return {
    render,
    visitor: assetsOf(manifest, 'src/web/public/visitor.ts', styles),
    client: assetsOf(manifest, 'src/web/app/main.tsx', styles),
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
