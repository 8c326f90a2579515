// Passes a report on to the server of the person reported, in the name of our server.
import type { Context } from '../../../domain/context.ts'
import type { Tx } from '../../../domain/ports.ts'
import type { FactOf } from '../../../model/facts.ts'
import { findByUri, findForwardedReport, loadReferred } from '../../../domain/federation/outgoing-rows.ts'
import { writeFlag } from '../write/activity.ts'
import { localSpeaker, remotePeer, tell } from './tell.ts'

/** Only reports of our people, and only where they agreed to that. */
export async function reportFiled(ctx: Context, tx: Tx, fact: FactOf<'report-filed'>): Promise<void> {
  const report = await findForwardedReport(tx, fact.reportId)
  const target = report && (await remotePeer(tx, report.targetId))
  const server = await findByUri(tx, ctx.urls.instanceActor)
  if (!report || !target || !server || !(await localSpeaker(tx, report.accountId))) return
  const posts = [...(await loadReferred(tx, report.postIds)).values()].filter(
    (post) => post.accountId === target.id,
  )
  const activity = writeFlag(
    {
      id: report.uri ?? ctx.urls.activity('flag', report.id),
      actor: server.uri,
      addressing: { to: [target.uri], cc: [] },
    },
    { objects: [target.uri, ...posts.map((post) => post.uri)], comment: report.comment },
  )
  await tell(ctx, tx, { accountId: server.id, activity, recipients: { accountIds: [target.id] } })
}
