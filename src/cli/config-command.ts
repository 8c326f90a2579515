// The command that prints every setting with its value and what it does.
import { join } from 'node:path'
import type { Command } from 'commander'
import { printable } from './table.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

export function addConfigCommand(program: Command, terminal: Terminal): void {
  program
    .command('config')
    .description('print every setting, its value (secrets hidden) and what it does')
    .action(() => print(terminal))
}

async function print(terminal: Terminal): Promise<void> {
  const { readConfig, readEnvironment, settings } = await import('../platform/config.ts')
  const env = readEnvironment(join(terminal.directory, '.env'), terminal.env)
  for (const [name, setting] of Object.entries(settings)) {
    const { description, default: fallback } = setting
    const { defaultText, secret } = { defaultText: undefined, secret: false, ...setting }
    const written = env[name]?.trim() ?? ''
    const value = written === '' ? (fallback ?? '') : secret ? '(hidden)' : printable(written)
    const origin = written === '' ? `  (default${defaultText === undefined ? '' : `: ${defaultText}`})` : ''
    say(terminal.out, `${name}=${value}${origin}`, `  ${description}`)
  }
  // Throws, in sentences, when the server could not start with these.
  for (const warning of readConfig(env).warnings) say(terminal.err, warning)
}
