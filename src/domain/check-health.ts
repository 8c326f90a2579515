// Whether the server can do its work: the database answers.
import type { Context } from './context.ts'
import { readSetting } from '../store/settings.ts'

/** Rejects when the database does not answer. */
export async function checkHealth(ctx: Context): Promise<void> {
  await readSetting(ctx.store.read, 'health')
}
