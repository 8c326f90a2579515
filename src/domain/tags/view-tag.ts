// Shows one hashtag; a tag that nobody used yet is shown as if it existed, but not kept.
import type { Tag, TagView } from '../../model/tag.ts'
import { findTag } from '../../store/tag-lookups.ts'
import type { Context } from '../context.ts'
import { viewTags } from './view-tags.ts'

/** A tag by its stored spelling, with the one to show when it is new. */
export interface NamedTag {
  name: string
  displayName: string
}

export async function viewTag(ctx: Context, viewerId: number | undefined, named: NamedTag): Promise<TagView> {
  const tag = (await findTag(ctx.store.read, named.name)) ?? unused(named)
  const [view] = await viewTags(ctx, viewerId, [tag])
  return view as TagView
}

function unused({ name, displayName }: NamedTag): Tag {
  return {
    id: 0,
    name,
    display_name: displayName,
    created_at: 0,
    last_used_at: null,
    usable: 1,
    trendable: null,
    listable: 1,
    reviewed_at: null,
  }
}
