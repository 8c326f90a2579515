// Which other servers may talk to us: blocked, limited, allowed.
import type { Hono } from 'hono'
import { createHash } from 'node:crypto'
import type * as entity from '../../../../contract/entities.ts'
import {
  findPolicy,
  pagePolicies,
  policyOf,
  removePolicy,
  setPolicy,
} from '../../../../domain/moderation/domain-policies.ts'
import type { DomainPolicy, PolicyWish, Severity } from '../../../../domain/moderation/domain-policies.ts'
import { Refusal, notFound } from '../../../../model/refusal.ts'
import type { Api } from '../../api.ts'
import type { Params } from '../../http/params.ts'
import { dateTime } from '../../write/time.ts'
import { adminEndpoint, adminId, adminWindow, linkRows } from './admin-endpoint.ts'
import type { AdminRequest } from './admin-endpoint.ts'

const BLOCKS = { permission: 'manage-federation', scope: 'domain_blocks' } as const
const ALLOWS = { permission: 'manage-federation', scope: 'domain_allows' } as const
const WIRE = { none: 'noop', limit: 'silence', suspend: 'suspend' } as const
const OURS: Record<string, Severity> = { noop: 'none', silence: 'limit', suspend: 'suspend' }

export function writeDomainBlock(policy: DomainPolicy): entity.AdminDomainBlock {
  return {
    id: String(policy.id),
    domain: policy.domain,
    digest: createHash('sha256').update(policy.domain).digest('hex'),
    created_at: dateTime(policy.createdAt),
    severity: WIRE[policy.severity],
    reject_media: policy.rejectMedia,
    reject_reports: policy.rejectReports,
    private_comment: policy.privateComment === '' ? null : policy.privateComment,
    public_comment: policy.publicComment === '' ? null : policy.publicComment,
    obfuscate: policy.obfuscate,
  }
}

function writeAllow(policy: DomainPolicy): entity.AdminDomainAllow {
  return { id: String(policy.id), domain: policy.domain, created_at: dateTime(policy.createdAt) }
}

/** What a client says of a policy; `severity` is needed for a new one only. */
function wishOf(params: Params): Omit<PolicyWish, 'domain'> {
  const given = params.text('severity', 20)
  const severity = given === undefined || given === '' ? undefined : OURS[given]
  if (given !== undefined && given !== '' && severity === undefined)
    throw new Refusal('invalid', 'Validation failed: Severity must be one of noop, silence, suspend')
  const wish = {
    severity,
    rejectMedia: params.flag('reject_media'),
    rejectReports: params.flag('reject_reports'),
    obfuscate: params.flag('obfuscate'),
    publicComment: params.text('public_comment', 5000),
    privateComment: params.text('private_comment', 5000),
  }
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
}

const STRICTNESS: readonly Severity[] = ['none', 'limit', 'suspend']

function isWeaker(wish: Omit<PolicyWish, 'domain'>, known: DomainPolicy): boolean {
  const rank = STRICTNESS.indexOf(wish.severity ?? 'limit')
  const before = STRICTNESS.indexOf(known.severity)
  if (known.allowed && known.severity === 'none') return false
  return rank <= before
}

async function block(request: AdminRequest): Promise<unknown> {
  const { api, actor, params } = request
  const domain = params.required('domain', 300)
  const wish = { severity: 'limit' as Severity, ...wishOf(params) }
  const known = await policyOf(api, domain)
  if (known && isWeaker(wish, known)) {
    request.status(422)
    const error = `A domain block for ${known.domain} that is as strict exists already.`
    return { error, existing_domain_block: writeDomainBlock(known) }
  }
  return writeDomainBlock(await setPolicy(api, { ...wish, domain, allowed: false }, actor))
}

async function change({ api, actor, params }: AdminRequest, id: number): Promise<unknown> {
  const known = await findPolicy(api, actor, id)
  return writeDomainBlock(await setPolicy(api, { ...wishOf(params), domain: known.domain }, actor))
}

/** Both lists are one kind of thing here; an id of the other list is not found. */
async function findIn(request: AdminRequest, list: 'blocks' | 'allowed'): Promise<DomainPolicy> {
  const policy = await findPolicy(request.api, request.actor, adminId(request))
  if (list === 'allowed' ? !policy.allowed : policy.allowed && policy.severity === 'none') throw notFound()
  return policy
}

async function remove(request: AdminRequest, list: 'blocks' | 'allowed'): Promise<object> {
  await removePolicy(request.api, (await findIn(request, list)).domain, request.actor)
  return {}
}

async function listOf(request: AdminRequest, list: 'blocks' | 'allowed'): Promise<DomainPolicy[]> {
  const window = adminWindow(request)
  const policies = await pagePolicies(request.api, request.actor, list, window)
  linkRows(request, policies, (policy) => policy.id, window)
  return policies
}

export function addAdminDomainRoutes(server: Hono, api: Api): void {
  const blocks = '/api/v1/admin/domain_blocks'
  adminEndpoint(server, api, `GET ${blocks}`, BLOCKS, async (request) =>
    (await listOf(request, 'blocks')).map(writeDomainBlock),
  )
  adminEndpoint(server, api, `POST ${blocks}`, BLOCKS, block)
  adminEndpoint(server, api, `GET ${blocks}/:id`, BLOCKS, async (request) =>
    writeDomainBlock(await findIn(request, 'blocks')),
  )
  for (const method of ['PUT', 'PATCH'] as const)
    adminEndpoint(server, api, `${method} ${blocks}/:id`, BLOCKS, (request) =>
      change(request, adminId(request)),
    )
  adminEndpoint(server, api, `DELETE ${blocks}/:id`, BLOCKS, (request) => remove(request, 'blocks'))
  const allows = '/api/v1/admin/domain_allows'
  adminEndpoint(server, api, `GET ${allows}`, ALLOWS, async (request) =>
    (await listOf(request, 'allowed')).map(writeAllow),
  )
  adminEndpoint(server, api, `POST ${allows}`, ALLOWS, async ({ actor, params }) =>
    writeAllow(
      await setPolicy(
        api,
        { domain: params.required('domain', 300), allowed: true, severity: 'none' },
        actor,
      ),
    ),
  )
  adminEndpoint(server, api, `GET ${allows}/:id`, ALLOWS, async (request) =>
    writeAllow(await findIn(request, 'allowed')),
  )
  adminEndpoint(server, api, `DELETE ${allows}/:id`, ALLOWS, (request) => remove(request, 'allowed'))
}
