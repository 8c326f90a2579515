// Lists somebody's circles, by name, and who is in one.
import type { Circle, SizedCircle } from '../../model/circle.ts'
import type { IdWindow } from '../../model/page.ts'
import type { FollowEdge } from '../../model/relation.ts'
import {
  listCircles as listRows,
  listCirclesWith as listRowsWith,
  pageCircleMembers,
} from '../../store/circles.ts'
import type { Context } from '../context.ts'

export function listCircles(ctx: Context, accountId: number): Promise<SizedCircle[]> {
  return listRows(ctx.store.read, accountId)
}

/** Those that have this member. */
export function listCirclesWith(ctx: Context, accountId: number, memberId: number): Promise<SizedCircle[]> {
  return listRowsWith(ctx.store.read, accountId, memberId)
}

export function listCircleMembers(ctx: Context, circle: Circle, window: IdWindow): Promise<FollowEdge[]> {
  return pageCircleMembers(ctx.store.read, circle.id, window)
}
