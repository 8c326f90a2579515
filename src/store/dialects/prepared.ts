// Queries built once by Kysely and then run with new parameters, for the paths that must be fast.
import type { Compilable, Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import type { Dialect } from './dialect.ts'
import { handleOf } from './handles.ts'

/** Stands for a parameter while the query is built: `where('id', '=', parameter('id'))`. */
export type Parameter<P> = <K extends keyof P & string>(name: K) => P[K]

/** A query ready to run; `db` is `store.read` or a `tx` of either engine. */
export interface Prepared<P, Row> {
  all(db: object, parameters: P): Promise<Row[]>
  first(db: object, parameters: P): Promise<Row | undefined>
  /** For statements without rows: the number of rows changed. */
  run(db: object, parameters: P): Promise<number>
}

interface Slot {
  readonly slot: string
}

interface Plan {
  sql: string
  parameters: readonly unknown[]
}

/**
 * Prepares a query, once per engine, on first use:
 *
 *     const postById = prepared('post by id', (db, parameter: Parameter<{ id: number }>) =>
 *       db.selectFrom('posts').selectAll().where('id', '=', parameter('id')))
 *     await postById.first(store.read, { id })
 *
 * For lists of ids use the dialect's `idIn` with `parameter('ids')` and pack them by `idList`. `name` stands in errors.
 */
export function prepared<P extends object, Row>(
  name: string,
  build: (db: Kysely<Tables>, parameter: Parameter<P>, dialect: Dialect) => Compilable<Row>,
): Prepared<P, Row> {
  const plans = new Map<Dialect, Plan>()
  const parameter = ((slot: string): Slot => ({ slot })) as unknown as Parameter<P>
  const planFor = (db: object, dialect: Dialect): Plan => {
    const known = plans.get(dialect)
    if (known) return known
    const { sql, parameters } = build(db as Kysely<Tables>, parameter, dialect).compile()
    const plan = { sql, parameters }
    plans.set(dialect, plan)
    return plan
  }
  const all = async (db: object, parameters: P): Promise<Row[]> => {
    const handle = handleOf(db)
    const plan = planFor(db, handle.dialect)
    return (await handle.all(plan.sql, fill(name, plan, parameters))) as Row[]
  }
  return {
    all,
    first: async (db, parameters) => (await all(db, parameters))[0],
    async run(db, parameters) {
      const handle = handleOf(db)
      const plan = planFor(db, handle.dialect)
      return handle.run(plan.sql, fill(name, plan, parameters))
    },
  }
}

function fill(name: string, plan: Plan, given: object): unknown[] {
  const values: unknown[] = []
  for (const parameter of plan.parameters) {
    if (!isSlot(parameter)) {
      values.push(parameter)
      continue
    }
    const value = (given as Record<string, unknown>)[parameter.slot]
    if (value === undefined)
      throw new TypeError(`the query "${name}" misses its parameter "${parameter.slot}"`)
    values.push(value)
  }
  return values
}

function isSlot(value: unknown): value is Slot {
  return typeof value === 'object' && value !== null && 'slot' in value
}
