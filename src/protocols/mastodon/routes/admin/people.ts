// What moderators keep about people: notes, measures, appeals, roles and invitations; and lists of servers as files.
import type { Hono } from 'hono'
import type * as entity from '../../../../contract/entities.ts'
import { createInvite, listInvites, expireInvite, works } from '../../../../domain/accounts/invites.ts'
import type { Invite } from '../../../../domain/accounts/invites.ts'
import { checkRole, setRole } from '../../../../domain/accounts/set-role.ts'
import { decideAppeal, listAppeals, listStrikes } from '../../../../domain/moderation/appeal-strike.ts'
import { listPolicies } from '../../../../domain/moderation/domain-policies.ts'
import { addNote, readNotes, removeNote } from '../../../../domain/moderation/keep-notes.ts'
import type { NoteRow } from '../../../../domain/moderation/keep-notes.ts'
import { exportPolicies, readPolicies } from '../../../../domain/moderation/policy-csv.ts'
import { MOST_TAKEN, takePolicies } from '../../../../domain/moderation/take-policies.ts'
import { findModerated } from '../../../../domain/moderation/view-moderated.ts'
import type { Strike } from '../../../../model/moderation.ts'
import type { Api } from '../../api.ts'
import { showAccounts } from '../../show.ts'
import { writeAdminAccount } from '../../write/admin/admin-account.ts'
import { writeWarning } from '../../write/strike.ts'
import { dateTime } from '../../write/time.ts'
import { adminEndpoint, adminId, adminWindow } from './admin-endpoint.ts'
import type { AdminRequest } from './admin-endpoint.ts'

const USERS = { permission: 'manage-users', scope: 'accounts' } as const
const MOST_CSV = 10_000_000
const MOST_PREVIEW = 2000

async function writeNotes(api: Api, rows: readonly NoteRow[]): Promise<entity.AdminNote[]> {
  const people = await showAccounts(api, [...new Set(rows.map((row) => row.account_id))])
  return rows.map((row) => ({
    id: String(row.id),
    content: row.content,
    created_at: dateTime(row.created_at),
    account: people.find((one) => one.id === String(row.account_id)) ?? null,
  }))
}

function addNotes(server: Hono, api: Api): void {
  const kinds = [
    ['accounts', 'account', USERS],
    ['reports', 'report', { permission: 'manage-reports', scope: 'reports' }],
  ] as const
  for (const [plural, kind, rule] of kinds) {
    const path = `/api/v1/admin/${plural}/:id/notes`
    adminEndpoint(server, api, `GET ${path}`, rule, async (request) =>
      writeNotes(api, await readNotes(api, request.actor, { kind, id: adminId(request) })),
    )
    adminEndpoint(server, api, `POST ${path}`, rule, async (request) => {
      const text = request.params.required('content', 5000)
      const row = await addNote(api, request.actor, { kind, id: adminId(request) }, text)
      return (await writeNotes(api, [row]))[0]
    })
  }
  adminEndpoint(server, api, 'DELETE /api/v1/admin/notes/:id', USERS, async (request) => {
    await removeNote(api, request.actor, adminId(request))
    return {}
  })
}

async function writeStrikes(api: Api, strikes: readonly Strike[]): Promise<entity.AccountWarning[]> {
  const people = await showAccounts(api, [...new Set(strikes.map((one) => one.row.target_id))])
  return strikes.flatMap((one) => {
    const target = people.find((person) => person.id === String(one.row.target_id))
    return target ? writeWarning(one, target) : []
  })
}

function addAppeals(server: Hono, api: Api): void {
  const rule = { permission: 'manage-appeals' } as const
  adminEndpoint(server, api, 'GET /api/v1/admin/accounts/:id/strikes', USERS, async (request) =>
    writeStrikes(api, await listStrikes(api, request.actor, adminId(request), adminWindow(request))),
  )
  adminEndpoint(server, api, 'GET /api/v1/admin/appeals', rule, async (request) =>
    writeStrikes(api, await listAppeals(api, request.actor, adminWindow(request))),
  )
  for (const [verb, isGranted] of [
    ['approve', true],
    ['reject', false],
  ] as const)
    adminEndpoint(server, api, `POST /api/v1/admin/appeals/:id/${verb}`, rule, async (request) => {
      await decideAppeal(api, request.actor, adminId(request), isGranted)
      return {}
    })
}

