// The web client of this server as an app like any other, registered once.
import type { Context } from '../context.ts'
import { findApps } from '../../store/tokens.ts'
import type { App } from '../../model/app.ts'
import { readSetting, settleSetting } from '../../store/settings.ts'
import { createApp } from './apps.ts'

const KEY = 'own-client'

const OWN_CLIENT_SCOPES = ['read', 'write', 'follow', 'push', 'profile', 'admin:read', 'admin:write']

/** What the web client's token of somebody may do: moderating only for those whose role allows it. */
export function ownClientScopes(role: string): string[] {
  return OWN_CLIENT_SCOPES.filter((scope) => role !== 'user' || !scope.startsWith('admin:'))
}

/** The app that posts written on the web carry; made when first asked for. */
export async function ownClient(ctx: Context): Promise<App> {
  const known = await findOwn(ctx)
  if (known) return known
  const { app } = await createApp(ctx, {
    name: 'Web',
    redirectUris: [`${ctx.urls.origin}/auth/client`],
    scopes: OWN_CLIENT_SCOPES,
    website: null,
  })
  const settled = await ctx.store.write((tx) => settleSetting(tx, KEY, String(app.id)))
  return settled === String(app.id) ? app : ((await findOwn(ctx)) ?? app)
}

/** The id of that app, undefined while nobody has used the web client. */
export async function ownClientId(ctx: Context): Promise<number | undefined> {
  const id = await readSetting(ctx.store.read, KEY)
  return id === undefined ? undefined : Number(id)
}

async function findOwn(ctx: Context): Promise<App | undefined> {
  const id = await ownClientId(ctx)
  if (id === undefined) return undefined
  const [app] = await findApps(ctx.store.read, [id])
  return app
}
