// Gives a person of this server another role.
import { Refusal } from '../../model/refusal.ts'
import { ROLES } from '../../model/account.ts'
import type { Role } from '../../model/account.ts'
import { updateUser } from '../../store/users.ts'
import type { Context } from '../context.ts'

/** Reads a role; refuses any other word. */
export function checkRole(text: string): Role {
  const role = ROLES.find((one) => one === text)
  if (!role) throw new Refusal('invalid', `There is no role "${text}": write ${ROLES.join(', ')}`)
  return role
}

/** Whoever calls this has made sure that the role may be given. */
export async function setRole(ctx: Context, accountId: number, role: Role): Promise<void> {
  await ctx.store.write((tx) => updateUser(tx, accountId, { role }))
}
