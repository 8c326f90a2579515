// Flag: a report about one of our accounts, from another server.
import { receiveReport } from '../../../domain/moderation/receive-report.ts'
import { policyFor } from '../../../domain/moderation/policy-cache.ts'
import { htmlToText } from '../../../lib/html/plain-text.ts'
import { idOf, member, textOf } from '../wire.ts'
import { ignored } from './work.ts'
import type { Outcome, Work } from './work.ts'

const MAX_COMMENT = 5000

export async function flag(work: Work): Promise<Outcome> {
  const { world, activity, actorId } = work
  const policy = await policyFor(world, new URL(activity.actorUri).hostname)
  if (policy.rejectReports) return ignored('reports of this server are not taken')
  const uris = activity.objects.flatMap((object) => idOf(object) ?? []).slice(0, 100)
  const comment =
    textOf(member(activity.json, 'content') ?? member(activity.json, 'summary'), MAX_COMMENT) ?? ''
  const reports = await receiveReport(world, {
    reporterId: actorId,
    uris,
    comment: htmlToText(comment, MAX_COMMENT),
    ...(activity.id === undefined ? {} : { uri: activity.id }),
  })
  return reports > 0 ? 'done' : ignored('it is about nobody of this server')
}
