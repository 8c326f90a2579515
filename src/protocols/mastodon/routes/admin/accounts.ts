// Moderators look for accounts, let people in, take measures and take them back.
import type { Hono } from 'hono'
import type * as entity from '../../../../contract/entities.ts'
import { decideSignUp } from '../../../../domain/moderation/decide-sign-up.ts'
import { liftMeasure } from '../../../../domain/moderation/change-standing.ts'
import type { StandingAction } from '../../../../domain/moderation/change-standing.ts'
import { deleteSuspended } from '../../../../domain/moderation/delete-suspended.ts'
import { MEASURES, moderateAccount } from '../../../../domain/moderation/moderate-account.ts'
import {
  ACCOUNT_STATUSES,
  findModerated,
  listModerated,
} from '../../../../domain/moderation/view-moderated.ts'
import type { AccountChoice } from '../../../../domain/moderation/view-moderated.ts'
import { parseId } from '../../../../lib/id.ts'
import { ROLES } from '../../../../model/account.ts'
import { Refusal } from '../../../../model/refusal.ts'
import type { Api } from '../../api.ts'
import type { Params } from '../../http/params.ts'
import { ROLE_IDS } from '../../write/credential-account.ts'
import { writeAdminAccount } from '../../write/admin/admin-account.ts'
import { adminEndpoint, adminId, adminWindow } from './admin-endpoint.ts'
import type { AdminRequest } from './admin-endpoint.ts'

const RULE = { permission: 'manage-users', scope: 'accounts' } as const

function textsOf(params: Params): AccountChoice {
  const text = (name: string): string | undefined => params.text(name, 400)?.trim()
  const names = {
    username: text('username'),
    displayName: text('display_name'),
    domain: text('by_domain'),
    email: text('email'),
    address: text('ip'),
  }
  return Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined && value !== ''))
}

function choiceV2({ params }: AdminRequest): AccountChoice {
  const origin = params.text('origin', 20)
  const status = ACCOUNT_STATUSES.find((one) => one === params.text('status', 20))
  const roleIds = params.texts('role_ids', 10, 20)
  const invitedBy = parseId(params.text('invited_by', 20))
  return {
    ...textsOf(params),
    ...(origin === 'local' || origin === 'remote' ? { origin } : {}),
    ...(status ? { status } : {}),
    ...(params.text('permissions', 20) === 'staff' ? { isStaff: true } : {}),
    ...(roleIds ? { roles: ROLES.filter((role) => roleIds.includes(ROLE_IDS[role])) } : {}),
    ...(invitedBy === undefined ? {} : { invitedBy }),
  }
}

/** The first version names each filter with a flag of its own; the last one counts. */
function choiceV1({ params }: AdminRequest): AccountChoice {
  const status = ACCOUNT_STATUSES.findLast((one) => params.flag(one) === true)
  return {
    ...textsOf(params),
    ...(params.flag('local') === true ? { origin: 'local' } : {}),
    ...(params.flag('remote') === true ? { origin: 'remote' } : {}),
    ...(status ? { status } : {}),
    ...(params.flag('staff') === true ? { isStaff: true } : {}),
  }
}

async function list(request: AdminRequest, choice: AccountChoice): Promise<entity.AdminAccount[]> {
  const { api, actor } = request
  const window = adminWindow(request)
  const { ids, accounts } = await listModerated(api, actor, choice, window)
  const [first, last] = [ids[0], ids.at(-1)]
  if (first !== undefined && last !== undefined)
    request.link({ first, last, more: ids.length >= window.limit })
  return accounts.map((one) => writeAdminAccount(api.urls, one))
}

async function one({ api }: AdminRequest, id: number): Promise<entity.AdminAccount> {
  return writeAdminAccount(api.urls, await findModerated(api, id))
}

async function act(request: AdminRequest): Promise<object> {
  const { api, actor, params } = request
  const measure = MEASURES.find((name) => name === params.required('type', 40))
  if (!measure) throw new Refusal('invalid', `Validation failed: Type must be one of ${MEASURES.join(', ')}`)
  const reportId = params.id('report_id')
  await moderateAccount(api, actor, {
    targetId: adminId(request),
    measure,
    text: params.text('text', 10_000) ?? '',
    sendsMail: params.flag('send_email_notification') !== false,
    ...(reportId === undefined ? {} : { reportId }),
    ...(params.has('status_ids') ? { postIds: params.ids('status_ids', 200) ?? [] } : {}),
  })
  return {}
}

const LIFTS: Record<string, StandingAction> = {
  enable: 'disable',
  unsensitive: 'sensitive',
  unsilence: 'silence',
  unsuspend: 'suspend',
}

export function addAdminAccountRoutes(server: Hono, api: Api): void {
  const path = '/api/v1/admin/accounts'
  adminEndpoint(server, api, `GET ${path}`, RULE, (request) => list(request, choiceV1(request)))
  adminEndpoint(server, api, 'GET /api/v2/admin/accounts', RULE, (request) =>
    list(request, choiceV2(request)),
  )
  adminEndpoint(server, api, `GET ${path}/:id`, RULE, (request) => one(request, adminId(request)))
  const deletion = { permission: 'delete-user-data', scope: 'accounts' } as const
  adminEndpoint(server, api, `DELETE ${path}/:id`, deletion, async (request) => {
    await deleteSuspended(api, request.actor, adminId(request))
    return {}
  })
  adminEndpoint(server, api, `POST ${path}/:id/action`, RULE, act)
  adminEndpoint(server, api, `POST ${path}/:id/approve`, RULE, async (request) => {
    await decideSignUp(api, request.actor, adminId(request), { isLetIn: true })
    return one(request, adminId(request))
  })
  adminEndpoint(server, api, `POST ${path}/:id/reject`, RULE, async (request) => {
    const words = request.params.text('text', 2000) ?? ''
    await decideSignUp(api, request.actor, adminId(request), { isLetIn: false, words })
    return {}
  })
  for (const [name, action] of Object.entries(LIFTS))
    adminEndpoint(server, api, `POST ${path}/:id/${name}`, RULE, async (request) => {
      await liftMeasure(api, request.actor, adminId(request), action)
      return one(request, adminId(request))
    })
}
