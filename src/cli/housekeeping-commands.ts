// Commands that do now what the server does once a day: removing what nobody needs.
import type { Command } from 'commander'
import type { Task } from '../domain/janitor/task.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { withContext } from './with-context.ts'

export function addHousekeepingCommands(program: Command, terminal: Terminal): void {
  program
    .command('media')
    .description("copies of other servers' media")
    .command('prune')
    .description('remove copies that are older, or beyond the space, that the settings allow')
    .action(async () => {
      const { cacheTasks } = await import('../domain/janitor/media-tasks.ts')
      await sweep(terminal, cacheTasks)
    })
  program
    .command('janitor')
    .description('the daily housekeeping')
    .command('run')
    .description('do all of it now, while the server runs or not')
    .action(async () => {
      const { janitorTasks } = await import('../domain/janitor/tasks.ts')
      await sweep(terminal, janitorTasks)
    })
}

async function sweep(terminal: Terminal, tasks: readonly Task[]): Promise<void> {
  const { runTasks } = await import('../domain/janitor/run-task.ts')
  const { createBlobs } = await import('../platform/blobs.ts')
  await withContext(terminal, (ctx, config) =>
    runTasks({ ctx, files: createBlobs(config), retention: config.retention }, tasks, (name, count) =>
      say(terminal.out, `${name}: ${count} removed`),
    ),
  )
}
