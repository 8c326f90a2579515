// Commands for the people of this server: making, finding, confirming, suspending and deleting accounts.
import type { Command } from 'commander'
import type { Context } from '../domain/context.ts'
import { Refusal } from '../model/refusal.ts'
import { dayOf, table } from './table.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { withContext } from './with-context.ts'

export function addAccountCommands(program: Command, terminal: Terminal): void {
  const group = program.command('account').description('the people of this server')
  group
    .command('create <name>')
    .description('make an account; without a password a random one is printed')
    .requiredOption('--email <address>', 'the e-mail address')
    .option(
      '--password <password>',
      'the password (others on this machine may see it while the command runs)',
    )
    .option('--password-stdin', 'read the password from standard input')
    .option('--confirmed', 'the e-mail address needs no confirmation')
    .option('--role <role>', 'user, moderator, admin or owner', 'user')
    .action((name: string, options: CreateOptions) => create(terminal, name, options))
  group
    .command('list')
    .description('list the accounts of this server')
    .option('--role <role>', 'only those with this role')
    .option('--json', 'one JSON object a line')
    .action((options: ListOptions) => list(terminal, options))
  group
    .command('reset-password <name>')
    .description('set a new password (random without one) and end all sessions and tokens')
    .option('--password <password>', 'the new password')
    .option('--password-stdin', 'read the password from standard input')
    .action((name: string, options: PasswordOptions) => resetPassword(terminal, name, options))
  group
    .command('drop-second-factor <name>')
    .description('switch off two-factor sign-in for somebody who lost phone and recovery codes')
    .action((name: string) => dropSecondFactor(terminal, name))
  group
    .command('set-role <name> <role>')
    .description('make somebody user, moderator, admin or owner')
    .action((name: string, role: string) => changeRole(terminal, name, role))
  group
    .command('delete <name>')
    .description('delete an account with everything in it, for ever')
    .option('--yes', 'do it without asking')
    .action((name: string, options: { yes?: true }) => remove(terminal, name, options.yes === true))
  addStandingCommands(group, terminal)
}

function addStandingCommands(group: Command, terminal: Terminal): void {
  group
    .command('confirm <name>')
    .description('take the e-mail address of an account as confirmed')
    .action((name: string) => confirm(terminal, name))
  group
    .command('approve <name>')
    .description('let in somebody who asked for an account')
    .action((name: string) => approve(terminal, name))
  group
    .command('suspend <name>')
    .description('suspend an account, NAME here or NAME@DOMAIN elsewhere')
    .action((name: string) => suspend(terminal, name, true))
  group
    .command('unsuspend <name>')
    .description('end the suspension of an account')
    .action((name: string) => suspend(terminal, name, false))
}

interface PasswordOptions {
  password?: string
  passwordStdin?: true
}

interface CreateOptions extends PasswordOptions {
  email: string
  confirmed?: true
  role: string
}

const found = async (ctx: Context, name: string) =>
  (await import('../domain/accounts/find-local-account.ts')).findLocalAccount(ctx, name)

/** The password given, read or made up; `shown` when the operator has not seen it yet. */
async function choosePassword(
  terminal: Terminal,
  options: PasswordOptions,
): Promise<{ password: string; shown: boolean }> {
  if (options.passwordStdin === true)
    return { password: (await terminal.input()).replace(/\r?\n$/, ''), shown: false }
  if (options.password !== undefined) return { password: options.password, shown: false }
  const { newSecret } = await import('../lib/secret.ts')
  return { password: newSecret().slice(0, 20), shown: true }
}

async function create(terminal: Terminal, name: string, options: CreateOptions): Promise<void> {
  const { createAccount } = await import('../domain/accounts/create-account.ts')
  const { checkRole } = await import('../domain/accounts/set-role.ts')
  const role = checkRole(options.role)
  const { password, shown } = await choosePassword(terminal, options)
  const confirmed = options.confirmed === true
  const { username } = await withContext(terminal, (ctx) =>
    createAccount(ctx, {
      username: name,
      email: options.email,
      password,
      role,
      confirmed,
      allowReserved: true,
    }),
  )
  say(terminal.out, `Created the account ${username}.`)
  if (shown) say(terminal.out, `Password: ${password}`)
  if (!confirmed) say(terminal.err, `To confirm the e-mail address: folkmoot account confirm ${username}`)
}

