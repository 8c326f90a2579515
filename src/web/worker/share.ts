// Takes what other apps share with the installed client: words go into the address, files wait for the composer.
const STORE = 'folkmoot-shared'
/** More than a post can hold is left out. */
const MOST_FILES = 8
const MOST_WORDS = 5000

/** The composer finds the files under `/shared/0`, `/shared/1`... in this store. */
export async function takeShared(request: Request): Promise<Response> {
  const form = await request.formData()
  const text = ['title', 'text', 'url']
    .flatMap((name) => {
      const word = form.get(name)
      return typeof word === 'string' && word !== '' ? [word] : []
    })
    .join('\n')
  const files = form.getAll('files').filter((one) => one instanceof File)
  await caches.delete(STORE)
  const cache = await caches.open(STORE)
  await Promise.all(
    files.slice(0, MOST_FILES).map((file, index) => {
      const headers = { 'content-type': file.type, 'x-name': encodeURIComponent(file.name) }
      return cache.put(`/shared/${index}`, new Response(file, { headers }))
    }),
  )
  const query = new URLSearchParams({ text: text.slice(0, MOST_WORDS) })
  if (files.length > 0) query.set('files', '1')
  return Response.redirect(`/publish?${query}`, 303)
}
