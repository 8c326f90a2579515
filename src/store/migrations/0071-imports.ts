// Lists of follows, blocks and the like that people bring along from other servers.
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'

export const migration: Migration = {
  name: '0071-imports',
  async up(db, dialect) {
    await createTable(db, dialect, 'imports', {
      columns: `
        id int
        account_id int
        kind text
        lines text
        total int
        done int =0
        failed int =0
        created_at int
        finished_at int?`,
      primary: 'id',
      indexes: ['account_id, id'],
    })
  },
}
