// The command that brings the database up to this version without starting the server.
import type { Command } from 'commander'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { withStore } from './with-context.ts'

export function addMigrateCommand(program: Command, terminal: Terminal): void {
  program
    .command('migrate')
    .description('bring the database up to this version (the server does it too, when it starts)')
    .action(async () => {
      const { migrate } = await import('../store/migrate.ts')
      const { migrations } = await import('../store/migrations/index.ts')
      const applied = await withStore(terminal, (store) => migrate(store, migrations))
      if (applied.length === 0) say(terminal.out, 'The database is up to date.')
      else say(terminal.out, ...applied.map((name) => `Applied ${name}.`))
    })
}
