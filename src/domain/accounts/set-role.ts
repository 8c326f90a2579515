// Gives a person of this server another role.
import { Refusal } from '../../model/refusal.ts'
import { ROLES } from '../../model/account.ts'
import type { Role } from '../../model/account.ts'
import { outranks } from '../../model/permissions.ts'
import { updateUser } from '../../store/users.ts'
import type { Context } from '../context.ts'
import { NOT_ALLOWED, requirePermission } from '../moderation/actor.ts'
import type { Actor } from '../moderation/actor.ts'
import { lockTarget } from '../moderation/change-standing.ts'
import { logAction } from '../moderation/log-action.ts'

/** Reads a role; refuses any other word. */
export function checkRole(text: string): Role {
  const role = ROLES.find((one) => one === text)
  if (!role) throw new Refusal('invalid', `There is no role "${text}": write ${ROLES.join(', ')}`)
  return role
}

/** Whoever calls this without an actor has made sure that the role may be given. Nobody gives a role above the own. */
export async function setRole(ctx: Context, accountId: number, role: Role, actor?: Actor): Promise<void> {
  if (actor) requirePermission(actor, 'manage-roles')
  if (actor && outranks(role, actor.role)) throw new Refusal('forbidden', NOT_ALLOWED)
  await ctx.store.write(async (tx) => {
    if (actor) await lockTarget(tx, actor, accountId)
    await updateUser(tx, accountId, { role })
    await logAction(ctx, tx, actor, { action: 'set-role', kind: 'account', id: accountId, detail: { role } })
  })
}
