// The reader of public timelines, with the languages that a user chose for them.
import { readSettings } from '../accounts/settings.ts'
import type { Context } from '../context.ts'
import type { Reader } from './read-timeline.ts'

export async function publicReader(ctx: Context, viewerId: number | undefined): Promise<Reader> {
  const { chosenLanguages } = await readSettings(ctx, viewerId)
  return { viewerId, now: ctx.clock.now(), languages: chosenLanguages, hidesLimited: true }
}
