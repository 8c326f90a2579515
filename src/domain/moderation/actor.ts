// Who acts as a moderator, and the one question whether somebody may.
import { mayDo, outranks } from '../../model/permissions.ts'
import type { Permission } from '../../model/permissions.ts'
import type { Role } from '../../model/account.ts'
import { Refusal } from '../../model/refusal.ts'

export interface Actor {
  accountId: number
  role: Role
}

export const NOT_ALLOWED = 'This action is not allowed'

export function requirePermission(actor: Actor, permission: Permission): void {
  if (!mayDo(actor.role, permission)) throw new Refusal('forbidden', NOT_ALLOWED)
}

/** Nobody acts on oneself, nor on people of one's own role or above. `role` is undefined for people elsewhere. */
export function requireOutranked(actor: Actor, target: { id: number; role: Role | undefined }): void {
  const isBelow = target.role === undefined || target.role === 'user' || outranks(actor.role, target.role)
  if (target.id === actor.accountId || !isBelow) throw new Refusal('forbidden', NOT_ALLOWED)
}
