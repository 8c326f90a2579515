// Takes people out of circles when nothing connects them with the owner any more, or one blocks the other.
import type { Fact } from '../../model/facts.ts'
import { leaveCirclesOf } from '../../store/circles.ts'
import { findFollow } from '../../store/follows.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../ports.ts'

export async function leaveCircles(_ctx: Context, tx: Tx, fact: Fact): Promise<void> {
  switch (fact.type) {
    case 'block-added':
      return part(tx, fact.accountId, fact.targetId)
    case 'follow-undone':
    case 'follow-rejected': {
      const [one, other] = [fact.accountId, fact.targetId]
      const [there, back] = [await findFollow(tx, one, other), await findFollow(tx, other, one)]
      if (there?.accepted !== 1 && back?.accepted !== 1) await part(tx, one, other)
      return
    }
    default:
  }
}

async function part(tx: Tx, one: number, other: number): Promise<void> {
  await leaveCirclesOf(tx, one, other)
  await leaveCirclesOf(tx, other, one)
}
