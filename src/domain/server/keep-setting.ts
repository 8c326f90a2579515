// Keeps a value that the server makes for itself once, such as its keys for push.
import { readSetting, settleSetting } from '../../store/settings.ts'
import type { Context } from '../context.ts'

/** The value kept under `name`; when there is none, what `make` gives, or what another process was faster to keep. */
export async function keepSetting(ctx: Context, name: string, make: () => string): Promise<string> {
  const kept = await readSetting(ctx.store.read, name)
  if (kept !== undefined) return kept
  const value = make()
  return ctx.store.write((tx) => settleSetting(tx, name, value))
}
