// The client's own files: fetched once for each version, so that every screen opens without a connection.

/** Filled in by the build: the files of this version, and a name for them. */
declare const FOLKMOOT_FILES: readonly string[]
declare const FOLKMOOT_VERSION: string

const PREFIX = 'folkmoot-code-'

export async function fetchCode(): Promise<void> {
  const cache = await caches.open(PREFIX + FOLKMOOT_VERSION)
  await cache.addAll([...FOLKMOOT_FILES])
}

/** Pages that were opened before an update go on with the files of the version before this one. */
export async function dropOldCode(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX))
  const others = names.filter((name) => name !== PREFIX + FOLKMOOT_VERSION)
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)))
}

export async function answerCode(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  return (await caches.match(pathname)) ?? fetch(request)
}
