// What apps find out before they sign anybody in: the server's OAuth metadata (RFC 8414) and who a token speaks for.
import type { Hono } from 'hono'
import type * as entity from '../../../contract/entities.ts'
import { viewAccounts } from '../../../domain/accounts/view-accounts.ts'
import { notFound } from '../../../model/refusal.ts'
import type { Api } from '../api.ts'
import { endpoint, userOf } from '../http/endpoint.ts'
import type { ApiRequest } from '../http/endpoint.ts'
import { SCOPES } from '../http/scopes.ts'
import { writeAccount } from '../write/account.ts'

function metadata(origin: string): entity.OAuthServerMetadata {
  return {
    issuer: `${origin}/`,
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    revocation_endpoint: `${origin}/oauth/revoke`,
    userinfo_endpoint: `${origin}/oauth/userinfo`,
    app_registration_endpoint: `${origin}/api/v1/apps`,
    service_documentation: `${origin}/about`,
    scopes_supported: [...SCOPES],
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: ['authorization_code', 'client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
  }
}

async function userinfo(request: ApiRequest): Promise<entity.OAuthUserinfo> {
  const { api } = request
  const id = userOf(request)
  const view = (await viewAccounts(api.store.read, [id])).get(id)
  if (!view) throw notFound()
  const account = writeAccount(api.urls, view)
  return {
    iss: `${api.config.origin}/`,
    sub: account.uri,
    name: account.display_name,
    preferred_username: account.username,
    profile: account.url,
    picture: account.avatar,
  }
}

export function addOAuthDiscoveryRoutes(server: Hono, api: Api): void {
  endpoint(server, api, 'GET /.well-known/oauth-authorization-server', { auth: 'none' }, (request) => {
    request.setHeader('cache-control', 'public, max-age=300')
    return Promise.resolve(metadata(api.config.origin))
  })
  for (const method of ['GET', 'POST'] as const)
    endpoint(server, api, `${method} /oauth/userinfo`, { auth: 'user', scopes: ['profile'] }, userinfo)
}
