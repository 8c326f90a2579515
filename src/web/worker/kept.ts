// What was loaded, kept to be read without a connection: by account, bounded in number, size and age.

/** Each account has a store of its own, which goes when it signs out. */
const ACCOUNT = 'folkmoot-kept-'
const PICTURES = 'folkmoot-pictures'
const CURRENT = 'folkmoot-current'
const SHELL = '/kept-shell'
/** Says on an answer when it was kept; what comes from the network does not carry it. */
export const KEPT_AT = 'x-kept-at'

const LIMITS = {
  answers: { count: 200, bytes: 400_000 },
  pictures: { count: 300, bytes: 300_000 },
}
const OLDEST_MS = 14 * 86_400_000
/** Looking through a store takes a while; it is done once in so many additions. */
const SWEEP_EVERY = 25

/** Grows when somebody signs out: what was asked before then is not kept any more. */
let generation = 0
let additions = 0

export function currentGeneration(): number {
  return generation
}

async function stamped(answer: Response, most: number): Promise<Response | undefined> {
  const body = await answer.arrayBuffer()
  if (body.byteLength > most) return undefined
  const headers = new Headers({ [KEPT_AT]: String(Date.now()) })
  for (const name of ['content-type', 'link', 'content-security-policy', 'cross-origin-opener-policy'])
    if (answer.headers.has(name)) headers.set(name, answer.headers.get(name) ?? '')
  return new Response(body, { status: answer.status, headers })
}

interface Keeping {
  store: string
  key: string
  answer: Response
  limit: { count: number; bytes: number }
  since: number
}

async function keep({ store, key, answer, limit, since }: Keeping): Promise<void> {
  const copy = await stamped(answer, limit.bytes)
  if (!copy || since !== generation) return
  const cache = await caches.open(store)
  await cache.put(key, copy)
  if (since !== generation) await caches.delete(store)
  else if (++additions % SWEEP_EVERY === 0) await sweep(cache, limit.count)
}

/** The oldest go first: a store gives its entries in the order in which they were last written. */
async function sweep(cache: Cache, most: number): Promise<void> {
  const all = await cache.keys()
  await Promise.all(all.slice(0, Math.max(0, all.length - most)).map((one) => cache.delete(one)))
}

async function find(store: string, key: string): Promise<Response | undefined> {
  const found = await caches.match(key, { cacheName: store })
  const age = Date.now() - Number(found?.headers.get(KEPT_AT) ?? 0)
  return age < OLDEST_MS ? found : undefined
}

export function keepAnswer(account: string, path: string, answer: Response, since: number): Promise<void> {
  return keep({ store: ACCOUNT + account, key: path, answer, limit: LIMITS.answers, since })
}

export function findAnswer(account: string, path: string): Promise<Response | undefined> {
  return find(ACCOUNT + account, path)
}

/** Visitors of public pages leave nothing behind. */
export async function keepPicture(path: string, answer: Response, since: number): Promise<void> {
  if ((await currentAccount()) === undefined) return
  await keep({ store: PICTURES, key: path, answer, limit: LIMITS.pictures, since })
}

export function findPicture(path: string): Promise<Response | undefined> {
  return find(PICTURES, path)
}

/** The client's document for an account, marked as kept so that the client does not take its posts for new. */
export async function keepShell(account: string, answer: Response, since: number): Promise<void> {
  const html = (await answer.text()).replace('<html ', `<html data-kept="${Date.now()}" `)
  await keepAnswer(account, SHELL, new Response(html, { headers: answer.headers }), since)
  if (since !== generation) return
  await setCurrent(account)
  const language = /<html [^>]*lang="(\w+)"/.exec(html)?.[1]
  if (language !== undefined) await (await caches.open(CURRENT)).put('/language', new Response(language))
}

/** The language that the client was last shown in. */
export async function clientLanguage(): Promise<string | undefined> {
  return (await caches.match('/language', { cacheName: CURRENT }))?.text()
}

/** The document of the account that new pages are for. */
export async function findShell(): Promise<Response | undefined> {
  const account = await currentAccount()
  return account === undefined ? undefined : findAnswer(account, SHELL)
}

async function setCurrent(account: string): Promise<void> {
  await (await caches.open(CURRENT)).put('/account', new Response(account))
}

async function currentAccount(): Promise<string | undefined> {
  return (await caches.match('/account', { cacheName: CURRENT }))?.text()
}

/** Drops what belongs to anybody but these accounts; pictures cannot be told apart, so all of them go. */
export async function keepOnly(accounts: readonly string[], current: string | null): Promise<void> {
  generation += 1
  const wanted = new Set(accounts.map((id) => ACCOUNT + id))
  const names = await caches.keys()
  const foreign = names.filter((name) => name.startsWith(ACCOUNT) && !wanted.has(name))
  await Promise.all(foreign.map((name) => caches.delete(name)))
  if (foreign.length > 0 || accounts.length === 0) await caches.delete(PICTURES)
  await caches.delete('folkmoot-shared')
  if (current === null) await caches.delete(CURRENT)
  else await setCurrent(current)
}

/** The server does not know this account's session any more: it ended somewhere else. */
export async function forgetAccount(account: string): Promise<void> {
  generation += 1
  await Promise.all([ACCOUNT + account, PICTURES].map((name) => caches.delete(name)))
  if ((await currentAccount()) === account) await caches.delete(CURRENT)
}
