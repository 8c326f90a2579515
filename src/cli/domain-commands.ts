// Commands for what is decided about other servers, and for lists of such decisions.
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { DomainPolicy, PolicyWish } from '../domain/moderation/domain-policies.ts'
import { Refusal } from '../model/refusal.ts'
import { printable, table } from './table.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { withContext } from './with-context.ts'

const policies = () => import('../domain/moderation/domain-policies.ts')
const lists = () => import('../domain/moderation/policy-csv.ts')

export function addDomainCommands(program: Command, terminal: Terminal): void {
  const group = program.command('domain').description('what is decided about other servers')
  group
    .command('list')
    .description('list the servers about which something is decided')
    .option('--json', 'one JSON object a line')
    .action((options: { json?: true }) => list(terminal, options.json === true))
  for (const [name, description, wish] of WISHES)
    withDetails(group.command(`${name} <domain>`).description(description)).action(
      (domain: string, options: Details) => decide(terminal, { domain, ...wish, ...options }),
    )
  group
    .command('remove <domain>')
    .description('take back what was decided about a server')
    .action((domain: string) => remove(terminal, domain))
  group
    .command('export <file>')
    .description('write the list as CSV, as Mastodon does; - is standard output')
    .action((file: string) => write(terminal, file))
  group
    .command('import <file>')
    .description('read a list as CSV, as Mastodon writes it')
    .option('--dry-run', 'only say what would be done')
    .action((file: string, options: { dryRun?: true }) => read(terminal, file, options.dryRun === true))
}

const WISHES: readonly [name: string, description: string, wish: Partial<PolicyWish>][] = [
  ['block', 'exchange nothing with a server and those below it', { severity: 'suspend' }],
  ['limit', "hide a server's accounts from whoever does not follow them", { severity: 'limit' }],
  ['allow', 'exchange with a server where only allowed ones do', { severity: 'none', allowed: true }],
]

interface Details {
  rejectMedia?: true
  rejectReports?: true
  obfuscate?: true
  publicComment?: string
  privateComment?: string
}

function withDetails(command: Command): Command {
  return command
    .option('--reject-media', 'fetch and show none of its media')
    .option('--reject-reports', 'take none of its reports')
    .option('--public-comment <text>', 'why, for everybody')
    .option('--private-comment <text>', 'why, for moderators')
    .option('--obfuscate', 'show only a part of its name where decisions are published')
}

async function list(terminal: Terminal, json: boolean): Promise<void> {
  const { listPolicies } = await policies()
  const known = await withContext(terminal, (ctx) => listPolicies(ctx))
  if (json) return say(terminal.out, ...known.map((policy) => JSON.stringify(policy)))
  const rows = known.map((policy) => [policy.domain, wordsOf(policy), policy.publicComment])
  say(terminal.out, ...table(['DOMAIN', 'DECISION', 'PUBLIC COMMENT'], rows))
}

function wordsOf(policy: DomainPolicy): string {
  const severity = { suspend: ['blocked'], limit: ['limited'], none: [] }[policy.severity]
  return [
    ...severity,
    ...(policy.allowed ? ['allowed'] : []),
    ...(policy.rejectMedia ? ['no media'] : []),
    ...(policy.rejectReports ? ['no reports'] : []),
    ...(policy.obfuscate ? ['name obfuscated'] : []),
  ].join(', ')
}

async function decide(terminal: Terminal, wish: PolicyWish): Promise<void> {
  const { setPolicy } = await policies()
  const policy = await withContext(terminal, (ctx) => setPolicy(ctx, wish))
  say(terminal.out, `${policy.domain}: ${wordsOf(policy)}. The running server applies it to known accounts.`)
}

async function remove(terminal: Terminal, domain: string): Promise<void> {
  const { removePolicy } = await policies()
  const isRemoved = await withContext(terminal, (ctx) => removePolicy(ctx, domain))
  if (!isRemoved) throw new Refusal('not-found', `Nothing is decided about ${domain}`)
  say(terminal.out, `Nothing is decided about ${domain} any more.`)
}

async function write(terminal: Terminal, file: string): Promise<void> {
  const { exportPolicies } = await lists()
  const csv = await withContext(terminal, (ctx) => exportPolicies(ctx))
  if (file === '-') return terminal.out(csv)
  await writeFile(resolve(terminal.directory, file), csv)
  say(terminal.out, `Wrote ${file}.`)
}

async function read(terminal: Terminal, file: string, isTrial: boolean): Promise<void> {
  const { readPolicies } = await lists()
  const { importPolicies } = await import('../domain/moderation/take-policies.ts')
  const csv =
    file === '-' ? await terminal.input() : await readFile(resolve(terminal.directory, file), 'utf8')
  if (isTrial) {
    const { wishes, skipped } = readPolicies(csv)
    for (const wish of wishes)
      say(
        terminal.out,
        `${printable(wish.domain)}: ${wish.severity === 'suspend' ? 'block' : (wish.severity ?? 'none')}`,
      )
    tellSkipped(terminal, skipped)
    return say(terminal.out, `Would write ${wishes.length} decisions; nothing was changed.`)
  }
  const result = await withContext(terminal, (ctx) => importPolicies(ctx, csv))
  tellSkipped(terminal, result.skipped)
  say(terminal.out, `Wrote ${result.imported} decisions, passed over ${result.skipped.length} lines.`)
}

function tellSkipped(terminal: Terminal, skipped: readonly { line: number; reason: string }[]): void {
  for (const { line, reason } of skipped) say(terminal.err, `Line ${line}: ${printable(reason)}`)
}
