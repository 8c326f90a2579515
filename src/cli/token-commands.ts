// Commands for the tokens that apps and scripts call the server with.
import type { Command } from 'commander'
import { parseId } from '../lib/id.ts'
import { Refusal } from '../model/refusal.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { dayOf, table } from './table.ts'
import { withContext } from './with-context.ts'

const accounts = () => import('../domain/accounts/find-local-account.ts')
const tokens = () => import('../domain/sign-in/operator-tokens.ts')

export function addTokenCommands(program: Command, terminal: Terminal): void {
  const group = program.command('token').description('tokens for scripts and apps')
  group
    .command('create <name>')
    .description('make a token for an account and print it, alone, on standard output')
    .requiredOption('--scopes <scopes>', 'what it may do, such as "read write follow push"')
    .action((name: string, options: { scopes: string }) => create(terminal, name, options.scopes))
  group
    .command('list <name>')
    .description('list the tokens of an account')
    .action((name: string) => list(terminal, name))
  group
    .command('revoke <name> [id]')
    .description('take back one token of an account, or all of them')
    .action((name: string, id?: string) => revoke(terminal, name, id))
}

async function create(terminal: Terminal, name: string, text: string): Promise<void> {
  const { issueOperatorToken, readScopes } = await tokens()
  const { findLocalAccount } = await accounts()
  const scopes = readScopes(text)
  const secret = await withContext(terminal, async (ctx) => {
    const { account, user } = await findLocalAccount(ctx, name)
    if (user.confirmed_at === null)
      say(
        terminal.err,
        `The token works once the address is confirmed: folkmoot account confirm ${account.username}`,
      )
    if (user.approved_at === null)
      say(
        terminal.err,
        `The token works once the account is approved: folkmoot account approve ${account.username}`,
      )
    return (await issueOperatorToken(ctx, account.id, scopes)).secret
  })
  say(terminal.out, secret)
}

async function list(terminal: Terminal, name: string): Promise<void> {
  const { listAccountTokens } = await tokens()
  const { findLocalAccount } = await accounts()
  const rows = await withContext(terminal, async (ctx) => {
    const { account } = await findLocalAccount(ctx, name)
    return listAccountTokens(ctx, account.id)
  })
  const lines = rows.map((row) => [
    String(row.id),
    row.app,
    row.scopes,
    dayOf(row.createdAt),
    row.lastUsedAt === null ? 'never' : dayOf(row.lastUsedAt),
  ])
  say(terminal.out, ...table(['ID', 'APP', 'SCOPES', 'CREATED', 'LAST USED'], lines))
}

async function revoke(terminal: Terminal, name: string, id: string | undefined): Promise<void> {
  const tokenId = id === undefined ? undefined : parseId(id)
  if (id !== undefined && tokenId === undefined)
    throw new Refusal('invalid', `"${id}" is not the id of a token: see folkmoot token list ${name}`)
  const { revokeAccountTokens } = await tokens()
  const { findLocalAccount } = await accounts()
  const count = await withContext(terminal, async (ctx) => {
    const { account } = await findLocalAccount(ctx, name)
    return revokeAccountTokens(ctx, account.id, tokenId)
  })
  if (tokenId !== undefined && count === 0)
    throw new Refusal('not-found', `${name} has no token ${tokenId}: see folkmoot token list ${name}`)
  say(terminal.out, count === 1 ? 'Took back 1 token.' : `Took back ${count} tokens.`)
}
