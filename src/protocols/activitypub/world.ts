// What this protocol works with: the house's context, the way out to other servers, and the runner of jobs.
import type { Context } from '../../domain/context.ts'
import type { ArchiveFiles } from '../../domain/portability/archive/pack-archive.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { Metrics } from '../../platform/metrics.ts'
import type { Outgoing } from '../../platform/outgoing.ts'

export interface World extends Context {
  readonly jobs: Jobs
  readonly outgoing: Outgoing
  /** Where archives go, and the files that stand in them. */
  readonly blobs: ArchiveFiles
  /** Counts what arrives, for operators. */
  readonly metrics?: Pick<Metrics, 'inbox' | 'delivery'>
}
