// Registering an app, and what is shown of one.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { createApp } from '../../../domain/sign-in/apps.ts'
import { findApp } from '../../../domain/sign-in/find-app.ts'
import type { App } from '../../../model/app.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { MissingParam } from '../http/params.ts'
import type { Params } from '../http/params.ts'
import { parseScopes } from '../http/scopes.ts'
import { vapidPublicKey } from '../../../domain/push/vapid.ts'

function redirectUris(params: Params): string[] {
  const many = params.texts('redirect_uris', 20, 2000)
  if (!many) throw new MissingParam('redirect_uris')
  return many.flatMap((text) => text.split(/\s+/)).filter((uri) => uri !== '')
}

export function writeApplication(app: App, vapidKey: string): entity.Application {
  const uris = JSON.parse(app.redirect_uris) as string[]
  return {
    id: String(app.id),
    name: app.name,
    website: app.website,
    scopes: app.scopes.split(' '),
    redirect_uris: uris,
    redirect_uri: uris.join('\n'),
    vapid_key: vapidKey,
  }
}

async function register({ api, params }: ApiRequest): Promise<entity.CredentialApplication> {
  const scopes = parseScopes(params.text('scopes') ?? 'read')
  if (!scopes)
    throw new Refusal('invalid', "Validation failed: Scopes doesn't match configured on the server.")
  const website = params.text('website')
  const { app, clientSecret } = await createApp(api, {
    name: params.text('client_name') ?? '',
    redirectUris: redirectUris(params),
    scopes: scopes.length === 0 ? ['read'] : scopes,
    website: website === undefined || website === '' ? null : website,
  })
  return {
    ...writeApplication(app, await vapidPublicKey(api)),
    client_id: app.client_id,
    client_secret: clientSecret,
    client_secret_expires_at: 0,
  }
}

export function addAppRoutes(server: Hono, api: Api): void {
  endpoint(server, api, 'POST /api/v1/apps', { auth: 'none', family: 'apps' }, register)
  endpoint(
    server,
    api,
    'GET /api/v1/apps/verify_credentials',
    { auth: 'app', allowUnconfirmed: true },
    async (request) => {
      const app = await findApp(api, request.caller?.appId ?? 0)
      if (!app) throw new Refusal('unauthorized', 'The access token is invalid')
      return writeApplication(app, await vapidPublicKey(api))
    },
  )
}
