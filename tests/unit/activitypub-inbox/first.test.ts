// The way of a delivered post, end to end.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { forEachEngine } from '../../database.ts'
import { activityBy, noteBy, openStage } from './stage.ts'
import type { Stage } from './stage.ts'

forEachEngine((engine) => {
  describe('a delivered post', () => {
    let stage: Stage
    before(async () => {
      stage = await openStage(engine)
    })
    after(() => stage.close())

    it('is kept once it is accepted', async () => {
      const note = noteBy(stage.dave)
      assert.equal(await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', note)), 202)
      await stage.settle()
      const rows = await stage.ctx.store.read.selectFrom('posts').select(['uri', 'content']).execute()
      assert.deepEqual(rows, [{ uri: note.id, content: '<p>Hello</p>' }])
      assert.ok(stage.far.asked.includes('/users/dave'))
    })
  })
})
