// What a transaction means on both engines: its handle dies with it, nesting is refused, hooks run after the commit.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { DatabaseConnection, Transaction } from 'kysely'
import { Refusal } from '../../model/refusal.ts'
import type { Tables } from '../schema.ts'
import { registerHandle } from './handles.ts'
import type { Handle } from './handles.ts'
import { transactionHandle } from './kysely-handle.ts'
import type { KyselyKit } from './kysely-handle.ts'
import type { StoreLog } from './store.ts'

/** What runs inside a transaction. */
export type Work<T> = (tx: Transaction<Tables>) => Promise<T>

/** A transaction longer than this is given up: something inside waits for what does not come. */
export const LONGEST_WORK_MS = 30_000

/** Works that wait at once; more than this, and callers are better off hearing so. */
const LONGEST_QUEUE = 10_000

/** Throws the refusal that callers get when too many works wait already. */
export function refuseCrowd(waiting: number): void {
  if (waiting >= LONGEST_QUEUE) {
    throw new Refusal('unavailable', 'The server is too busy; try again in a moment')
  }
}

/** Notices a `write` inside a `write` of the same store, which would wait for itself for ever. */
export interface Nesting {
  /** Throws when the caller is inside a work that has not ended. */
  refuseInside(): void
  /** Runs a work, so that `refuseInside` knows everything called from it. */
  run<T>(work: () => Promise<T>, longestMs?: number): Promise<T>
}

export function createNesting(): Nesting {
  const scope = new AsyncLocalStorage<{ open: boolean }>()
  return {
    refuseInside() {
      if (scope.getStore()?.open) {
        throw new Error(
          'store.write was called inside the work of another store.write: pass its tx on instead',
        )
      }
    },
    run(work, longestMs = LONGEST_WORK_MS) {
      const state = { open: true }
      return scope.run(state, async () => {
        try {
          return await withDeadline(work(), longestMs)
        } finally {
          state.open = false
        }
      })
    },
  }
}

function withDeadline<T>(running: Promise<T>, ms: number): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const late = () => reject(new Error(`a transaction took longer than ${ms / 1000} s and was undone`))
  const timer = setTimeout(late, ms)
  running.then(resolve, reject).finally(() => clearTimeout(timer))
  return promise
}

/** The engine's side of one transaction. */
export interface TransactionParts {
  kit: KyselyKit
  connection: DatabaseConnection
  handle: Handle
}

/** Runs `work` with a handle that refuses every statement once the work has ended. */
export async function runWork<T>(parts: TransactionParts, work: Work<T>): Promise<T> {
  let open = true
  const check = () => {
    if (!open) throw new Error('this transaction has ended: an await is missing before its last statement')
  }
  const { handle } = parts
  const tx = transactionHandle(parts.kit, parts.connection, check)
  registerHandle(tx, {
    dialect: handle.dialect,
    all(sql, parameters) {
      check()
      return handle.all(sql, parameters)
    },
    run(sql, parameters) {
      check()
      return handle.run(sql, parameters)
    },
    hooks: handle.hooks ?? [],
  })
  try {
    return await work(tx)
  } finally {
    open = false
  }
}

/** Runs the hooks of a committed transaction, each on its own. */
export function runHooks(hooks: readonly (() => void)[], log: StoreLog): void {
  for (const hook of hooks) {
    try {
      hook()
    } catch (error) {
      log.error('a hook after a commit failed', { error })
    }
  }
}
