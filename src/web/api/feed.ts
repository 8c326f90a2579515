// A timeline as the client holds it: what is shown, what is new, what is missing in between.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import type { Status } from '../../contract/entities.ts'
import { getPage, withQuery } from './http.ts'
import { keepPost } from './posts.ts'
import type { PostSignal } from './posts.ts'

export interface PostEntry {
  kind: 'post'
  id: string
  post: PostSignal
}

/** Posts between `below` (newer) and `above` (older) were never loaded. */
export interface GapEntry {
  kind: 'gap'
  id: string
  before: string
  after: string
}

export type FeedEntry = PostEntry | GapEntry

export type FeedState = 'fresh' | 'loading' | 'ready' | 'failed' | 'end'

export interface Feed {
  key: string
  entries: Signal<readonly FeedEntry[]>
  /** Newer posts that wait behind the pill, newest first. */
  waiting: Signal<readonly PostEntry[]>
  state: Signal<FeedState>
  loadOlder(): Promise<void>
  /** Looks for newer posts; `show` puts them on top at once. */
  loadNewer(show: boolean): Promise<void>
  fillGap(gap: GapEntry): Promise<void>
  /** Makes sure that the posts up to this id are there, without all that lies between. */
  reach(id: string): Promise<void>
  /** One post that came by streaming or was written here. */
  add(status: Status, show: boolean): void
  showWaiting(): void
}

const PAGE = 20
const MAX_WAITING = 100

function entriesOf(list: readonly Status[]): PostEntry[] {
  return list.map((status) => ({ kind: 'post', id: status.id, post: keepPost(status) }))
}

/** `pages` false: the list's cursors are not post ids (favourites, bookmarks), so it only grows downwards. */
export function createFeed(options: {
  key: string
  path: string
  first?: Status[] | undefined
  pages?: boolean
}): Feed {
  const { entries, waiting } = lists(options.first)
  const state = signal<FeedState>(options.first ? (options.first.length < PAGE ? 'end' : 'ready') : 'fresh')
  const lastFirst = options.first?.at(-1)
  const start = withQuery(options.path, { limit: PAGE })
  let next: string | undefined = lastFirst ? withQuery(start, { max_id: lastFirst.id }) : start

  const knows = (id: string): boolean =>
    entries.value.some((entry) => entry.id === id) || waiting.value.some((entry) => entry.id === id)

  async function loadOlder(): Promise<void> {
    if (state.value === 'loading' || state.value === 'end' || next === undefined) return
    state.value = 'loading'
    try {
      const page = await getPage<Status>(next)
      next = page.items.length > 0 ? page.next : undefined
      entries.value = [...entries.value, ...entriesOf(page.items).filter((entry) => !knows(entry.id))]
      state.value = next === undefined ? 'end' : 'ready'
    } catch {
      state.value = 'failed'
    }
  }

  async function loadNewer(show: boolean): Promise<void> {
    if (options.pages === false) return
    await putNewer(options.path, { entries, waiting, knows })
    if (show) showAll(entries, waiting)
  }

  function add(status: Status, show: boolean): void {
    // What is written here may come by streaming before the server's answer does.
    if (show) waiting.value = waiting.value.filter((entry) => entry.id !== status.id)
    const [entry] = entriesOf([status])
    if (!entry || knows(entry.id)) return
    if (show) entries.value = [entry, ...entries.value]
    else holdBack({ entries, waiting }, entry)
  }

  async function reach(id: string): Promise<void> {
    if (state.value === 'end') return
    const reached = await append(options.path, { entries, knows }, id)
    if (!reached) return
    next = reached.next
    state.value = next === undefined ? 'end' : 'ready'
  }

  return {
    key: options.key,
    entries,
    waiting,
    state,
    loadOlder,
    loadNewer,
    fillGap: (gap) => fill(options.path, { entries, knows }, gap),
    reach,
    add,
    showWaiting: () => showAll(entries, waiting),
  }
}