function writeInvite(api: Api, invite: Invite): entity.AdminInvite {
  return {
    id: String(invite.id),
    code: invite.code,
    url: `${api.config.origin}/invite/${invite.code}`,
    uses: invite.uses,
    max_uses: invite.max_uses,
    expires_at: invite.expires_at === null ? null : dateTime(invite.expires_at),
    auto_follow: invite.auto_follow === 1,
    usable: works(api, invite),
    created_at: dateTime(invite.created_at),
  }
}

function addInvites(server: Hono, api: Api): void {
  const path = '/api/v1/admin/invites'
  const rule = { permission: 'manage-users' } as const
  adminEndpoint(server, api, `GET ${path}`, rule, async ({ actor }) =>
    (await listInvites(api, actor.accountId)).map((one) => writeInvite(api, one)),
  )
  adminEndpoint(server, api, `POST ${path}`, rule, async ({ actor, params }) =>
    writeInvite(
      api,
      await createInvite(api, actor.accountId, {
        maxUses: params.integer('max_uses') ?? null,
        days: params.integer('days') ?? null,
        autoFollow: params.flag('auto_follow') === true,
      }),
    ),
  )
  adminEndpoint(server, api, `DELETE ${path}/:id`, rule, async (request) => {
    await expireInvite(api, request.actor.accountId, adminId(request))
    return {}
  })
}

/** Without `confirm` nothing is changed: the answer says what would be. A portion is taken at a time, and `next` says where to go on. */
async function importCsv({ api, actor, params }: AdminRequest): Promise<entity.AdminPolicyImport> {
  const { wishes, skipped } = readPolicies(params.required('csv', MOST_CSV))
  const total = wishes.length
  if (params.flag('confirm') === true) {
    const from = Math.max(0, params.integer('from') ?? 0)
    const done = await takePolicies(api, wishes.slice(from, from + MOST_TAKEN), actor)
    const next = from + MOST_TAKEN < total ? from + MOST_TAKEN : null
    // Lines that cannot be read were told with the first portion.
    const passed = [...(from === 0 ? skipped : []), ...done.skipped].slice(0, MOST_PREVIEW)
    return { entries: [], total, skipped: passed, imported: done.imported, next }
  }
  const known = new Map((await listPolicies(api)).map((policy) => [policy.domain, policy.severity]))
  const entries = wishes.slice(0, MOST_PREVIEW).map((wish) => ({
    domain: wish.domain,
    severity: wish.severity ?? 'suspend',
    previous_severity: known.get(wish.domain) ?? null,
    reject_media: wish.rejectMedia === true,
    reject_reports: wish.rejectReports === true,
  }))
  return { entries, total, skipped: skipped.slice(0, MOST_PREVIEW), imported: null, next: null }
}

export function addAdminPeopleRoutes(server: Hono, api: Api): void {
  addNotes(server, api)
  addAppeals(server, api)
  addInvites(server, api)
  const roles = { permission: 'manage-roles', scope: 'accounts' } as const
  adminEndpoint(server, api, 'POST /api/v1/admin/accounts/:id/role', roles, async (request) => {
    const role = checkRole(request.params.required('role', 40))
    await setRole(api, adminId(request), role, request.actor)
    return writeAdminAccount(api.urls, await findModerated(api, adminId(request)))
  })
  const domains = { permission: 'manage-federation', scope: 'domain_blocks' } as const
  adminEndpoint(server, api, 'GET /api/v1/admin/domain_policies/export', domains, async () => ({
    csv: await exportPolicies(api),
  }))
  adminEndpoint(
    server,
    api,
    'POST /api/v1/admin/domain_policies/import',
    { ...domains, maxBody: MOST_CSV * 2 },
    importCsv,
  )
}
