// What the server tells of itself in lists: languages, weeks, policies about others, servers by the beginning of their names.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { publishedPolicies } from '../../../domain/moderation/published-policies.ts'
import { searchPeers } from '../../../domain/server/list-peers.ts'
import { weeklyActivity } from '../../../domain/server/weekly-activity.ts'
import { LANGUAGE_CODES } from '../../../model/languages.ts'
import { notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'

const MOST_FOUND = 10

function languages(): entity.Language[] {
  const names = new Intl.DisplayNames(['en'], { type: 'language' })
  return LANGUAGE_CODES.map((code) => ({ code, name: names.of(code) ?? code }))
}

async function activity({ api }: ApiRequest): Promise<entity.InstanceActivityWeek[]> {
  return (await weeklyActivity(api)).map((week) => ({
    week: String(week.begins / 1000),
    statuses: String(week.posts),
    logins: String(week.visitors),
    registrations: String(week.joined),
  }))
}

async function domainBlocks({ api }: ApiRequest): Promise<entity.DomainBlock[]> {
  if (!api.config.publishPolicies) throw notFound()
  return (await publishedPolicies(api)).map(({ domain, digest, severity, comment }) => ({
    domain,
    digest,
    severity: severity === 'limit' ? 'silence' : 'suspend',
    comment: comment === '' ? null : comment,
  }))
}

async function peers({ api, params }: ApiRequest): Promise<string[]> {
  const beginning = (params.text('q', 255) ?? '').trim().toLowerCase()
  return beginning === '' ? [] : searchPeers(api, beginning, MOST_FOUND)
}

export function addServerListRoutes(server: Hono, api: Api): void {
  const none = { auth: 'none' } as const
  endpoint(server, api, 'GET /api/v1/instance/languages', none, async () => languages())
  // Nothing is translated here.
  endpoint(server, api, 'GET /api/v1/instance/translation_languages', none, async () => ({}))
  endpoint(server, api, 'GET /api/v1/instance/activity', none, activity)
  endpoint(server, api, 'GET /api/v1/instance/domain_blocks', none, domainBlocks)
  endpoint(server, api, 'GET /api/v1/peers/search', none, peers)
}
