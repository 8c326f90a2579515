// Puts what a feed holds into the order in which it is read: answers below what they answer, a boosted post once.
import type { Account, Status } from '../../contract/entities.ts'
import type { FeedEntry, GapEntry, PostEntry } from '../api/feed.ts'

export interface PostRow {
  kind: 'post'
  id: string
  entry: PostEntry
  /** Everybody who boosted it lately, the newest first. */
  boosters: readonly Account[]
  /** The next row answers this one. */
  answered: boolean
}

/** Everything below this line was there the last time. */
export interface HereRow {
  kind: 'here'
  id: 'here'
}

export type FeedRow = PostRow | GapEntry | HereRow

/** Within so many entries the same post, or what an answer answers, is brought together. */
const NEARBY = 40
/** A longer conversation is told by its last posts; the rest is one tap away. */
const MOST_IN_CHAIN = 4

interface Held {
  entry: PostEntry
  status: Status
  at: number
}

const shownId = (status: Status): string => status.reblog?.id ?? status.id

function isHidden(status: Status): boolean {
  return status.filtered?.some(({ filter }) => filter.filter_action === 'hide') === true
}

function held(entries: readonly FeedEntry[]): (Held | GapEntry)[] {
  return entries.flatMap((entry, at): (Held | GapEntry)[] => {
    if (entry.kind === 'gap') return [entry]
    const status = entry.post.value
    return status && !isHidden(status) ? [{ entry, status, at }] : []
  })
}

const isGap = (one: Held | GapEntry): one is GapEntry => 'kind' in one

/** The posts that this one answers and that are here as well, the first of the conversation first. */
function chainOf(one: Held, byId: ReadonlyMap<string, Held>, placed: ReadonlySet<string>): Held[] {
  const chain = [one]
  while (chain.length < MOST_IN_CHAIN) {
    const top = chain[0] as Held
    const parent = byId.get(top.status.in_reply_to_id ?? '')
    const near = parent && parent.at > top.at && parent.at - one.at <= NEARBY
    if (!near || top.status.reblog || placed.has(parent.entry.id)) break
    chain.unshift(parent)
  }
  return chain
}

function boostersOf(list: readonly (Held | GapEntry)[], index: number): Account[] {
  const first = list[index] as Held
  const people = new Map<string, Account>()
  for (const other of list.slice(index, index + NEARBY))
    if (!isGap(other) && other.status.reblog && shownId(other.status) === shownId(first.status))
      people.set(other.status.account.id, other.status.account)
  return [...people.values()]
}

/** Entries newest first become rows; `hereId` is the newest post that was seen the last time. */
export function arrange(entries: readonly FeedEntry[], hereId?: string): FeedRow[] {
  const list = held(entries)
  const byId = new Map(list.flatMap((one) => (isGap(one) || one.status.reblog ? [] : [[one.entry.id, one]])))
  const placed = new Set<string>()
  const shown = new Map<string, number>()
  const rows: FeedRow[] = []
  const here = hereId === undefined ? -1 : Number(hereId)
  let passed = false
  list.forEach((one, index) => {
    if (!passed && !isGap(one) && Number(one.entry.id) <= here) {
      passed = true
      if (rows.length > 0) rows.push({ kind: 'here', id: 'here' })
    }
    if (isGap(one)) {
      rows.push(one)
      return
    }
    if (placed.has(one.entry.id)) return
    const before = shown.get(shownId(one.status))
    if (before !== undefined && one.at - before <= NEARBY) return
    const chain = chainOf(one, byId, placed)
    chain.forEach((link, step) => {
      placed.add(link.entry.id)
      shown.set(shownId(link.status), link.at)
      rows.push({
        kind: 'post',
        id: link.entry.id,
        entry: link.entry,
        boosters: link === one && link.status.reblog ? boostersOf(list, index) : [],
        answered: step < chain.length - 1,
      })
    })
  })
  // What would follow the line may have been brought up to what is new.
  return rows.at(-1)?.kind === 'here' ? rows.slice(0, -1) : rows
}
