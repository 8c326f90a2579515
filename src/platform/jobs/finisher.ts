// Removes jobs that are done, those that end together in one transaction.
import { finishJob } from '../../store/jobs.ts'
import type { Job } from '../../store/jobs.ts'
import type { Store } from '../../store/open.ts'

/** False when the job's lease was lost to another worker, with whom it stays. */
export type Finish = (job: Job) => Promise<boolean>

interface Ended {
  job: Job
  resolve: (kept: boolean) => void
  reject: (error: unknown) => void
}

export function createFinisher(store: Store): Finish {
  let ended: Ended[] = []
  const write = async (): Promise<void> => {
    const batch = ended
    ended = []
    try {
      const kept = await store.write(async (tx) => {
        const results: boolean[] = []
        for (const { job } of batch) results.push(await finishJob(tx, job))
        return results
      })
      for (const [index, { resolve }] of batch.entries()) resolve(kept[index] === true)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
  return (job) => {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    if (ended.length === 0) setImmediate(() => void write())
    ended.push({ job, resolve, reject })
    return promise
  }
}
