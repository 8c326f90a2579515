// Archives of everything that somebody has here: one each, until it runs out.
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'

export const migration: Migration = {
  name: '0090-archives',
  async up(db, dialect) {
    await createTable(db, dialect, 'archives', {
      columns: `
        id int
        account_id int
        state text
        file_key text
        total int =0
        done int =0
        bytes int =0
        created_at int
        finished_at int?
        expires_at int`,
      primary: 'id',
      unique: ['account_id'],
      indexes: ['expires_at'],
    })
  },
}
