// Numbers for the dashboards of moderators.
import type { Hono } from 'hono'
import type * as entity from '../../../../contract/entities.ts'
import { measure, measureRetention, rangeOf } from '../../../../domain/moderation/measure.ts'
import type { DayRange } from '../../../../domain/moderation/measure.ts'
import { shareOf } from '../../../../domain/moderation/share.ts'
import type { Api } from '../../api.ts'
import { BadParam } from '../../http/params.ts'
import { dateTime } from '../../write/time.ts'
import { adminEndpoint } from './admin-endpoint.ts'
import type { AdminRequest } from './admin-endpoint.ts'

const RULE = { permission: 'view-dashboard' } as const
const DAY_MS = 86_400_000
const MOST_KEYS = 20
const DEFAULT_DAYS = 30

function readTime({ params }: AdminRequest, name: string, fallback: number | undefined): number {
  const text = params.text(name, 40)
  if ((text === undefined || text === '') && fallback !== undefined) return fallback
  const time = Date.parse(text ?? '')
  if (Number.isNaN(time)) throw new BadParam(`${name} is not a time`)
  return time
}

function readRange(request: AdminRequest, needed: boolean): DayRange {
  const now = request.api.clock.now()
  const end = readTime(request, 'end_at', needed ? undefined : now)
  const start = readTime(request, 'start_at', needed ? undefined : now - DEFAULT_DAYS * DAY_MS)
  if (end < start) throw new BadParam('end_at is before start_at')
  return rangeOf(request.api, start, end)
}

function keysOf({ params }: AdminRequest): string[] {
  return params.texts('keys', MOST_KEYS, 60) ?? []
}

/** What a key is about stands in a hash of its name: `instance_accounts[domain]`, `tag_uses[id]`. */
function aboutOf({ params }: AdminRequest, key: string): { about?: string } {
  const nested = params.child(key)
  const about = nested?.text('domain', 300) ?? nested?.text('id', 20)
  return about === undefined ? {} : { about }
}

async function measures(request: AdminRequest): Promise<entity.AdminMeasure[]> {
  const range = readRange(request, true)
  const found = await Promise.all(
    keysOf(request).map((key) =>
      measure(request.api, request.actor, { key, range, ...aboutOf(request, key) }),
    ),
  )
  return found.flatMap((one) => {
    if (!one) return []
    const { key, unit, total, previousTotal, days } = one
    return {
      key,
      unit,
      total: String(total),
      ...(unit === 'bytes' ? { human_value: humanBytes(total) } : {}),
      ...(previousTotal === undefined ? {} : { previous_total: String(previousTotal) }),
      data: days.map(({ day, value }) => ({ date: dateTime(day * DAY_MS), value: String(value) })),
    }
  })
}

async function dimensions(request: AdminRequest): Promise<entity.AdminDimension[]> {
  const range = readRange(request, false)
  const limit = Math.min(Math.max(1, request.params.integer('limit') ?? 10), 100)
  const found = await Promise.all(
    keysOf(request).map((key) =>
      key === 'software_versions'
        ? Promise.resolve({ key, unit: undefined, shares: undefined })
        : shareOf(request.api, request.actor, { key, range, limit, ...aboutOf(request, key) }),
    ),
  )
  return found.flatMap((one) => {
    if (!one) return []
    if (!one.shares) return { key: one.key, data: versions(request.api) }
    const { key, unit, shares } = one
    const data = shares.map(({ name, value }) => ({
      key: name,
      human_key: name,
      value: String(value),
      ...(unit === undefined ? {} : { unit, human_value: humanBytes(value) }),
    }))
    return { key, data }
  })
}

function versions({ config, store }: Api): entity.AdminDimensionData[] {
  const list = [
    ['folkmoot', 'Folkmoot', config.version],
    ['node', 'Node.js', process.versions.node],
    ['database', store.dialect.name === 'postgres' ? 'PostgreSQL' : 'SQLite', store.dialect.name],
  ] as const
  return list.map(([key, name, version]) => ({ key, human_key: name, value: version, human_value: version }))
}

function humanBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log(bytes) / Math.log(1024)), units.length - 1)
  return `${(bytes / 1024 ** step).toFixed(step === 0 ? 0 : 1)} ${units[step] ?? ''}`
}

async function retention(request: AdminRequest): Promise<entity.AdminCohort[]> {
  const frequency = request.params.text('frequency', 10) ?? 'day'
  if (frequency !== 'day' && frequency !== 'month') throw new BadParam('frequency is day or month')
  const range = readRange(request, true)
  const cohorts = await measureRetention(request.api, request.actor, range, frequency)
  return cohorts.map(({ day, data }) => ({
    period: dateTime(day * DAY_MS),
    frequency,
    data: data.map((one) => ({
      date: dateTime(one.day * DAY_MS),
      rate: one.rate,
      value: String(one.value),
    })),
  }))
}

export function addAdminNumberRoutes(server: Hono, api: Api): void {
  adminEndpoint(server, api, 'POST /api/v1/admin/measures', RULE, measures)
  adminEndpoint(server, api, 'POST /api/v1/admin/dimensions', RULE, dimensions)
  adminEndpoint(server, api, 'POST /api/v1/admin/retention', RULE, retention)
}
