// The rules about who may import whom: floors, protocols, pure folders, vendors, circles.
import { importsOf, type Import, type Source } from './sources.ts'

export interface Problem {
  rule: string
  file: string
  text: string
}

/** The files at the top of the house, which may import every floor; main.ts starts what they build. */
const top = /^src\/[^/]+\.ts$/

/** What each floor may import besides itself. */
const floors: Record<string, string[]> = {
  cli: ['domain', 'platform', 'store', 'model', 'lib'],
  protocols: ['domain', 'platform', 'contract', 'model', 'lib'],
  domain: ['store', 'model', 'lib'],
  platform: ['store', 'model', 'lib'],
  store: ['model', 'lib'],
  web: ['contract', 'lib'],
  contract: [],
  model: [],
  lib: [],
}

/** Where each vendor library may enter: the beginnings of paths. */
export const doors: Record<string, string[]> = {
  kysely: ['src/store/'],
  pg: ['src/store/'],
  'node:sqlite': ['src/store/'],
  hono: ['src/protocols/', 'src/platform/', 'src/main.ts', 'src/house.ts'],
  '@hono/node-server': ['src/platform/'],
  undici: ['src/platform/'],
  pino: ['src/platform/'],
  'prom-client': ['src/platform/'],
  ioredis: ['src/platform/'],
  nodemailer: ['src/platform/'],
  ws: ['src/platform/', 'src/protocols/mastodon/', 'src/protocols/chat/'],
  sharp: ['src/platform/'],
  blurhash: ['src/platform/', 'src/web/'],
  mediabunny: ['src/platform/', 'src/web/'],
  aws4fetch: ['src/platform/'],
  'rate-limiter-flexible': ['src/platform/'],
  'web-push': ['src/platform/'],
  zod: ['src/contract/', 'src/platform/config'],
  htmlparser2: ['src/lib/html/'],
  'markdown-it': ['src/lib/text/'],
  'linkify-it': ['src/lib/text/'],
  eld: ['src/lib/text/'],
  jsonld: ['src/protocols/activitypub/signing/'],
  commander: ['src/cli/'],
  otpauth: ['src/domain/'],
  qrcode: ['src/domain/', 'src/protocols/', 'src/web/'],
  'tar-stream': ['src/domain/portability/', 'src/lib/', 'src/cli/'],
  preact: ['src/web/', 'src/protocols/pages/'],
  '@preact/signals': ['src/web/', 'src/protocols/pages/'],
  'preact-iso': ['src/web/', 'src/protocols/pages/'],
  'preact-render-to-string': ['src/web/', 'src/protocols/pages/'],
  '@tanstack/virtual-core': ['src/web/'],
  'intl-messageformat': ['src/web/', 'src/lib/'],
  vite: ['src/web/', 'src/protocols/pages/'],
  feedsmith: ['src/protocols/feeds/'],
  'lru-cache': ['src/lib/lru.ts'],
}

/** Modules that reach outside of the process, closed to what must be pure. */
const outside =
  /^node:(fs|http|https|http2|net|tls|dgram|dns|child_process|worker_threads|cluster|sqlite)(\/|$)/

/** Everything wrong with the imports of the files under src/. */
export function importProblems(sources: Source[]): Problem[] {
  const imports = sources.flatMap(importsOf)
  return [...imports.flatMap(problemsOf), ...browserProblems(imports), ...circles(imports)]
}

function problemsOf(one: Import): Problem[] {
  const found: Problem[] = []
  const add = (rule: string, text: string) => found.push({ rule, file: one.from, text })
  if (one.isFile) {
    const wrong = floorProblem(one)
    if (wrong) add('1 imports go down the floors', wrong)
    if (one.to === 'src/main.ts') add('1 nothing imports main.ts', 'imports src/main.ts')
    const mine = protocolOf(one.from)
    const theirs = protocolOf(one.to)
    if (mine && theirs && mine !== theirs) add('2 no protocol imports another', `imports ${one.to}`)
  } else if (!one.to.startsWith('node:') || one.to in doors) {
    const allowed = doors[one.to]
    if (!allowed)
      add(
        '4 one vendor, one door',
        `imports ${one.to}, which has no door in tests/architecture/import-rules.ts`,
      )
    else if (!allowed.some((door) => one.from.startsWith(door)))
      add('4 one vendor, one door', `imports ${one.to}, which enters only at ${allowed.join(', ')}`)
  }
  const impure =
    pureFolder.test(one.from) && (outside.test(one.to) || /^src\/(domain|platform|store)\//.test(one.to))
  if (impure) add('3 read/ and write/ are pure', `imports ${one.to}`)
  return found
}

const pureFolder = /^src\/protocols\/[^/]+\/(read|write)\//

const protocolOf = (path: string): string | undefined => /^src\/protocols\/([^/]+)\//.exec(path)?.[1]

const floorOf = (path: string): string | undefined => /^src\/([^/]+)\//.exec(path)?.[1]

/** Why a file may not import another, undefined when it may. */
function floorProblem({ from, to }: Import): string | undefined {
  const target = floorOf(to)
  if (top.test(from)) {
    const inside = protocolOf(to)
    return inside && to !== `src/protocols/${inside}/index.ts`
      ? `enters ${inside} not by its index.ts: ${to}`
      : undefined
  }
  const floor = floorOf(from)
  if (to === 'package.json' || to === 'src/main.ts') return undefined
  if (top.test(to)) return floor === 'cli' ? undefined : `only cli may import the top of the house: ${to}`
  if (!floor || !(floor in floors)) return 'is on no floor of the house'
  if (!to.startsWith('src/')) return `imports ${to}, outside of src/`
  if (target === floor) return undefined
  if (!target || !floors[floor]?.includes(target)) return `${floor} may not import ${target ?? to}: ${to}`
  const openOnly =
    floor === 'cli' && target === 'store' && !/^src\/store\/(open\.ts|migrate\.ts|migrations\/)/.test(to)
  return openOnly ? `cli may only open and migrate the store: ${to}` : undefined
}

/** What the browser loads must not need Node. */
function browserProblems(imports: Import[]): Problem[] {
  const reached = new Set(imports.map((one) => one.from).filter((path) => path.startsWith('src/web/')))
  const byFile = Map.groupBy(imports, (one) => one.from)
  const found: Problem[] = []
  for (const file of reached)
    for (const one of byFile.get(file) ?? []) {
      if (one.isFile) reached.add(one.to)
      else if (one.to.startsWith('node:'))
        found.push({
          rule: '1 the browser has no Node',
          file,
          text: `is loaded by web and imports ${one.to}`,
        })
    }
  return found
}

/** Circles of imports, each told once with its way round. */
function circles(imports: Import[]): Problem[] {
  const next = Map.groupBy(
    imports.filter((one) => one.isFile && one.from !== one.to),
    (one) => one.from,
  )
  const done = new Set<string>()
  const way: string[] = []
  const found: Problem[] = []
  const visit = (file: string): void => {
    const since = way.indexOf(file)
    if (since >= 0) {
      const round = [...way.slice(since), file]
      found.push({ rule: '5 no circles', file, text: round.join(' -> ') })
    }
    if (since >= 0 || done.has(file)) return
    way.push(file)
    for (const { to } of next.get(file) ?? []) visit(to)
    way.pop()
    done.add(file)
  }
  for (const file of next.keys()) visit(file)
  return found
}
