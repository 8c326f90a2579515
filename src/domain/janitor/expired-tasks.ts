// Tasks that remove what has run out: sessions, codes, expired mutes, and what is remembered for a while only.
import { DRAFT_LIMITS } from '../../model/kept-draft.ts'
import { removeExpired } from '../../store/expired-rows.ts'
import type { ExpiringSort } from '../../store/expired-rows.ts'
import { pruneActivities } from '../../store/outgoing-activities.ts'
import { listHostsAfter, removeUnseenHosts } from '../../store/prune-hosts.ts'
import { forgetTagUsers } from '../../store/tags.ts'
import { keepActive } from '../moderation/measure.ts'
import { trimFeeds } from '../timelines/trim-feeds.ts'
import { DAY_MS, daysAgo } from './task.ts'
import type { Task } from './task.ts'

const CHUNK = 500
const ACTIVE_DAYS = 400

/** How many days ago a row's time must lie. */
const KEPT_DAYS: Record<ExpiringSort, number> = {
  sessions: 0,
  'email tokens': 0,
  // A code that comes back within a day still takes its token away.
  grants: 1,
  // A device that was off for a week may send once more what it cannot know to have arrived.
  'idempotency keys': 8,
  mutes: 0,
  // Longer than any server goes on trying to deliver.
  'received activities': 30,
  tombstones: 180,
  archives: 0,
  drafts: DRAFT_LIMITS.days,
  'dead jobs': 30,
  // Moderators are shown a week of addresses.
  'attempts at blocked mail domains': 8,
  // The longest chart of who comes back.
  'who was active': ACTIVE_DAYS,
  // The longest chart beside the period before it.
  'day counts': 2 * ACTIVE_DAYS,
}

const expired = Object.entries(KEPT_DAYS).map(([name, days]): Task => ({
  name: `expired ${name}`,
  async step(broom) {
    const before = daysAgo(broom, days)
    if (name === 'who was active') await keepActive(broom.ctx, before)
    const count = await broom.ctx.store.write((tx) => removeExpired(tx, name as ExpiringSort, before, CHUNK))
    return count < CHUNK ? { count } : { count, next: 'more' }
  },
}))

const sentActivities: Task = {
  name: 'sent activities',
  async step(broom) {
    const before = daysAgo(broom, 1)
    const count = await broom.ctx.store.write((tx) => pruneActivities(tx, before, CHUNK))
    return count < CHUNK ? { count } : { count, next: 'more' }
  },
}

const unseenHosts: Task = {
  name: 'servers unseen for long',
  async step(broom, from) {
    const domains = await listHostsAfter(broom.ctx.store.read, from, CHUNK)
    const before = daysAgo(broom, 90)
    const count = await broom.ctx.store.write((tx) => removeUnseenHosts(tx, domains, before))
    const last = domains.at(-1)
    return domains.length < CHUNK || last === undefined ? { count } : { count, next: last }
  },
}

const longFeeds: Task = {
  name: 'ends of long feeds',
  step: async ({ ctx }) => ({ count: await trimFeeds(ctx) }),
}

const tagUsers: Task = {
  name: 'who used hashtags',
  async step(broom) {
    const before = Math.floor(daysAgo(broom, 2) / DAY_MS)
    const count = await broom.ctx.store.write((tx) => forgetTagUsers(tx, before, CHUNK))
    return count < CHUNK ? { count } : { count, next: 'more' }
  },
}

export const expiredTasks: readonly Task[] = [...expired, sentActivities, unseenHosts, longFeeds, tagUsers]
