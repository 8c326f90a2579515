// Keeps the numbers of the running week, before they can be counted no more.
import { keepWeek } from '../server/weekly-activity.ts'
import type { Task } from './task.ts'

export const weekNumbers: Task = {
  name: 'numbers of the week',
  async step({ ctx }) {
    await keepWeek(ctx)
    return { count: 0 }
  },
}
