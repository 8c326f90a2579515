// What is counted per day is found by its day, so that the oldest can go.
import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

export const migration: Migration = {
  name: '0095-old-days',
  async up(db) {
    await sql.raw('create index email_domain_attempts_day on email_domain_attempts (day)').execute(db)
  },
}
