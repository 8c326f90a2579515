// Lists the custom emojis that this server offers, by name.
import type { CustomEmoji } from '../../model/custom-emoji.ts'
import { listOwnEmojis as listRows } from '../../store/custom-emojis.ts'
import type { Context } from '../context.ts'

export async function listOwnEmojis(ctx: Context): Promise<CustomEmoji[]> {
  return listRows(ctx.store.read)
}
