// Beyond Mastodon's API, though not beyond its settings: one's own posts delete themselves after some time.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { readRetention, setRetention } from '../../../domain/posts/post-retention.ts'
import { DEFAULT_RETENTION } from '../../../model/post-retention.ts'
import type { PostRetention } from '../../../model/post-retention.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { Params } from '../http/params.ts'

function writeRetention(rules: PostRetention | undefined): entity.PostRetention {
  const shown = rules ?? DEFAULT_RETENTION
  return {
    enabled: rules !== undefined,
    days: shown.days,
    keep_pinned: shown.keepPinned,
    keep_direct: shown.keepDirect,
    keep_media: shown.keepMedia,
    keep_polls: shown.keepPolls,
    keep_bookmarked: shown.keepBookmarked,
    keep_favourited: shown.keepFavourited,
    min_favourites: shown.minFavourites,
    min_boosts: shown.minBoosts,
  }
}

/** What is not said is as it was. */
function readRules(params: Params, before: PostRetention): PostRetention {
  const flag = (name: string, old: boolean): boolean => params.flag(name) ?? old
  const count = (name: string, old: number | null): number | null =>
    params.has(name) ? (params.integer(name) ?? null) : old
  return {
    days: params.integer('days') ?? before.days,
    keepPinned: flag('keep_pinned', before.keepPinned),
    keepDirect: flag('keep_direct', before.keepDirect),
    keepMedia: flag('keep_media', before.keepMedia),
    keepPolls: flag('keep_polls', before.keepPolls),
    keepBookmarked: flag('keep_bookmarked', before.keepBookmarked),
    keepFavourited: flag('keep_favourited', before.keepFavourited),
    minFavourites: count('min_favourites', before.minFavourites),
    minBoosts: count('min_boosts', before.minBoosts),
  }
}

export function addPostRetentionRoutes(server: Hono, api: Api): void {
  const read = { auth: 'user', scopes: ['read', 'read:accounts'] } as const
  const write = { auth: 'user', scopes: ['write', 'write:accounts'] } as const
  endpoint(server, api, 'GET /api/v1/post_retention', read, async (request) =>
    writeRetention(await readRetention(api, userOf(request))),
  )
  endpoint(server, api, 'PUT /api/v1/post_retention', write, async (request) => {
    const accountId = userOf(request)
    const before = await readRetention(api, accountId)
    const enabled = request.params.flag('enabled') ?? before !== undefined
    const rules = enabled ? readRules(request.params, before ?? DEFAULT_RETENTION) : undefined
    await setRetention(api, accountId, rules)
    return writeRetention(rules)
  })
}
