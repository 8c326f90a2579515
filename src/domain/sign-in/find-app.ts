// Finds the apps that people sign in with.
import type { App } from '../../model/app.ts'
import { findAppByClientId as findRow, findApps } from '../../store/tokens.ts'
import type { Context } from '../context.ts'

export async function findApp(ctx: Context, id: number): Promise<App | undefined> {
  const [app] = await findApps(ctx.store.read, [id])
  return app
}

export async function findAppByClientId(ctx: Context, clientId: string): Promise<App | undefined> {
  return findRow(ctx.store.read, clientId)
}
