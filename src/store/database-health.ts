// What the database engine says of itself: its version, and whether its file is sound.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { ownScript } from '../lib/program-files.ts'
import type { DatabaseSettings, Store } from './open.ts'

const run = promisify(execFile)
const QUICK_CHECK = fileURLToPath(ownScript('src/store/dialects/sqlite-quick-check.ts'))

const VERSION = {
  sqlite: sql<{ version: string }>`select 'SQLite ' || sqlite_version() as version`,
  postgres: sql<{ version: string }>`select 'PostgreSQL ' || current_setting('server_version') as version`,
}

/** The engine with its version, such as `PostgreSQL 18.1`. */
export async function engineVersion(store: Store): Promise<string> {
  const { rows } = await VERSION[store.dialect.name].execute(store.read)
  return rows[0]?.version ?? store.dialect.name
}

/**
 * `ok`, or what is broken; undefined when it took longer than `longestMs`. A PostgreSQL server checks its pages itself.
 */
export async function quickCheck(database: DatabaseSettings, longestMs: number): Promise<string | undefined> {
  if (database.engine === 'postgres') return 'ok'
  try {
    const { stdout } = await run(process.execPath, [QUICK_CHECK, database.file], { timeout: longestMs })
    return stdout.trim()
  } catch (error) {
    const { killed, stderr } = error as { killed?: boolean; stderr?: string }
    if (killed === true) return undefined
    return /^\w*Error: (.*)$/m.exec(stderr ?? '')?.[1] ?? 'the file cannot be read'
  }
}
