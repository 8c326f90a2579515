// Puts the answers of a thread into the order in which people read a conversation.
import type { Status } from '../../contract/entities.ts'

export interface Branch {
  status: Status
  answers: Branch[]
}

/** The answers as branches; those whose parent is unknown hang below the post itself. */
export function threadOf(rootId: string, descendants: readonly Status[]): Branch[] {
  const branches = new Map<string, Branch>()
  for (const status of descendants) branches.set(status.id, { status, answers: [] })
  const roots: Branch[] = []
  for (const branch of branches.values()) {
    const parentId = branch.status.in_reply_to_id
    const parent = parentId === null || parentId === rootId ? undefined : branches.get(parentId)
    if (parent && parent !== branch) parent.answers.push(branch)
    else roots.push(branch)
  }
  return roots
}

export interface Line {
  status: Status
  /** The next line answers this one. */
  leads: boolean
  /** How far it is set in; grows only where a conversation forks. */
  depth: number
}

const DEEPEST = 4

/** Flattens branches: a conversation of two goes straight down, forks are set in. */
export function linesOf(branches: readonly Branch[], depth = 0): Line[] {
  const lines: Line[] = []
  const open: { branch: Branch; depth: number }[] = branches.toReversed().map((branch) => ({ branch, depth }))
  for (let next = open.pop(); next; next = open.pop()) {
    const { branch } = next
    const [only] = branch.answers
    const forks = branch.answers.length > 1
    lines.push({ status: branch.status, leads: only !== undefined && !forks, depth: next.depth })
    const below = forks ? Math.min(next.depth + 1, DEEPEST) : next.depth
    for (const answer of branch.answers.toReversed()) open.push({ branch: answer, depth: below })
  }
  return lines
}
