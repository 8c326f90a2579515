// Brings the tables of a database up to what this version of the code expects.
import type { Kysely } from 'kysely'
import type { Dialect } from './dialects/dialect.ts'

/** One step forward; it knows no table types, since those describe the newest tables only. `name` is '0001-...': names sort in the order in which they are applied. */
export interface Migration {
  name: string
  up(db: Kysely<unknown>, dialect: Dialect): Promise<void>
}
