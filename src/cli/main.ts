// The operator's tool: reads the command line, runs one command and says how it went.
import { Command, CommanderError } from 'commander'
import { Refusal, Unreachable } from '../model/refusal.ts'
import { addAccountCommands } from './account-commands.ts'
import { addBackupCommands } from './backup-commands.ts'
import { addConfigCommand } from './config-command.ts'
import { addDoctorCommand } from './doctor-command.ts'
import { addDomainCommands } from './domain-commands.ts'
import { addHousekeepingCommands } from './housekeeping-commands.ts'
import { addJobCommands } from './job-commands.ts'
import { addMigrateCommand } from './migrate-command.ts'
import { processTerminal, say } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { addRelayCommands } from './relay-commands.ts'
import { addTokenCommands } from './token-commands.ts'
import { ownVersion } from '../lib/program-files.ts'

/** Adds commands; `fail` sets the exit code of a command that ends well but has bad news. */
type AddCommands = (program: Command, terminal: Terminal, fail: (code: number) => void) => void

const GROUPS: readonly AddCommands[] = [
  addMigrateCommand,
  addConfigCommand,
  addDoctorCommand,
  addAccountCommands,
  addTokenCommands,
  addDomainCommands,
  addRelayCommands,
  addHousekeepingCommands,
  addJobCommands,
  addBackupCommands,
]

/** Runs one command; resolves with the exit code: 0 done, 1 refused or failed, 2 not understood. */
export async function runCommand(argv: string[], terminal: Terminal = processTerminal()): Promise<number> {
  const outcome = { code: 0 }
  const program = createProgram(terminal)
  const fail = (code: number): void => {
    outcome.code = Math.max(outcome.code, code)
  }
  for (const add of GROUPS) add(program, terminal, fail)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return outcome.code
  } catch (error) {
    // Commander has written its own sentence, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    say(terminal.err, sentenceOf(error))
    return 1
  }
}

function createProgram(terminal: Terminal): Command {
  const program = new Command('folkmoot')
  program
    .description('Runs and tends a Folkmoot server.')
    .version(ownVersion(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .exitOverride()
  program
    .command('serve')
    .description('run the server (also without any word); settings come from the environment and .env')
    .action(() => {
      throw new Refusal('unsupported', 'Write "folkmoot serve" alone, without options.')
    })
  return program
}

/** What went wrong, in one sentence for the operator. */
function sentenceOf(error: unknown): string {
  if (error instanceof Refusal || error instanceof Unreachable) {
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
    return `${withFullStop(error.safeText)}${cause}`
  }
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' && path !== undefined) return `There is no file ${path}.`
  return withFullStop(error instanceof Error ? error.message : String(error))
}

const withFullStop = (text: string): string => (/[.!?)]$/.test(text) ? text : `${text}.`)
