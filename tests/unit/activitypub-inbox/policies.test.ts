// What an operator decides about another server holds everywhere, below its domain too, and can be taken back.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as fc from 'fast-check'
import {
  listPolicies,
  removePolicy,
  setFederationMode,
  setPolicy,
} from '../../../src/domain/moderation/domain-policies.ts'
import { policyFor } from '../../../src/domain/moderation/policy-cache.ts'
import { exportPolicies, parseCsv } from '../../../src/domain/moderation/policy-csv.ts'
import { importPolicies } from '../../../src/domain/moderation/take-policies.ts'
import { forEachEngine } from '../../database.ts'
import type { Json } from './peer.ts'
import { activityBy, noteBy, openStage } from './stage.ts'
import type { Stage } from './stage.ts'

forEachEngine((engine) => {
  describe('a policy about a server', () => {
    let stage: Stage
    before(async () => {
      stage = await openStage(engine)
    })
    after(() => stage.close())
    const read = () => stage.ctx.store.read
    const account = async (uri: string) =>
      read().selectFrom('accounts').selectAll().where('uri', '=', uri).executeTakeFirst()
    const has = async (uri: string): Promise<boolean> => {
      await stage.settle()
      return (
        (await read().selectFrom('posts').select('id').where('uri', '=', uri).executeTakeFirst()) !==
        undefined
      )
    }

    it('holds for every spelling and everything below the domain, and for nothing beside it', async () => {
      await setPolicy(stage.ctx, { domain: '*.Bad.Example.', severity: 'suspend' })
      await setPolicy(stage.ctx, { domain: 'bücher.example', severity: 'suspend' })
      const suspended = async (domain: string) => (await policyFor(stage.ctx, domain)).suspended
      for (const domain of [
        'bad.example',
        'BAD.example',
        'a.b.bad.example',
        'bad.example:8443',
        'bad.example.',
        'ｂａｄ。example',
        'xn--bcher-kva.example',
      ])
        assert.equal(await suspended(domain), true, domain)
      for (const domain of ['notbad.example', 'bad.example.org', 'example', 'good.example'])
        assert.equal(await suspended(domain), false, domain)
      await assert.rejects(
        setPolicy(stage.ctx, { domain: 'here.test', severity: 'suspend' }),
        /this server itself/,
      )
      await assert.rejects(setPolicy(stage.ctx, { domain: 'a b', severity: 'suspend' }), /not a domain/)
    })

    it('that suspends lets nothing in, asks nothing, hides what is here, and ends without trace', async () => {
      const note = noteBy(stage.mallory)
      await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', note))
      assert.ok(await has(note.id))
      await setPolicy(stage.ctx, { domain: 'evil.test', severity: 'suspend' })
      await stage.settle()
      const suspendedRow = await account(stage.mallory.uri)
      assert.equal(suspendedRow?.suspended_by, 'domain')
      stage.evil.asked.length = 0
      const late = noteBy(stage.mallory)
      stage.evil.serve(new URL(late.id).pathname, late)
      assert.equal(await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', late)), 403)
      assert.equal(await stage.ctx.remote.postByUri(late.id), undefined)
      assert.equal(await stage.ctx.remote.accountByHandle('stranger@evil.test'), undefined)
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Announce', late.id, { to: ['as:Public'] }))
      const quote = noteBy(stage.dave, { quoteUrl: late.id, inReplyTo: late.id })
      await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', quote))
      stage.far.serve('/leads-there', { status: 302, body: '', headers: { location: late.id } })
      assert.equal(await stage.ctx.remote.postByUri('http://far.test/leads-there'), undefined)
      assert.equal(await has(late.id), false)
      assert.deepEqual(stage.evil.asked, [])
      await removePolicy(stage.ctx, 'evil.test')
      await stage.settle()
      assert.equal((await account(stage.mallory.uri))?.suspended_at, null)
      const again = noteBy(stage.mallory)
      assert.equal(await stage.deliver(stage.mallory, activityBy(stage.mallory, 'Create', again)), 202)
      assert.ok(await has(again.id))
    })

    it('that limits marks accounts known and coming, and unmarks only those', async () => {
      await stage.ctx.remote.accountByUri(stage.dave.uri)
      const apart = await stage.far.actor('apart')
      const apartId = await stage.ctx.remote.accountByUri(apart.uri)
      await stage.ctx.store.write((tx) =>
        tx
          .updateTable('accounts')
          .set({ limited_at: 5 })
          .where('id', '=', apartId ?? 0)
          .execute(),
      )
      stage.pass(1000)
      await setPolicy(stage.ctx, { domain: 'far.test', severity: 'limit' })
      await stage.settle()
      const coming = await stage.far.actor('coming')
      await stage.ctx.remote.accountByUri(coming.uri)
      for (const { uri } of [stage.dave, coming]) assert.ok((await account(uri))?.limited_at, uri)
      await setPolicy(stage.ctx, { domain: 'far.test', severity: 'none' })
      await stage.settle()
      for (const { uri } of [stage.dave, coming]) assert.equal((await account(uri))?.limited_at, null, uri)
      assert.equal((await account(apart.uri))?.limited_at, 5, 'somebody decided that about this account')
      await removePolicy(stage.ctx, 'far.test')
    })

    it('that rejects media keeps no address of any picture', async () => {
      const icon = { type: 'Image', url: 'http://far.test/face.png' }
      const face = await stage.far.actor('face', { icon, image: icon })
      await stage.ctx.remote.accountByUri(face.uri)
      assert.equal((await account(face.uri))?.avatar_remote_url, icon.url)
      await setPolicy(stage.ctx, { domain: 'far.test', rejectMedia: true, rejectReports: true })
      await stage.settle()
      assert.equal((await account(face.uri))?.avatar_remote_url, null)
      const note = noteBy(face, {
        attachment: [{ type: 'Document', mediaType: 'image/png', url: 'http://far.test/1.png' }],
        tag: [{ type: 'Emoji', name: ':x:', icon }],
      })
      await stage.deliver(face, activityBy(face, 'Create', note))
      await stage.deliver(face, activityBy(face, 'Flag', [stage.ctx.urls.account('alice')]))
      assert.ok(await has(note.id))
      assert.deepEqual(
        await read().selectFrom('media').select('remote_url').where('remote_url', 'is not', null).execute(),
        [],
      )
      assert.deepEqual(await read().selectFrom('custom_emojis').select('id').execute(), [])
      assert.deepEqual(await read().selectFrom('reports').select('id').execute(), [])
      await removePolicy(stage.ctx, 'far.test')
    })

    it('may be the only way in', async () => {
      await setFederationMode(stage.ctx, 'allow-list')
      assert.equal(await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', noteBy(stage.dave))), 403)
      await setPolicy(stage.ctx, { domain: 'far.test', allowed: true })
      const note = noteBy(stage.dave)
      assert.equal(await stage.deliver(stage.dave, activityBy(stage.dave, 'Create', note)), 202)
      assert.ok(await has(note.id))
      await setFederationMode(stage.ctx, 'open')
      await removePolicy(stage.ctx, 'far.test')
    })

    it('travels as a list between servers', async () => {
      const list =
        '#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\r\nspam.example,suspend,False,False,"spam, lots of ""it""",True\nloud.example,silence,true,false,,False\n,suspend\nodd.example,shout\n'
      const result = await importPolicies(stage.ctx, list)
      assert.equal(result.imported, 2)
      assert.deepEqual(
        result.skipped.map(({ line }) => line).toSorted((a, b) => a - b),
        [4, 5],
      )
      const policies = new Map((await listPolicies(stage.ctx)).map((policy) => [policy.domain, policy]))
      assert.equal(policies.get('spam.example')?.publicComment, 'spam, lots of "it"')
      assert.deepEqual(
        [policies.get('loud.example')?.severity, policies.get('loud.example')?.rejectMedia],
        ['limit', true],
      )
      const exported = await exportPolicies(stage.ctx)
      assert.ok(exported.includes('spam.example,suspend,False,False,"spam, lots of ""it""",True'))
      assert.equal((await importPolicies(stage.ctx, exported)).skipped.length, 0)
      assert.equal((await importPolicies(stage.ctx, 'plain.example\n')).imported, 1)
    })

    it('hides documents of ours from those who are suspended', async () => {
      await setPolicy(stage.ctx, { domain: 'evil.test', severity: 'suspend' })
      const { signRequest } = await import('../../../src/protocols/activitypub/signing/request-signature.ts')
      const ask = async (key: {
        keyId: string
        privateKey: typeof stage.dave.privateKey
      }): Promise<number> => {
        const url = 'http://here.test/users/alice'
        const headers = { accept: 'application/activity+json' }
        const signed: Json = signRequest({ method: 'GET', url, headers }, key, stage.now())
        return getStatus(stage.port, '/users/alice', signed as Record<string, string>)
      }
      assert.equal(await ask(stage.dave), 200)
      assert.equal(await ask(stage.mallory), 404)
    })
  })
})

async function getStatus(port: number, path: string, headers: Record<string, string>): Promise<number> {
  const { request } = await import('node:http')
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    call.on('error', reject)
    call.end()
  })
}

describe('a list of policies as text', () => {
  it('reads whatever it wrote', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.startsWith('\uFEFF'))
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        (rows) => {
          const quoted = rows
            .map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))
            .join('\r\n')
          assert.deepEqual(parseCsv(quoted), rows)
        },
      ),
    )
  })

  it('comes to an end on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a'), maxLength: 60 }), (text) => {
        assert.ok(parseCsv(text).length <= text.length + 1)
      }),
    )
  })
})
