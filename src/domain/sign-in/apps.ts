// Registers the apps that people sign in with, and knows them again.
import type { Context } from '../context.ts'
import { hashSecret, matchesSecret, newSecret } from '../../lib/secret.ts'
import { Refusal } from '../../model/refusal.ts'
import { findAppByClientId, insertApp } from '../../store/tokens.ts'
import type { App } from '../../model/app.ts'

export interface AppRequest {
  name: string
  redirectUris: string[]
  scopes: string[]
  website: string | null
}

export interface NewApp {
  app: App
  /** Shown once; only its hash is kept. */
  clientSecret: string
}

/** The redirect that means "show the code on a page". */
export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'
const FORBIDDEN_SCHEMES = new Set(['data:', 'vbscript:', 'javascript:', 'blob:', 'file:', 'about:'])

function checkRedirect(uri: string): void {
  if (uri === OUT_OF_BAND) return
  const url = URL.canParse(uri) ? new URL(uri) : undefined
  // A Location header holds plain ASCII only.
  if (!url || !/^[\x21-\x7e]+$/.test(uri) || FORBIDDEN_SCHEMES.has(url.protocol) || uri.includes('#'))
    throw new Refusal('invalid', 'Validation failed: Redirect URI must be an absolute URI without a fragment')
}

/** People decide by this name: nothing in it turns the direction of writing, breaks the line or cannot be seen. */
function plainName(name: string): string {
  return name
    .toWellFormed()
    .replaceAll(/\p{White_Space}+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
}

/** Refuses nameless apps, redirects that could run scripts, and overlong values. */
export async function createApp(ctx: Context, request: AppRequest): Promise<NewApp> {
  const name = plainName(request.name)
  if (name === '') throw new Refusal('invalid', "Validation failed: Application name can't be blank")
  if (name.length > 60)
    throw new Refusal('invalid', 'Validation failed: Application name is too long (maximum is 60 characters)')
  if (request.redirectUris.length === 0)
    throw new Refusal('invalid', "Validation failed: Redirect URI can't be blank")
  if (request.redirectUris.join('\n').length > 2000)
    throw new Refusal('invalid', 'Validation failed: Redirect URI is too long (maximum is 2000 characters)')
  for (const uri of request.redirectUris) checkRedirect(uri)
  if (request.website !== null && (request.website.length > 2000 || !/^https?:\/\//.test(request.website)))
    throw new Refusal('invalid', 'Validation failed: Application website must be a valid URL')
  const clientSecret = newSecret()
  const app: App = {
    id: ctx.ids.next(),
    client_id: newSecret(),
    client_secret_hash: hashSecret(clientSecret),
    name,
    website: request.website,
    redirect_uris: JSON.stringify(request.redirectUris),
    scopes: request.scopes.join(' '),
    created_at: ctx.clock.now(),
  }
  await ctx.store.write((tx) => insertApp(tx, app))
  return { app, clientSecret }
}

/** The app with these credentials; undefined when either is wrong. */
export async function authenticateApp(
  ctx: Context,
  clientId: string,
  clientSecret: string,
): Promise<App | undefined> {
  const app = await findAppByClientId(ctx.store.read, clientId)
  return app && matchesSecret(clientSecret, app.client_secret_hash) ? app : undefined
}