/** Puts what is newer than everything known behind the pill. */
async function putNewer(
  path: string,
  { entries, waiting, knows }: Filling & Pick<Feed, 'waiting'>,
): Promise<void> {
  const newest = waiting.value[0] ?? entries.value.find((entry) => entry.kind === 'post')
  if (!newest) return
  const page = await getPage<Status>(withQuery(path, { limit: PAGE, since_id: newest.id }))
  const fresh = entriesOf(page.items).filter((entry) => !knows(entry.id))
  const last = fresh.at(-1)
  if (!last) return
  if (fresh.length < PAGE) {
    waiting.value = [...fresh, ...waiting.value]
    return
  }
  // More than a page was missed: what waited already is left to the gap.
  waiting.value = fresh
  const top = entries.value.find((entry) => entry.kind === 'post')
  if (top) entries.value = [gapBetween(last.id, top.id), ...entries.value]
}

interface Filling {
  entries: Feed['entries']
  knows: (id: string) => boolean
}

async function fill(path: string, { entries, knows }: Filling, gap: GapEntry): Promise<void> {
  const page = await getPage<Status>(
    withQuery(path, { limit: PAGE, max_id: gap.before, since_id: gap.after }),
  )
  const found = entriesOf(page.items).filter((entry) => !knows(entry.id))
  const last = found.at(-1)
  const rest = last && page.items.length >= PAGE ? [gapBetween(last.id, gap.after)] : []
  entries.value = entries.value.flatMap((entry) => (entry === gap ? [...found, ...rest] : [entry]))
}

/** Adds the page that begins with this id, below a gap; nothing when it is there already. */
async function append(
  path: string,
  { entries, knows }: Filling,
  id: string,
): Promise<{ next: string | undefined } | undefined> {
  const last = entries.value.findLast((entry) => entry.kind === 'post')
  if (!last || Number(last.id) <= Number(id)) return undefined
  const page = await getPage<Status>(withQuery(path, { limit: PAGE, max_id: String(Number(id) + 1) }))
  const found = entriesOf(page.items).filter((entry) => !knows(entry.id))
  const [first] = found
  if (!first) return undefined
  entries.value = [...entries.value, gapBetween(last.id, first.id), ...found]
  return { next: page.next }
}

function lists(first: Status[] = []): Pick<Feed, 'entries' | 'waiting'> {
  return {
    entries: signal<readonly FeedEntry[]>(entriesOf(first)),
    waiting: signal<readonly PostEntry[]>([]),
  }
}

function showAll(entries: Feed['entries'], waiting: Feed['waiting']): void {
  entries.value = [...waiting.value, ...entries.value]
  waiting.value = []
}

/** What waits is bounded: the oldest are dropped, and a gap is left in their place. */
function holdBack({ entries, waiting }: Pick<Feed, 'entries' | 'waiting'>, entry: PostEntry): void {
  const all = [entry, ...waiting.value]
  waiting.value = all.slice(0, MAX_WAITING)
  const last = waiting.value.at(-1)
  const rest = entries.value[0]?.kind === 'gap' ? entries.value.slice(1) : entries.value
  const top = rest.find((one) => one.kind === 'post')
  if (all.length > MAX_WAITING && last && top) entries.value = [gapBetween(last.id, top.id), ...rest]
}

function gapBetween(before: string, after: string): GapEntry {
  return { kind: 'gap', id: `gap-${before}`, before, after }
}

const feeds = new Map<string, Feed>()
const MAX_FEEDS = 12

/** The feed under a key, kept while the client runs so that going back finds it as it was left. */
export function feedFor(key: string, make: () => Feed): Feed {
  const known = feeds.get(key)
  if (known) {
    feeds.delete(key)
    feeds.set(key, known)
    return known
  }
  const fresh = make()
  feeds.set(key, fresh)
  const oldest = feeds.keys().next().value
  if (feeds.size > MAX_FEEDS && oldest !== undefined) feeds.delete(oldest)
  return fresh
}

export function eachFeed(work: (feed: Feed) => void): void {
  for (const feed of feeds.values()) work(feed)
}

/** Makes feeds load anew: somebody was followed, muted or blocked. */
export function forgetFeeds(): void {
  feeds.clear()
}
