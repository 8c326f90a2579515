// The longer texts about the server, for apps: description, privacy policy, terms of service.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { isInForce, readTerms, readText } from '../../../domain/server/texts.ts'
import { notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { dateTime } from '../write/time.ts'

async function terms(request: ApiRequest): Promise<entity.TermsOfService> {
  const { api } = request
  const day = request.path('date')
  const found = await readTerms(api, day === '' ? undefined : day)
  if (!found) throw notFound()
  return {
    effective_date: found.terms.from,
    effective: isInForce(api, found.terms),
    content: found.terms.html,
    succeeded_by: found.next?.from ?? null,
  }
}

export function addServerTextRoutes(server: Hono, api: Api): void {
  const none = { auth: 'none' } as const
  endpoint(server, api, 'GET /api/v1/instance/terms_of_service', none, terms)
  endpoint(server, api, 'GET /api/v1/instance/terms_of_service/:date', none, terms)
  endpoint(
    server,
    api,
    'GET /api/v1/instance/privacy_policy',
    none,
    async (): Promise<entity.PrivacyPolicy> => {
      const text = await readText(api, 'privacy')
      if (!text) throw notFound()
      return { updated_at: dateTime(text.updatedAt), content: text.html }
    },
  )
  endpoint(
    server,
    api,
    'GET /api/v1/instance/extended_description',
    none,
    async (): Promise<entity.ExtendedDescription> => {
      const text = await readText(api, 'description')
      return { updated_at: text ? dateTime(text.updatedAt) : null, content: text?.html ?? '' }
    },
  )
}
