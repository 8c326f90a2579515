// The consents that authors elsewhere gave to quotes of our people, which we show whoever receives the quote.
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'

export const migration: Migration = {
  name: '0005-quote-stamps',
  async up(db, dialect) {
    await createTable(db, dialect, 'quote_stamps', {
      columns: `
        post_id int
        uri text`,
      primary: 'post_id',
    })
  },
}
