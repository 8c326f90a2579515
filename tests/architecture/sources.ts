// Reads source files and what each of them imports, type imports included.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface Source {
  /** From the root of the repository, with slashes: src/store/open.ts */
  path: string
  text: string
}

export interface Import {
  from: string
  /** A path from the root (src/model/post.ts) or the name of a package or of a built-in module (node:fs). */
  to: string
  isFile: boolean
}

/** Every source file under a folder of the repository (.ts, .tsx). */
export function readSources(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

const patterns = [
  /^[ \t]*(?:import|export)\s[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^[ \t]*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]/g,
]

/** What a file imports, re-exports or loads later. */
export function importsOf({ path, text }: Source): Import[] {
  const code = withoutComments(text)
  return patterns.flatMap((pattern) =>
    [...code.matchAll(pattern)].map(([, name = '']) => {
      const isFile = name.startsWith('.')
      const plain = name.replace(/\?.*$/, '')
      return { from: path, to: isFile ? normalize(join(dirname(path), plain)) : packageOf(plain), isFile }
    }),
  )
}

/** Comments that begin a line; others cannot hold an import and may be part of a string ('image/*'). */
export function withoutComments(text: string): string {
  return text.replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, '').replace(/^[ \t]*\/\/.*$/gm, '')
}

function packageOf(name: string): string {
  if (name.startsWith('node:')) return name
  const [first = '', second = ''] = name.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}
