// Commands for relays, which pass public posts on among servers that do not know each other.
import type { Command } from 'commander'
import { Refusal } from '../model/refusal.ts'
import { dayOf, table } from './table.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { withContext } from './with-context.ts'

const relays = () => import('../domain/moderation/relays.ts')

export function addRelayCommands(program: Command, terminal: Terminal): void {
  const group = program.command('relay').description('relays of public posts')
  group
    .command('add <address>')
    .description("join a relay by its inbox (https://relay.example/inbox) or its actor's address")
    .action(async (address: string) => {
      const { addRelay } = await relays()
      const relay = await withContext(terminal, (ctx) => addRelay(ctx, address))
      say(terminal.out, `Asked ${relay.inbox}; "folkmoot relay list" shows when it has accepted.`)
    })
  group
    .command('remove <address>')
    .description('leave a relay, by its address or its number in the list')
    .action((address: string) => remove(terminal, address))
  group
    .command('list')
    .description('list the relays and whether they accepted')
    .action(async () => {
      const { listRelays } = await relays()
      const known = await withContext(terminal, (ctx) => listRelays(ctx))
      const rows = known.map((relay) => [
        String(relay.id),
        relay.state,
        dayOf(relay.createdAt),
        relay.actorUri ?? relay.inbox,
      ])
      say(terminal.out, ...table(['NUMBER', 'STATE', 'SINCE', 'ADDRESS'], rows))
    })
}

async function remove(terminal: Terminal, address: string): Promise<void> {
  const { listRelays, removeRelay } = await relays()
  await withContext(terminal, async (ctx) => {
    const known = await listRelays(ctx)
    const relay = known.find(({ id, inbox, actorUri }) =>
      [String(id), inbox, actorUri].includes(address.trim()),
    )
    if (!relay) throw new Refusal('not-found', `There is no relay ${address}: see folkmoot relay list`)
    await removeRelay(ctx, relay.id)
  })
  say(terminal.out, `Left ${address}.`)
}
