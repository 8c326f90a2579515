// What is known here about things of other servers, by their addresses.
import { findByHandle, findByUri, findAccount } from '../../store/accounts.ts'
import type { Account } from '../../model/account.ts'
import { findFollowByUri } from '../../store/follows.ts'
import type { Follow } from '../../store/follows.ts'
import { findHosts } from '../../store/hosts.ts'
import type { Host } from '../../store/hosts.ts'
import { findAuthor, findAuthorByUri } from '../../store/post-authors.ts'
import type { Author } from '../../store/post-authors.ts'
import { isDeleted } from '../../store/post-rows.ts'
import { findPost, findPostByUri } from '../../store/posts.ts'
import type { Post } from '../../model/post.ts'
import type { Context } from '../context.ts'

export type { Account } from '../../model/account.ts'
export type { Author } from '../../store/post-authors.ts'
export type { Post } from '../../model/post.ts'

export const accountOfUri = (ctx: Context, uri: string): Promise<Account | undefined> =>
  findByUri(ctx.store.read, uri)

export const accountOfId = (ctx: Context, id: number): Promise<Account | undefined> =>
  findAccount(ctx.store.read, id)

/** `domain` '' stands for this server. */
export const accountOfHandle = (
  ctx: Context,
  username: string,
  domain: string,
): Promise<Account | undefined> => findByHandle(ctx.store.read, username, domain)

export const authorOfUri = (ctx: Context, uri: string): Promise<Author | undefined> =>
  findAuthorByUri(ctx.store.read, uri)

export const postOfUri = (ctx: Context, uri: string): Promise<Post | undefined> =>
  findPostByUri(ctx.store.read, uri)

export const postOfId = (ctx: Context, id: number): Promise<Post | undefined> => findPost(ctx.store.read, id)

/** Whether something with this address was here and is deleted. */
export const isGone = (ctx: Context, uri: string): Promise<boolean> => isDeleted(ctx.store.read, uri)

export const hostOfDomain = async (ctx: Context, domain: string): Promise<Host | undefined> =>
  (await findHosts(ctx.store.read, [domain]))[0]

/** The few facts about an account that handling its activities needs. */
export const authorOfId = (ctx: Context, id: number): Promise<Author | undefined> =>
  findAuthor(ctx.store.read, id)

export const followOfUri = (ctx: Context, uri: string): Promise<Follow | undefined> =>
  findFollowByUri(ctx.store.read, uri)
