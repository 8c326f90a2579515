// Reads a page of any timeline for one reader: ids from its index, then only what that reader may and wants to see.
import type { Edges, IdWindow } from '../../model/page.ts'
import type { PostView } from '../../model/post-view.ts'
import type { Relation } from '../../model/relation.ts'
import type { Db } from '../../store/open.ts'
import { knowRelations } from '../posts/reader-memory.ts'
import { viewPosts } from '../posts/view-posts.ts'

export interface Reader {
  viewerId: number | undefined
  now: number
  /** Languages that the reader wants in public timelines; null: all. */
  languages?: readonly string[] | null
  /** Whether authors whom a moderator limited are left out, as in everything that brings strangers together. */
  hidesLimited?: boolean
}

export interface TimelinePage {
  views: PostView[]
  /** Cursors of the rows walked over, shown or hidden; undefined when there were none. */
  edges: Edges | undefined
}

/** Gives the ids of one window of a timeline, newest first. */
export type IdSourceOf = (window: IdWindow) => Promise<number[]>

const MOST_ROUNDS = 4

/** Fills a page although some of its posts are hidden from the reader, by reading on a few times. */
export async function readTimeline(
  db: Db,
  reader: Reader,
  source: IdSourceOf,
  window: IdWindow,
): Promise<TimelinePage> {
  const views: PostView[] = []
  let first: number | undefined
  let last: number | undefined
  let next: IdWindow = window
  let isFull = false
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const ids = await source(next)
    if (ids.length > 0) {
      first = Math.max(first ?? 0, ids[0] as number)
      last = Math.min(last ?? Number.MAX_SAFE_INTEGER, ids.at(-1) as number)
    }
    isFull = ids.length >= next.limit
    const found = await wantedPosts(db, reader, ids)
    if (window.minId === undefined) views.push(...found)
    else views.unshift(...found)
    if (!isFull || views.length >= window.limit || found.length * 2 > ids.length) break
    next = { ...next, limit: window.limit - views.length }
    if (window.minId === undefined) next.maxId = last as number
    else next.minId = first as number
  }
  if (first === undefined || last === undefined) return { views, edges: undefined }
  // Where all is hidden, only a full window promises that reading on is worth it.
  return { views, edges: views.length > 0 ? { first, last } : { first, last, more: isFull } }
}

/** The posts among `ids` that the reader may see and has not hidden by mutes, blocks or languages. */
export async function wantedPosts(db: Db, reader: Reader, ids: readonly number[]): Promise<PostView[]> {
  const found = await viewPosts(db, reader.viewerId, ids)
  const views = reader.hidesLimited ? found.filter((view) => view.author.account.limited_at === null) : found
  const { viewerId } = reader
  if (viewerId === undefined || views.length === 0) return views
  const authors = new Set<number>()
  for (const view of views) {
    authors.add(view.post.account_id)
    if (view.boostOf) authors.add(view.boostOf.post.account_id)
  }
  authors.delete(viewerId)
  const relations = await knowRelations(db, viewerId, authors, reader.now)
  return views.filter((view) => isWanted(view, relations, reader.now) && speaksFor(reader, view))
}

/** The part of a relation that hides an account's posts from a reader. */
export type HidingRelation = Pick<Relation, 'blocking' | 'blockedBy' | 'domainBlocking' | 'muting'> & {
  following: { accepted: boolean } | undefined
}

/** Whether no author of what is shown is blocked, muted or on a server that the reader hides. */
export function isWanted(
  view: PostView,
  relations: ReadonlyMap<number, HidingRelation>,
  now: number,
): boolean {
  return (
    isAuthorWanted(view, relations, now) && (!view.boostOf || isAuthorWanted(view.boostOf, relations, now))
  )
}

function isAuthorWanted(
  view: PostView,
  relations: ReadonlyMap<number, HidingRelation>,
  now: number,
): boolean {
  const relation = relations.get(view.post.account_id)
  if (!relation) return true
  if (relation.blocking || relation.blockedBy || isMuting(relation, now)) return false
  return !relation.domainBlocking || relation.following?.accepted === true
}

function isMuting({ muting }: HidingRelation, now: number): boolean {
  return muting !== undefined && (muting.expiresAt === null || muting.expiresAt > now)
}

function speaksFor(reader: Reader, view: PostView): boolean {
  const { language } = (view.boostOf ?? view).post
  return (
    reader.languages == null ||
    language === null ||
    view.post.account_id === reader.viewerId ||
    reader.languages.includes(language)
  )
}