interface ListOptions {
  role?: string
  json?: true
}

async function list(terminal: Terminal, options: ListOptions): Promise<void> {
  const { listPeople } = await import('../domain/accounts/list-people.ts')
  const { checkRole } = await import('../domain/accounts/set-role.ts')
  const role = options.role === undefined ? undefined : checkRole(options.role)
  const people = await withContext(terminal, (ctx) => listPeople(ctx, role))
  if (options.json === true) {
    say(terminal.out, ...people.map((person) => JSON.stringify(person)))
    return
  }
  const rows = people.map((person) => [
    person.username,
    person.role,
    person.email ?? '',
    dayOf(person.createdAt),
    person.lastActiveAt === null ? 'never' : dayOf(person.lastActiveAt),
    person.standing.join(', '),
  ])
  say(terminal.out, ...table(['NAME', 'ROLE', 'E-MAIL', 'CREATED', 'LAST SEEN', 'STANDING'], rows))
}

async function resetPassword(terminal: Terminal, name: string, options: PasswordOptions): Promise<void> {
  const { changePassword } = await import('../domain/sign-in/change-password.ts')
  const { password, shown } = await choosePassword(terminal, options)
  await withContext(terminal, async (ctx) =>
    changePassword(ctx, (await found(ctx, name)).account.id, password),
  )
  say(terminal.out, `${name} has a new password; every session and token has ended.`)
  if (shown) say(terminal.out, `Password: ${password}`)
}

async function dropSecondFactor(terminal: Terminal, name: string): Promise<void> {
  const { dropTwoFactor } = await import('../domain/sign-in/two-factor.ts')
  await withContext(terminal, async (ctx) => dropTwoFactor(ctx, (await found(ctx, name)).account.id))
  say(terminal.out, `${name} signs in with the password alone now.`)
}

async function changeRole(terminal: Terminal, name: string, text: string): Promise<void> {
  const { checkRole, setRole } = await import('../domain/accounts/set-role.ts')
  const role = checkRole(text)
  await withContext(terminal, async (ctx) => setRole(ctx, (await found(ctx, name)).account.id, role))
  say(terminal.out, `${name} is ${role} now.`)
}

async function remove(terminal: Terminal, name: string, sure: boolean): Promise<void> {
  const { deleteAccount } = await import('../domain/accounts/delete-account.ts')
  await withContext(terminal, async (ctx) => {
    const { account } = await found(ctx, name)
    if (!sure && !(await isSure(terminal, account.username)))
      throw new Refusal('invalid', 'Nothing was deleted: type the name, or add --yes')
    await deleteAccount(ctx, account.id)
  })
  say(terminal.out, `${name} is deleted; the running server removes the rest and tells other servers.`)
}

async function isSure(terminal: Terminal, username: string): Promise<boolean> {
  terminal.err(`This deletes ${username} with all posts and files, for ever. Type the name to go on: `)
  return (await terminal.input()).trim() === username
}

async function confirm(terminal: Terminal, name: string): Promise<void> {
  const { confirmAccount } = await import('../domain/accounts/admit-account.ts')
  await withContext(terminal, async (ctx) => confirmAccount(ctx, (await found(ctx, name)).account.id))
  say(terminal.out, `The e-mail address of ${name} is confirmed.`)
}

async function approve(terminal: Terminal, name: string): Promise<void> {
  const { approveAccount } = await import('../domain/accounts/admit-account.ts')
  await withContext(terminal, async (ctx) => approveAccount(ctx, (await found(ctx, name)).account.id))
  say(terminal.out, `${name} is approved.`)
}

async function suspend(terminal: Terminal, name: string, ends: boolean): Promise<void> {
  const { lookupAccount } = await import('../domain/accounts/find-accounts.ts')
  const { suspendAccount, unsuspendAccount } = await import('../domain/accounts/suspend-account.ts')
  await withContext(terminal, async (ctx) => {
    const account = await lookupAccount(ctx, name)
    if (!account) throw new Refusal('not-found', `No account ${name} is known here`)
    await (ends ? suspendAccount : unsuspendAccount)(ctx, account.id)
  })
  say(terminal.out, ends ? `${name} is suspended.` : `${name} is not suspended any more.`)
}
