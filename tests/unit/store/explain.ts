// Asks the engine how it would run the statements of store functions, and reports tables that it would read whole.
import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { CompiledQuery, DatabaseConnection, Driver } from 'kysely'
import { handleOf, registerHandle } from '../../../src/store/dialects/handles.ts'
import type { Store } from '../../../src/store/open.ts'
import type { Tables } from '../../../src/store/schema.ts'

interface Statement {
  sql: string
  parameters: readonly unknown[]
}

/** Sentences about statements in `work` that need more than an index; none is what tests want. Nothing is executed. */
export async function wholeTableReads(
  store: Store,
  work: (db: Kysely<Tables>) => Promise<unknown>,
): Promise<string[]> {
  const statements = await record(store, work)
  if (statements.length === 0) throw new Error('no statement was recorded')
  const problems: string[] = []
  for (const statement of statements) {
    const reads =
      store.dialect.name === 'sqlite'
        ? await explainSqlite(store, statement)
        : await explainPostgres(store, statement)
    problems.push(...reads.map((read) => `${read}: ${statement.sql.replace(/\s+/g, ' ')}`))
  }
  return problems
}

/** The statements of `work`, all of which find nothing. */
async function record(store: Store, work: (db: Kysely<Tables>) => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = []
  const keep = ({ sql, parameters }: Statement): void => {
    statements.push({ sql, parameters })
  }
  const db = recorder(store, (query) => keep(query))
  registerHandle(db, {
    dialect: store.dialect,
    all(sql, parameters) {
      keep({ sql, parameters })
      return Promise.resolve([])
    },
    run(sql, parameters) {
      keep({ sql, parameters })
      return Promise.resolve(0)
    },
    hooks: [],
  })
  await work(db)
  return statements
}

function recorder(store: Store, keep: (query: CompiledQuery) => void): Kysely<Tables> {
  const connection: DatabaseConnection = {
    executeQuery(query) {
      keep(query)
      return Promise.resolve({ rows: [] })
    },
    streamQuery() {
      throw new Error('nothing is streamed here')
    },
  }
  const driver: Driver = {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: () => Promise.resolve(),
    commitTransaction: () => Promise.resolve(),
    rollbackTransaction: () => Promise.resolve(),
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  }
  const isSqlite = store.dialect.name === 'sqlite'
  return new Kysely<Tables>({
    dialect: {
      createDriver: () => driver,
      createAdapter: () => (isSqlite ? new SqliteAdapter() : new PostgresAdapter()),
      createQueryCompiler: () => (isSqlite ? new SqliteQueryCompiler() : new PostgresQueryCompiler()),
      createIntrospector: (db) => (isSqlite ? new SqliteIntrospector(db) : new PostgresIntrospector(db)),
    },
  })
}

async function explainSqlite(store: Store, { sql, parameters }: Statement): Promise<string[]> {
  const rows = (await store.write((tx) => handleOf(tx).all(`explain query plan ${sql}`, parameters))) as {
    detail: string
  }[]
  // Packed lists of ids, constants and results of subqueries are read whole by nature.
  return rows
    .map((row) => row.detail)
    .filter((detail) => /^SCAN (?!json_each|CONSTANT|\(|recent$|\w+ VIRTUAL TABLE INDEX \d+:M)/.test(detail))
}

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Cond'?: string
  Plans?: PlanNode[]
}

/** With these off, whatever has no index has no other way left; conditions joined by "or" take bitmaps. */
const OTHER_WAYS = ['seqscan', 'hashjoin', 'mergejoin', 'material']

async function explainPostgres(store: Store, statement: Statement): Promise<string[]> {
  const strict = await planWithout(store, statement, [...OTHER_WAYS, 'bitmapscan'])
  return strict.length === 0 ? [] : planWithout(store, statement, OTHER_WAYS)
}

async function planWithout(store: Store, { sql, parameters }: Statement, ways: string[]): Promise<string[]> {
  const rows = await store.write(async (tx) => {
    for (const way of ways) await handleOf(tx).run(`set local enable_${way} = off`, [])
    return (await handleOf(tx).all(`explain (format json) ${sql}`, parameters)) as {
      'QUERY PLAN': string | [{ Plan: PlanNode }]
    }[]
  })
  const plan = rows[0]?.['QUERY PLAN']
  const [top] = (typeof plan === 'string' ? JSON.parse(plan) : plan) as [{ Plan: PlanNode }]
  return readsOf(top.Plan)
}

function readsOf(node: PlanNode): string[] {
  const isWhole =
    node['Node Type'] === 'Seq Scan' ||
    (/^(?:Bitmap )?Index/.test(node['Node Type']) && node['Index Cond'] === undefined)
  const own = isWhole ? [`${node['Node Type']} of ${node['Relation Name'] ?? 'an index'}`] : []
  return [...own, ...(node.Plans ?? []).flatMap(readsOf)]
}
