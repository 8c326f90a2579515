// Connections to PostgreSQL: their limits, how values arrive, and which statements stay prepared on the server.
import { Client, Pool, types } from 'pg'
import type { ClientConfig, PoolClient } from 'pg'
import { bindable } from './bind.ts'

/** Time limits in milliseconds; 0 means none. */
export interface ConnectionLimits {
  readOnly: boolean
  connections: number
  statementMs: number
}

/** Whole numbers beyond 2^53 cannot be JS numbers; our ids stay below, so one of those is an error. */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit into a number`)
  return value
}

type TypeId = Parameters<typeof types.getTypeParser>[0]

/** Counts, sums and truth values read as they do from SQLite: numbers, 0 and 1. */
function getTypeParser(oid: TypeId, format?: 'text' | 'binary') {
  if (oid === types.builtins.INT8) return wholeNumber
  if (oid === types.builtins.NUMERIC) return Number
  if (oid === types.builtins.BOOL) return (text: string) => (text === 't' ? 1 : 0)
  return types.getTypeParser(oid, format)
}

/** A pool of connections to `url`. */
export function connectPool(url: string, limits: ConnectionLimits): Pool {
  return new Pool({
    ...connectionConfig(url, limits),
    max: limits.connections,
    idleTimeoutMillis: 60_000,
  })
}

/** One connection of its own, for listening. */
export function connectClient(url: string): Client {
  return new Client(connectionConfig(url, { readOnly: false, connections: 1, statementMs: 0 }))
}

function connectionConfig(url: string, limits: ConnectionLimits): ClientConfig {
  const readOnly = limits.readOnly ? ' -c default_transaction_read_only=on' : ''
  return {
    connectionString: url,
    application_name: 'folkmoot',
    keepAlive: true,
    // Statements sent together inside one transaction go out together.
    pipeline: true,
    connectionTimeoutMillis: 15_000,
    statement_timeout: limits.statementMs,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    // Our statements are short; compiling them would cost more than it gains.
    options: `-c jit=off${readOnly}`,
    types: { getTypeParser },
  }
}

/** At most this many statements stay prepared on one connection. */
const MOST_NAMES = 400
const MOST_SEEN = 2000

interface Names {
  known: Map<string, string>
  seen: Set<string>
}

const namesOf = new WeakMap<PoolClient, Names>()

/**
 * The name under which `client` prepares this statement, from its second run on; undefined for statements seen once
 * (lists of varying length) and beyond the bound. Without a name, the server plans it anew each time.
 */
function statementName(client: PoolClient, text: string): string | undefined {
  let names = namesOf.get(client)
  if (!names) namesOf.set(client, (names = { known: new Map(), seen: new Set() }))
  const name = names.known.get(text)
  if (name !== undefined || names.known.size >= MOST_NAMES) return name
  if (!names.seen.delete(text)) {
    if (names.seen.size >= MOST_SEEN) names.seen.clear()
    names.seen.add(text)
    return undefined
  }
  const made = `s${names.known.size + 1}`
  names.known.set(text, made)
  return made
}

/** What a statement did: its rows, and how many rows it changed when it is not a query. */
export interface PostgresResult {
  rows: unknown[]
  command: string
  changes: number
}

/** Runs one statement on one connection. */
export async function runStatement(
  client: PoolClient,
  text: string,
  parameters: readonly unknown[],
): Promise<PostgresResult> {
  const values = parameters.map(bindable)
  const name = statementName(client, text)
  const result = await client.query(name === undefined ? { text, values } : { name, text, values })
  return { rows: result.rows, command: result.command, changes: result.rowCount ?? 0 }
}
