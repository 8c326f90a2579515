// Networks and mail addresses that are kept out.
import type { Hono } from 'hono'
import type * as entity from '../../../../contract/entities.ts'
import {
  blockCanonical,
  blockEmailDomain,
  findCanonical,
  findEmailDomain,
  pageCanonical,
  pageEmailDomains,
  testCanonical,
  unblockCanonical,
  unblockEmailDomain,
} from '../../../../domain/moderation/email-blocks.ts'
import type { CanonicalEmailBlockRow, EmailDomainBlock } from '../../../../domain/moderation/email-blocks.ts'
import {
  blockIp,
  changeIpBlock,
  findIp,
  pageIps,
  unblockIp,
} from '../../../../domain/moderation/ip-blocks.ts'
import type { IpBlockRow, IpBlockWish } from '../../../../domain/moderation/ip-blocks.ts'
import type { Api } from '../../api.ts'
import type { Params } from '../../http/params.ts'
import { dateTime } from '../../write/time.ts'
import { adminEndpoint, adminId, adminWindow, linkRows } from './admin-endpoint.ts'

const MAILS = { permission: 'manage-blocks', scope: 'email_domain_blocks' } as const
const HASHES = { permission: 'manage-blocks', scope: 'canonical_email_blocks' } as const
const IPS = { permission: 'manage-blocks', scope: 'ip_blocks' } as const
const DAY_MS = 86_400_000
const HISTORY_DAYS = 7

function writeEmailDomain({ row, attempts }: EmailDomainBlock, now: number): entity.AdminEmailDomainBlock {
  const today = Math.floor(now / DAY_MS)
  return {
    id: String(row.id),
    domain: row.domain,
    created_at: dateTime(row.created_at),
    history: Array.from({ length: HISTORY_DAYS }, (_, back) => {
      const found = attempts.find((one) => one.day === today - back)
      return {
        day: String(((today - back) * DAY_MS) / 1000),
        accounts: String(found?.addresses ?? 0),
        uses: String(found?.uses ?? 0),
      }
    }),
    allow_with_approval: row.allow_with_approval === 1,
  }
}

function writeCanonical(row: CanonicalEmailBlockRow): entity.AdminCanonicalEmailBlock {
  return { id: String(row.id), canonical_email_hash: row.hash }
}

function writeIp(row: IpBlockRow): entity.AdminIpBlock {
  return {
    id: String(row.id),
    ip: row.ip,
    severity: row.severity as entity.AdminIpBlock['severity'],
    comment: row.comment,
    created_at: dateTime(row.created_at),
    expires_at: row.expires_at === null ? null : dateTime(row.expires_at),
  }
}

/** `expires_in` that is there but blank means for ever. */
function ipWish(params: Params): IpBlockWish {
  const [ip, severity, comment] = [
    params.text('ip', 100),
    params.text('severity', 40),
    params.text('comment', 1000),
  ]
  return {
    ...(ip === undefined ? {} : { ip }),
    ...(severity === undefined ? {} : { severity }),
    ...(comment === undefined ? {} : { comment }),
    ...(params.has('expires_in') ? { expiresIn: params.integer('expires_in') ?? null } : {}),
  }
}

function addEmailDomains(server: Hono, api: Api): void {
  const path = '/api/v1/admin/email_domain_blocks'
  const write = (block: EmailDomainBlock) => writeEmailDomain(block, api.clock.now())
  adminEndpoint(server, api, `GET ${path}`, MAILS, async (request) => {
    const window = adminWindow(request)
    const blocks = await pageEmailDomains(api, request.actor, window)
    linkRows(request, blocks, ({ row }) => row.id, window)
    return blocks.map(write)
  })
  adminEndpoint(server, api, `POST ${path}`, MAILS, async ({ actor, params }) =>
    write(
      await blockEmailDomain(api, actor, {
        domain: params.required('domain', 300),
        allowWithApproval: params.flag('allow_with_approval') === true,
      }),
    ),
  )
  adminEndpoint(server, api, `GET ${path}/:id`, MAILS, async (request) =>
    write(await findEmailDomain(api, request.actor, adminId(request))),
  )
  adminEndpoint(server, api, `DELETE ${path}/:id`, MAILS, async (request) => {
    await unblockEmailDomain(api, request.actor, adminId(request))
    return {}
  })
}

function addCanonicals(server: Hono, api: Api): void {
  const path = '/api/v1/admin/canonical_email_blocks'
  adminEndpoint(server, api, `GET ${path}`, HASHES, async (request) => {
    const window = adminWindow(request)
    const rows = await pageCanonical(api, request.actor, window)
    linkRows(request, rows, (row) => row.id, window)
    return rows.map(writeCanonical)
  })
  adminEndpoint(server, api, `POST ${path}/test`, HASHES, async ({ actor, params }) =>
    (await testCanonical(api, actor, params.required('email', 400))).map(writeCanonical),
  )
  adminEndpoint(server, api, `POST ${path}`, HASHES, async ({ actor, params }) => {
    const [email, hash] = [params.text('email', 400), params.text('canonical_email_hash', 100)]
    return writeCanonical(
      await blockCanonical(api, actor, {
        ...(email === undefined ? {} : { email }),
        ...(hash === undefined ? {} : { hash }),
      }),
    )
  })
  adminEndpoint(server, api, `GET ${path}/:id`, HASHES, async (request) =>
    writeCanonical(await findCanonical(api, request.actor, adminId(request))),
  )
  adminEndpoint(server, api, `DELETE ${path}/:id`, HASHES, async (request) => {
    await unblockCanonical(api, request.actor, adminId(request))
    return {}
  })
}

function addIps(server: Hono, api: Api): void {
  const path = '/api/v1/admin/ip_blocks'
  adminEndpoint(server, api, `GET ${path}`, IPS, async (request) => {
    const window = adminWindow(request)
    const rows = await pageIps(api, request.actor, window)
    linkRows(request, rows, (row) => row.id, window)
    return rows.map(writeIp)
  })
  adminEndpoint(server, api, `POST ${path}`, IPS, async ({ actor, params }) =>
    writeIp(await blockIp(api, actor, ipWish(params))),
  )
  adminEndpoint(server, api, `GET ${path}/:id`, IPS, async (request) =>
    writeIp(await findIp(api, request.actor, adminId(request))),
  )
  for (const method of ['PUT', 'PATCH'] as const)
    adminEndpoint(server, api, `${method} ${path}/:id`, IPS, async (request) =>
      writeIp(await changeIpBlock(api, request.actor, adminId(request), ipWish(request.params))),
    )
  adminEndpoint(server, api, `DELETE ${path}/:id`, IPS, async (request) => {
    await unblockIp(api, request.actor, adminId(request))
    return {}
  })
}

export function addAdminBlockRoutes(server: Hono, api: Api): void {
  addEmailDomains(server, api)
  addCanonicals(server, api)
  addIps(server, api)
}
