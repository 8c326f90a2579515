// The rules of this server: read, written, put in order and taken back; old ones stay for the reports that name them.
import { Refusal, notFound } from '../../model/refusal.ts'
import { insertRule, listRules, updateRule } from '../../store/rules.ts'
import type { RuleRow } from '../../store/rules.ts'
import { forgetServerFacts } from '../../store/server-facts.ts'
import type { Context } from '../context.ts'
import { requirePermission } from '../moderation/actor.ts'
import type { Actor } from '../moderation/actor.ts'
import { logAction } from '../moderation/log-action.ts'

export type { RuleRow }

const MOST_RULES = 100
const MOST_TEXT = 300
const MOST_HINT = 2000

/** In their order, those that were taken back as well. */
export function readRules(ctx: Context): Promise<RuleRow[]> {
  return listRules(ctx.store.read)
}

export interface RuleWish {
  text?: string
  hint?: string
  position?: number
}

function checked(wish: RuleWish): RuleWish {
  if (wish.text !== undefined && (wish.text.trim() === '' || wish.text.length > MOST_TEXT))
    throw new Refusal('invalid', `A rule has between 1 and ${MOST_TEXT} characters`)
  if ((wish.hint ?? '').length > MOST_HINT)
    throw new Refusal('invalid', `An explanation has at most ${MOST_HINT} characters`)
  return wish
}

export async function addRule(
  ctx: Context,
  actor: Actor,
  wish: RuleWish & { text: string },
): Promise<RuleRow> {
  requirePermission(actor, 'manage-rules')
  const { text, hint = '' } = checked(wish)
  const row = await ctx.store.write(async (tx) => {
    const rules = (await listRules(tx)).filter((rule) => rule.deleted_at === null)
    if (rules.length >= MOST_RULES) throw new Refusal('invalid', `There are ${MOST_RULES} rules already`)
    const position = wish.position ?? Math.max(0, ...rules.map((rule) => rule.position)) + 1
    const fresh = { id: ctx.ids.next(), text: text ?? '', hint, position, deleted_at: null }
    await insertRule(tx, fresh)
    await logAction(ctx, tx, actor, {
      action: 'create',
      kind: 'rule',
      id: fresh.id,
      detail: { name: fresh.text },
    })
    return fresh
  })
  forgetServerFacts(ctx.store.read)
  return row
}

export async function changeRule(ctx: Context, actor: Actor, id: number, wish: RuleWish): Promise<RuleRow> {
  requirePermission(actor, 'manage-rules')
  const change = checked(wish)
  const row = await ctx.store.write(async (tx) => {
    const found = await updateRule(tx, id, change)
    if (!found) throw notFound()
    await logAction(ctx, tx, actor, { action: 'update', kind: 'rule', id, detail: { name: found.text } })
    return found
  })
  forgetServerFacts(ctx.store.read)
  return row
}

export async function removeRule(ctx: Context, actor: Actor, id: number): Promise<void> {
  requirePermission(actor, 'manage-rules')
  await ctx.store.write(async (tx) => {
    const found = await updateRule(tx, id, { deleted_at: ctx.clock.now() })
    if (!found) throw notFound()
    await logAction(ctx, tx, actor, { action: 'delete', kind: 'rule', id, detail: { name: found.text } })
  })
  forgetServerFacts(ctx.store.read)
}
