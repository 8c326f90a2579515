// Works through a queue in batches: jobs are taken, done and removed in one transaction.
import { finishJobs, takeDue, takeOne } from '../../store/jobs.ts'
import type { Claim, Job } from '../../store/jobs.ts'
import { recordFailure } from './desk.ts'
import type { Desk } from './desk.ts'
import type { BatchHandler, Kind } from './kind.ts'

/** Takes one batch off the queue; gives how many jobs it met. A batch that fails is done again job by job. */
export async function runBatch(desk: Desk, kinds: ReadonlyMap<string, Kind>, claim: Claim): Promise<number> {
  let jobs: Job[] = []
  const began = performance.now()
  try {
    await desk.store.write(async (tx) => {
      jobs = await takeDue(tx, desk.store, claim)
      for (const [name, group] of Map.groupBy(jobs, (job) => job.kind)) {
        const kind = kinds.get(name)
        if (kind) await batchHandler(kind)(tx, group)
      }
      await finishJobs(tx, jobs)
    })
  } catch (error) {
    // Without jobs it was the store that failed, not a handler.
    if (jobs.length === 0) throw error
    for (const job of jobs) await runAlone(desk, kinds, job)
    return jobs.length
  }
  const seconds = (performance.now() - began) / 1000 / Math.max(jobs.length, 1)
  for (const job of jobs) desk.observe(job, 'done', seconds)
  return jobs.length
}

async function runAlone(desk: Desk, kinds: ReadonlyMap<string, Kind>, met: Job): Promise<void> {
  const kind = kinds.get(met.kind)
  if (!kind) return
  const began = performance.now()
  let taken: Job | undefined
  try {
    await desk.store.write(async (tx) => {
      taken = await takeOne(tx, desk.store, met.id, desk.clock.now())
      if (!taken) return
      await batchHandler(kind)(tx, [taken])
      await finishJobs(tx, [taken])
    })
    if (taken) desk.observe(taken, 'done', (performance.now() - began) / 1000)
  } catch (error) {
    const outcome = await recordFailure(desk, kind, taken ?? met, error)
    desk.observe(met, outcome, (performance.now() - began) / 1000)
  }
}

function batchHandler(kind: Kind): BatchHandler {
  if ('batch' in kind.handler) return kind.handler.batch
  throw new Error(`${kind.name} is not done in batches`)
}
