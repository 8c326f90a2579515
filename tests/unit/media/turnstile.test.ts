// Promises to an operator on how many media files are processed at once.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { turnstile } from '../../../src/platform/media/turnstile.ts'

describe('heavy media work', () => {
  it('runs only as many jobs at once as there is room for, in the order they came, and refuses the rest', async () => {
    const enter = turnstile(2, 2)
    const started: number[] = []
    const open: (() => void)[] = []
    const jobs = [0, 1, 2, 3].map((at) =>
      enter(async () => {
        started.push(at)
        await new Promise<void>((resolve) => {
          open[at] = resolve
        })
        if (at === 0) throw new Error('a failed job leaves its place as well')
        return at
      }),
    )
    await assert.rejects(
      enter(async () => 4),
      { code: 'unavailable' },
    )
    assert.deepEqual(started, [0, 1])
    open[0]?.()
    await assert.rejects(jobs[0] ?? Promise.resolve(), /failed job/)
    assert.deepEqual(started, [0, 1, 2])
    open[1]?.()
    assert.equal(await jobs[1], 1)
    assert.deepEqual(started, [0, 1, 2, 3])
    open[2]?.()
    open[3]?.()
    assert.deepEqual(await Promise.all(jobs.slice(2)), [2, 3])
    assert.equal(await enter(async () => 'room again'), 'room again')
  })
})
