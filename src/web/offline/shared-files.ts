// The files that another app shared with the installed client, as the service worker left them.
const STORE = 'folkmoot-shared'

/** Given once: afterwards nothing of them stays. */
export async function takeSharedFiles(): Promise<File[]> {
  const cache = await caches.open(STORE)
  const found = await Promise.all(
    (await cache.keys()).map(async (key) => {
      const answer = await cache.match(key)
      if (!answer) return []
      const name = decodeURIComponent(answer.headers.get('x-name') ?? 'file')
      return new File([await answer.blob()], name, { type: answer.headers.get('content-type') ?? '' })
    }),
  )
  await caches.delete(STORE)
  return found.flat()
}
