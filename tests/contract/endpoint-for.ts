// Finds the endpoint of the catalogue that a request belongs to.
import type { Catalog, CatalogEndpoint } from './catalog.ts'

/** The most literal endpoint for a verb and a path (a query is ignored), aliases and equal verbs included. */
export function endpointFor(catalog: Catalog, method: string, path: string): CatalogEndpoint | undefined {
  const segments = (path.split('?')[0] ?? '').split('/')
  const verb = method.toUpperCase()
  let best: { endpoint: CatalogEndpoint; literal: number } | undefined
  for (const endpoint of catalog.endpoints) {
    if (endpoint.method !== verb && !endpoint.also?.includes(verb)) continue
    for (const pattern of [endpoint.path, ...(endpoint.aliases ?? [])]) {
      const literal = literalSegments(pattern.split('/'), segments)
      if (literal !== undefined && literal > (best?.literal ?? -1)) best = { endpoint, literal }
    }
  }
  return best?.endpoint
}

/** How many segments match letter by letter; undefined when the path does not fit the pattern. */
function literalSegments(pattern: string[], path: string[]): number | undefined {
  if (pattern.length !== path.length) return undefined
  let literal = 0
  for (const [index, part] of pattern.entries()) {
    if (part === path[index]) literal++
    else if (!part.startsWith(':') || !path[index]) return undefined
  }
  return literal
}
