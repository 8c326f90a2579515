// The list of all housekeeping, in the order in which it is done.
import { unnamedAccounts } from './account-task.ts'
import { expiredTasks } from './expired-tasks.ts'
import { outlivedPosts } from './own-posts-task.ts'
import { strayFiles } from './file-task.ts'
import { mediaTasks } from './media-tasks.ts'
import { oldPosts } from './post-task.ts'
import { weekNumbers } from './week-task.ts'
import { suspendedAccounts } from './suspended-task.ts'
import type { Task } from './task.ts'

/** Posts before the accounts that they name, and rows before the files that they leave. */
export const janitorTasks: readonly Task[] = [
  ...expiredTasks,
  outlivedPosts,
  oldPosts,
  suspendedAccounts,
  unnamedAccounts,
  ...mediaTasks,
  strayFiles,
  weekNumbers,
]
