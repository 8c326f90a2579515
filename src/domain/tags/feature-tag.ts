// Shows hashtags on somebody's profile, with how often they used them.
import { Refusal, notFound } from '../../model/refusal.ts'
import type { Tag } from '../../model/tag.ts'
import {
  deleteFeaturedTag,
  deleteFeaturedTagById,
  insertFeaturedTag,
  listFeaturedTags,
  listUsedTags,
} from '../../store/featured-tags.ts'
import type { FeaturedTag } from '../../store/featured-tags.ts'
import { findTag } from '../../store/tag-lookups.ts'
import { ensureTags } from '../../store/tags.ts'
import type { Context } from '../context.ts'
import type { NamedTag } from './view-tag.ts'

export type { FeaturedTag }

export const MOST_FEATURED_TAGS = 10

export async function featuredTags(ctx: Context, accountId: number): Promise<FeaturedTag[]> {
  return listFeaturedTags(ctx.store.read, accountId)
}

/** Twice is once. */
export async function featureTag(ctx: Context, accountId: number, tag: NamedTag): Promise<FeaturedTag> {
  return ctx.store.write(async (tx) => {
    const before = await listFeaturedTags(tx, accountId)
    const known = before.find((one) => one.name === tag.name)
    if (known) return known
    if (before.length >= MOST_FEATURED_TAGS)
      throw new Refusal(
        'invalid',
        'Validation failed: You have already featured the maximum number of hashtags',
      )
    const at = { now: ctx.clock.now(), nextId: () => ctx.ids.next() }
    const [kept] = await ensureTags(tx, [tag], at)
    if (!kept) throw notFound()
    await insertFeaturedTag(tx, { id: ctx.ids.next(), accountId, tagId: kept.id })
    const made = (await listFeaturedTags(tx, accountId)).find((one) => one.name === tag.name)
    if (!made) throw notFound()
    return made
  })
}

/** One that is not featured is no error. */
export async function unfeatureTag(ctx: Context, accountId: number, name: string): Promise<void> {
  const tag = await findTag(ctx.store.read, name)
  if (tag) await ctx.store.write((tx) => deleteFeaturedTag(tx, accountId, tag.id))
}

/** By the id of its place on the profile; refuses when there is none. */
export async function unfeatureById(ctx: Context, accountId: number, id: number): Promise<void> {
  if (!(await ctx.store.write((tx) => deleteFeaturedTagById(tx, accountId, id)))) throw notFound()
}

/** Hashtags that somebody used lately and does not show yet. */
export async function suggestTags(ctx: Context, accountId: number): Promise<Tag[]> {
  return listUsedTags(ctx.store.read, accountId, MOST_FEATURED_TAGS)
}
