// Makes, renames and deletes circles.
import { CIRCLE_LIMITS } from '../../model/circle.ts'
import type { Circle, SizedCircle } from '../../model/circle.ts'
import { Refusal } from '../../model/refusal.ts'
import {
  deleteCircle as deleteRows,
  insertCircle,
  listCircles,
  renameCircle as renameRow,
} from '../../store/circles.ts'
import { countGraphemes } from '../../lib/text/count.ts'
import type { Context } from '../context.ts'

function checkName(name: string): string {
  const trimmed = name.trim()
  if (trimmed === '') throw new Refusal('invalid', "Validation failed: Title can't be blank")
  if (countGraphemes(trimmed) > CIRCLE_LIMITS.nameChars)
    throw new Refusal(
      'invalid',
      `Validation failed: Title is too long (maximum is ${CIRCLE_LIMITS.nameChars} characters)`,
    )
  return trimmed
}

export async function createCircle(ctx: Context, accountId: number, name: string): Promise<SizedCircle> {
  const row = { id: ctx.ids.next(), account_id: accountId, name: checkName(name), position: 0 }
  const circle: Circle = { ...row, created_at: ctx.clock.now() }
  await ctx.store.write(async (tx) => {
    if ((await listCircles(tx, accountId)).length >= CIRCLE_LIMITS.circles)
      throw new Refusal('invalid', `You can have at most ${CIRCLE_LIMITS.circles} circles`)
    await insertCircle(tx, circle)
  })
  return { ...circle, members: 0 }
}

/** Gives the circle as it is then. */
export async function renameCircle(ctx: Context, circle: SizedCircle, name: string): Promise<SizedCircle> {
  const checked = checkName(name)
  await ctx.store.write((tx) => renameRow(tx, circle.id, checked))
  return { ...circle, name: checked }
}

/** Posts that went to it stay, and those who could read them still can. */
export async function deleteCircle(ctx: Context, circle: Circle): Promise<void> {
  await ctx.store.write((tx) => deleteRows(tx, circle.id))
}
