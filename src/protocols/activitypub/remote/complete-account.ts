// Completes a profile somebody looks at: counts, latest posts and pinned posts, once a day at most.
import { completeAccount } from '../../../domain/accounts/complete-account.ts'
import { accountOfId, postOfUri } from '../../../domain/federation/find-remote.ts'
import type { Account } from '../../../domain/federation/find-remote.ts'
import { Refusal, Unreachable } from '../../../model/refusal.ts'
import { setReceivedTags } from '../../../domain/tags/set-received-tags.ts'
import { isPostType, readAuthor } from '../read/note.ts'
import { readHashtags } from '../read/tags.ts'
import { idOf, isObject, member, sameOrigin, typesOf } from '../wire.ts'
import type { World } from '../world.ts'
import type { Actors } from './actors.ts'
import { STALE_MS } from './actors.ts'
import { readCollection } from './collection.ts'
import type { Collection } from './collection.ts'
import type { Fetcher } from './fetch.ts'
import type { Posts } from './posts.ts'

export const COMPLETE_ACCOUNT = 'complete-account'
const LATEST = 20
const PINNED = 10
const TAGS = 10

/** Whether the account's completion is due. */
export function isCompletionDue(account: Account, now: number): boolean {
  if (account.protocol !== 'activitypub' || account.deleted_at !== null || account.suspended_at !== null)
    return false
  return now - (account.completed_at ?? 0) > STALE_MS
}

export function createCompletion(parts: { world: World; fetcher: Fetcher; actors: Actors; posts: Posts }) {
  const { world, fetcher, actors, posts } = parts

  const collection = async (uri: string | null, items: number): Promise<Collection | undefined> => {
    if (uri === null) return undefined
    return attempt(world, () => readCollection(fetcher, uri, { pages: items === 0 ? 0 : 1, items }))
  }

  /** The post behind an item: embedded by its own server, or fetched from there. */
  const takeItem = async (account: Account, item: unknown): Promise<number | undefined> => {
    const object = typesOf(item).includes('Create') ? member(item, 'object') : item
    const uri = idOf(object)
    if (uri === undefined || !sameOrigin(uri, account.uri)) return undefined
    const known = await postOfUri(world, uri)
    if (known) return known.id
    const isOwn = isObject(object) && isPostType(object) && readAuthor(object) === account.uri
    if (!isOwn) return typesOf(item).includes('Announce') ? undefined : posts.find(uri, { climb: 0 })
    const taken = await posts.take(object, { fetched: true, climb: 0 })
    return 'ignored' in taken ? undefined : taken.postId
  }

  const takeAll = async (account: Account, found: Collection | undefined): Promise<number[]> => {
    const ids: number[] = []
    for (const item of found?.items ?? []) {
      const id = await attempt(world, () => takeItem(account, item))
      if (id !== undefined) ids.push(id)
    }
    return ids
  }

  return async (accountId: number): Promise<void> => {
    const known = await accountOfId(world, accountId)
    if (!known || !isCompletionDue(known, world.clock.now())) return
    if (world.clock.now() - (known.fetched_at ?? 0) > STALE_MS)
      await attempt(world, () => actors.find(known.uri, { fresh: true }))
    const account = (await accountOfId(world, accountId)) ?? known
    const followers = await collection(account.followers_uri, 0)
    const following = await collection(account.following_uri, 0)
    const outbox = await collection(account.outbox, LATEST)
    await takeAll(account, outbox)
    const featured = await collection(account.featured_uri, PINNED)
    const pinnedIds = featured && (await takeAll(account, featured))
    const tags = await collection(account.featured_tags_uri, TAGS)
    const spellings = readHashtags(tags?.items).map((tag) => tag.displayName)
    if (tags) await setReceivedTags(world, accountId, spellings)
    await completeAccount(world, accountId, {
      ...(followers?.total === undefined ? {} : { followers: followers.total }),
      ...(following?.total === undefined ? {} : { following: following.total }),
      ...(outbox?.total === undefined ? {} : { posts: outbox.total }),
      ...(pinnedIds === undefined ? {} : { pinnedIds }),
    })
  }
}

/** Undefined where another server refuses or does not answer: a profile is completed as far as it goes. */
async function attempt<T>(world: World, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error
    world.log.debug({ error }, 'a part of a profile could not be fetched')
    return undefined
  }
}
