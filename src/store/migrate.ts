// Brings the tables of a database up to what this version of the code expects.
import type { Kysely } from 'kysely'
import type { Dialect } from './dialects/dialect.ts'
import type { Tables } from './schema.ts'

/** One step forward. `name` is '0001-...': names sort in the order in which they are applied. */
export interface Migration {
  name: string
  up(db: Kysely<Tables>, dialect: Dialect): Promise<void>
}
