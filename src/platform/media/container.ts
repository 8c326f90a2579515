// Reads and copies media containers in a thread of their own, so that a hostile one can waste only its own time.
import { Worker } from 'node:worker_threads'
import { ownScript } from '../../lib/program-files.ts'
import { Refusal } from '../../model/refusal.ts'
import type { ContainerAnswer, ContainerProblem, ContainerTask } from './container-worker.ts'

/** A thread's answer that is no problem. */
export type ContainerReply = Exclude<ContainerAnswer, ContainerProblem>

const heapMb = 512

/** Does one task within `ms`. Throws Refusal('invalid') for a broken file, ('too-large') when time runs out. */
export async function askContainer(task: ContainerTask, ms: number): Promise<ContainerReply> {
  const worker = new Worker(ownScript('src/platform/media/container-worker.ts'), {
    workerData: task,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 64 },
  })
  const signal = AbortSignal.timeout(ms)
  try {
    const answer = await new Promise<ContainerAnswer>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', (code) => reject(new Error(`thread ended with ${code}`)))
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    })
    if ('problem' in answer) throw answer.isForeign ? foreign() : broken(answer.problem)
    return answer
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (signal.aborted) throw new Refusal('too-large', 'This file takes too long to read.', error)
    throw broken(error)
  } finally {
    await worker.terminate()
  }
}

function broken(cause?: unknown): Refusal {
  return new Refusal('invalid', 'This file is damaged and cannot be read.', cause)
}

function foreign(): Refusal {
  return new Refusal(
    'unsupported',
    'This server cannot convert files of this kind. Please save it as MP4, MP3 or Opus.',
  )
}
