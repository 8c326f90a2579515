// Commands for the work that waits, and for work that was given up.
import type { Command } from 'commander'
import { parseId } from '../lib/id.ts'
import { Refusal } from '../model/refusal.ts'
import { table } from './table.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { withContext } from './with-context.ts'

const chores = () => import('../domain/chores.ts')
const momentOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')

export function addJobCommands(program: Command, terminal: Terminal): void {
  const group = program.command('jobs').description('work that waits in the database')
  group
    .command('list')
    .description('how many jobs wait in each queue, since when, and how many of them failed before')
    .action(() => list(terminal))
  group
    .command('dead')
    .description('the latest jobs that were given up, with their last error')
    .action(() => dead(terminal))
  group
    .command('retry [id]')
    .description('try a job anew that was given up, or all of them')
    .option('--all', 'all of them')
    .action((id: string | undefined, options: { all?: true }) => retry(terminal, id, options.all === true))
}

async function list(terminal: Terminal): Promise<void> {
  const { countChores } = await chores()
  const { queues, deliveries, dead: given } = await withContext(terminal, (ctx) => countChores(ctx))
  const rows = queues.map((queue) => [
    queue.queue,
    String(queue.waiting),
    String(queue.failed),
    momentOf(queue.oldest),
  ])
  say(terminal.out, ...table(['QUEUE', 'WAITING', 'FAILED BEFORE', 'FIRST DUE (UTC)'], rows))
  say(
    terminal.out,
    `Deliveries to other servers: ${deliveries.waiting} waiting, ${deliveries.overdue} of them due.`,
  )
  if (given > 0) say(terminal.out, `Given up: ${given} (folkmoot jobs dead).`)
}

async function dead(terminal: Terminal): Promise<void> {
  const { listGivenUp } = await chores()
  const jobs = await withContext(terminal, (ctx) => listGivenUp(ctx, 100))
  const rows = jobs.map((job) => [String(job.id), job.kind, momentOf(job.failedAt), job.error])
  say(terminal.out, ...table(['ID', 'KIND', 'GIVEN UP (UTC)', 'LAST ERROR'], rows))
}

async function retry(terminal: Terminal, text: string | undefined, all: boolean): Promise<void> {
  const id = text === undefined ? undefined : parseId(text)
  if (id === undefined && (!all || text !== undefined))
    throw new Refusal('invalid', 'Name the id of a job from "folkmoot jobs dead", or add --all')
  const { retryAll, retryOne } = await chores()
  const count = await withContext(terminal, async (ctx) =>
    id === undefined ? retryAll(ctx) : Number(await retryOne(ctx, id)),
  )
  if (id !== undefined && count === 0) throw new Refusal('not-found', `No job ${id} was given up`)
  say(
    terminal.out,
    count === 1 ? 'Put 1 job back into its queue.' : `Put ${count} jobs back into their queues.`,
  )
}
