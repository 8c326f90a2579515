// Finds what an activity is about: posts known here or fetched from their own server, and our own accounts.
import { accountOfUri, postOfId, postOfUri } from '../../../domain/federation/find-remote.ts'
import type { Account, Post } from '../../../domain/federation/find-remote.ts'
import { Refusal } from '../../../model/refusal.ts'
import { sameOrigin } from '../wire.ts'
import type { Work } from './work.ts'

/** One of our accounts by its address. */
export async function localAccount(work: Work, uri: string | undefined): Promise<Account | undefined> {
  if (uri === undefined || !sameOrigin(uri, work.world.config.origin)) return undefined
  const account = await accountOfUri(work.world, uri)
  return account?.domain === '' && account.deleted_at === null ? account : undefined
}

/** A post that is known here. */
export async function knownPost(
  work: Pick<Work, 'world'>,
  uri: string | undefined,
): Promise<Post | undefined> {
  return uri === undefined ? undefined : postOfUri(work.world, uri)
}

/** A post, fetched from its own server when it is unknown; undefined where it cannot be had. Throws Unreachable. */
export async function anyPost(work: Work, uri: string | undefined): Promise<Post | undefined> {
  const known = await knownPost(work, uri)
  if (known || uri === undefined || sameOrigin(uri, work.world.config.origin)) return known
  try {
    return await postOfId(work.world, await work.reach.posts.find(uri))
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
