// Administrators see what the server is busy with: jobs, deliveries, relays, space; and who did what.
import type { Hono } from 'hono'
import type * as entity from '../../../../contract/entities.ts'
import { readLog } from '../../../../domain/moderation/log-action.ts'
import { addRelay, listRelays, removeRelay } from '../../../../domain/moderation/relays.ts'
import type { Relay } from '../../../../domain/moderation/relays.ts'
import {
  countPending,
  purgeCopies,
  readStorage,
  readWork,
  settleHost,
  settleJob,
} from '../../../../domain/moderation/watch-work.ts'
import type { Work } from '../../../../domain/moderation/watch-work.ts'
import type { Api } from '../../api.ts'
import { showAccounts } from '../../show.ts'
import { dateTime } from '../../write/time.ts'
import { adminEndpoint, adminId, adminWindow, linkRows } from './admin-endpoint.ts'
import type { AdminRequest } from './admin-endpoint.ts'

const DEVOPS = { permission: 'view-devops' } as const
const RELAYS = { permission: 'manage-federation' } as const
const time = (at: number | null): string | null => (at === null ? null : dateTime(at))

function writeWork(work: Work): entity.AdminWork {
  return {
    queues: work.queues.map(({ queue, waiting, failed, oldest }) => ({
      name: queue,
      waiting: waiting,
      failed: failed,
      oldest_at: dateTime(oldest),
    })),
    deliveries_waiting: work.deliveries.waiting,
    deliveries_overdue: work.deliveries.overdue,
    given_up_count: work.dead,
    given_up: work.givenUp.map((job) => ({
      id: String(job.id),
      kind: job.kind,
      failed_at: dateTime(job.failedAt),
      error: job.error,
    })),
    hosts: work.hosts.map((host) => ({
      domain: host.domain,
      software: host.software,
      waiting: host.waiting,
      attempts: host.attempts,
      failing_since: time(host.failingSince),
      next_attempt_at: dateTime(host.nextAt),
      last_error: host.lastError,
    })),
  }
}

function writeRelay(relay: Relay): entity.AdminRelay {
  return {
    id: String(relay.id),
    inbox: relay.inbox,
    actor: relay.actorUri,
    state: relay.state,
    created_at: dateTime(relay.createdAt),
  }
}

async function log(request: AdminRequest): Promise<entity.AdminLogEntry[]> {
  const { api, actor, params } = request
  const window = adminWindow(request)
  const accountId = params.id('account_id')
  const targetKind = params.text('target_type', 40)
  const targetId = params.id('target_id')
  const choice = {
    ...(accountId === undefined ? {} : { accountId }),
    ...(targetKind === undefined || targetKind === '' ? {} : { targetKind }),
    ...(targetId === undefined ? {} : { targetId }),
  }
  const entries = await readLog(api, actor, choice, window)
  linkRows(request, entries, (entry) => entry.id, window)
  const people = await showAccounts(api, [...new Set(entries.flatMap((entry) => entry.accountId ?? []))])
  return entries.map((entry) => ({
    id: String(entry.id),
    action: entry.action,
    target_type: entry.targetKind,
    target_id: entry.targetId === null ? null : String(entry.targetId),
    details: entry.detail,
    created_at: dateTime(entry.createdAt),
    account: people.find((one) => one.id === String(entry.accountId)) ?? null,
  }))
}

function addRelays(server: Hono, api: Api): void {
  const path = '/api/v1/admin/relays'
  adminEndpoint(server, api, `GET ${path}`, RELAYS, async () => (await listRelays(api)).map(writeRelay))
  adminEndpoint(server, api, `POST ${path}`, RELAYS, async ({ actor, params }) =>
    writeRelay(await addRelay(api, params.required('address', 2000), actor)),
  )
  adminEndpoint(server, api, `DELETE ${path}/:id`, RELAYS, async (request) => {
    await removeRelay(api, adminId(request), request.actor)
    return {}
  })
}

export function addAdminWorkRoutes(server: Hono, api: Api): void {
  adminEndpoint(server, api, 'GET /api/v1/admin/pending', { permission: 'view-dashboard' }, ({ actor }) =>
    countPending(api, actor),
  )
  adminEndpoint(server, api, 'GET /api/v1/admin/log', { permission: 'view-audit-log' }, log)
  adminEndpoint(server, api, 'GET /api/v1/admin/work', DEVOPS, async ({ actor }) =>
    writeWork(await readWork(api, actor)),
  )
  for (const deed of ['retry', 'drop'] as const) {
    adminEndpoint(server, api, `POST /api/v1/admin/work/jobs/:id/${deed}`, DEVOPS, async (request) => {
      await settleJob(api, request.actor, adminId(request), deed)
      return {}
    })
    adminEndpoint(server, api, `POST /api/v1/admin/work/hosts/:domain/${deed}`, DEVOPS, async (request) => ({
      count: await settleHost(api, request.actor, request.path('domain').toLowerCase(), deed),
    }))
  }
  adminEndpoint(server, api, 'GET /api/v1/admin/storage', DEVOPS, async ({ actor }) => {
    const { measuredAt, ...use } = await readStorage(api, actor)
    return {
      database: use.database,
      own_media: use.ownMedia,
      own_files: use.ownFiles,
      cached_media: use.cachedMedia,
      cached_files: use.cachedFiles,
      measured_at: dateTime(measuredAt),
    } satisfies entity.AdminStorage
  })
  adminEndpoint(server, api, 'POST /api/v1/admin/storage/purge', DEVOPS, async ({ actor, params }) => {
    await purgeCopies(api, actor, Math.min(Math.max(0, params.integer('days') ?? 7), 3650))
    return {}
  })
  addRelays(server, api)
}
