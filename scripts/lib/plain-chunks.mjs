// A step of the builds that makes what the server loads cheap to load.

const builtinImport = /^import (?:(\w+)|\* as (\w+)|(?:(\w+), )?\{([^}]*)\}) from "(node:[\w/]+)";$/gm

/**
 * Takes Node's own modules without their facade for `import`, which reads every property: for node:http that alone
 * loads a WebSocket client, 60 ms and 17 MB in all.
 */
function plainBuiltin(...found) {
  const [, whole, star, first, names, module] = found
  const from = `process.getBuiltinModule("${module}")`
  const lines = [whole ?? star ?? first].filter(Boolean).map((name) => `const ${name} = ${from};`)
  if (names !== undefined) lines.push(`const {${names.replaceAll(' as ', ': ')}} = ${from};`)
  return lines.join(' ')
}

/** With a single letter beyond Latin, V8 keeps two bytes for each letter of a file. */
const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

export const plainChunks = {
  name: 'plain-chunks',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk')
          chunk.code = chunk.code.replaceAll(/[^\0-\x7f]/g, escaped).replaceAll(builtinImport, plainBuiltin)
    },
  },
}

/** HTTP/2 is spoken by the proxy in front; the adapter loads it only to recognise its requests. */
export const withoutHttp2 = {
  name: 'without-http2',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id.endsWith('http2') && importer?.includes('@hono/node-server') ? '\0without-http2' : undefined,
  load: (id) =>
    id === '\0without-http2' ? 'export class Http2ServerRequest {}\nexport const constants = {}' : undefined,
}

/** Everything that a start needs goes into one file; what is asked for later, and the operator's tool, stay apart. */
export function oneChunk(name, entry, apart) {
  const inside = new Set()
  const reach = (context, id, found) => {
    if (found.has(id)) return
    found.add(id)
    for (const next of context.getModuleInfo(id)?.importedIds ?? []) reach(context, next, found)
  }
  return {
    plugin: {
      name: 'one-chunk',
      buildEnd() {
        const ids = [...this.getModuleIds()]
        const outside = new Set()
        for (const id of ids) if (apart.some((path) => id.endsWith(path))) reach(this, id, outside)
        for (const id of ids) if (id.endsWith(entry)) reach(this, id, inside)
        for (const id of outside) inside.delete(id)
      },
    },
    groups: [{ name, test: (id) => inside.has(id) }],
  }
}
