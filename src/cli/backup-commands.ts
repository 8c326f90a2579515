// Commands that write everything into one file, and everything from one file back.
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { withContext, withStore } from './with-context.ts'

export function addBackupCommands(program: Command, terminal: Terminal): void {
  program
    .command('backup <file>')
    .description('write database and files into one archive (.tar.gz) while the server runs')
    .option('--with-cache', "with copies of other servers' media, which can be fetched again")
    .action((file: string, options: { withCache?: true }) => backup(terminal, file, options))
  program
    .command('restore <file>')
    .description('fill an empty database and an empty data directory from a backup; stop the server first')
    .option('--force', 'remove what is there')
    .action((file: string, options: { force?: true }) => restore(terminal, file, options))
}

async function backup(terminal: Terminal, name: string, options: { withCache?: true }): Promise<void> {
  const { writeBackup } = await import('../domain/portability/backup/write-backup.ts')
  const { createBlobs } = await import('../platform/blobs.ts')
  const path = resolve(terminal.directory, name)
  const unfinished = `${path}.unfinished`
  await withStore(terminal, async (store, config) => {
    const { origin, version, database } = config
    const files = createBlobs(config)
    const progress = (text: string): void => say(terminal.err, text)
    const parts = { store, database, files, server: { origin, version }, now: Date.now(), progress }
    try {
      await writeBackup(parts, createWriteStream(unfinished, { mode: 0o600 }), options)
      await rename(unfinished, path)
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  })
  say(terminal.out, `Wrote ${path}. It holds the keys of every account: keep it as safe as the server.`)
}

async function restore(terminal: Terminal, name: string, options: { force?: true }): Promise<void> {
  const { restoreBackup } = await import('../domain/portability/backup/restore-backup.ts')
  const { rebuildSearch } = await import('../domain/portability/backup/rebuild-search.ts')
  const { migrations } = await import('../store/migrations/index.ts')
  const { createBlobs } = await import('../platform/blobs.ts')
  const path = resolve(terminal.directory, name)
  const progress = (text: string): void => say(terminal.err, text)
  const manifest = await withStore(terminal, (store, config) => {
    const parts = { store, files: createBlobs(config), migrations, origin: config.origin, progress }
    return restoreBackup(parts, path, options)
  })
  await withContext(terminal, (ctx) => rebuildSearch(ctx, progress))
  const rows = Object.values(manifest.tables).reduce((sum, count) => sum + count, 0)
  say(
    terminal.out,
    'Copy push-tokens.key from the old data directory too: it opens the secrets of authenticator apps.',
  )
  say(terminal.out, `Restored ${rows} rows and ${manifest.files.count} files of ${manifest.createdAt}.`)
}
