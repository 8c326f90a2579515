// The table of work to be done later: written with the rows it belongs to, taken under a lease, kept when it keeps failing.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { IdSource } from '../lib/id.ts'
import { prepared } from './dialects/prepared.ts'
import type { Parameter } from './dialects/prepared.ts'
import { idsIn, joined, rawText, rowsOf, runOn, statement } from './dialects/statement.ts'
import type { Statement } from './dialects/statement.ts'
import type { Store, Tx } from './dialects/store.ts'
import type { JobsTable, Tables } from './schema.ts'

/** Work for later. `payload` is anything JSON holds; `runAt` is milliseconds (default: `now`). */
export interface NewJob {
  queue: string
  kind: string
  payload: unknown
  runAt?: number
  /** Two waiting jobs never share a key: adding a second one only lets the first run at the earlier of both times. */
  key?: string
}

/** A job as its handler sees it. `attempts` counts this one: 1 the first time. */
export interface Job {
  id: number
  queue: string
  kind: string
  key: string | null
  payload: unknown
  runAt: number
  attempts: number
  createdAt: number
}

/** Rows a statement may hold on both engines (7 parameters each). */
const ROWS_PER_INSERT = 200

/** Adds one job in the caller's transaction; it is seen by workers after the commit. */
export async function addJob(tx: Tx, ids: IdSource, now: number, job: NewJob): Promise<void> {
  await addJobs(tx, ids, now, [job])
}

/** Adds many jobs in few statements. */
export async function addJobs(tx: Tx, ids: IdSource, now: number, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 1 && jobs[0]) {
    await insertJob.run(tx, toRow(jobs[0], ids, now))
    return
  }
  // One statement may not meet the same key twice.
  const keys = new Set<string>()
  const fresh = jobs.filter(({ key }) => key === undefined || (!keys.has(key) && keys.add(key)))
  for (let start = 0; start < fresh.length; start += ROWS_PER_INSERT) {
    const rows = fresh.slice(start, start + ROWS_PER_INSERT).map((job) => toRow(job, ids, now))
    await tx
      .insertInto('jobs')
      .values(rows)
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ run_at: EARLIER }))
      .execute()
  }
}

const EARLIER = sql<number>`case when excluded.run_at < jobs.run_at then excluded.run_at else jobs.run_at end`

type NewRow = Omit<JobsTable, 'attempts' | 'lease_until' | 'last_error'>

const insertJob = prepared('add a job', (db, parameter: Parameter<NewRow>) =>
  db
    .insertInto('jobs')
    .values({
      id: parameter('id'),
      queue: parameter('queue'),
      kind: parameter('kind'),
      key: parameter('key'),
      payload: parameter('payload'),
      run_at: parameter('run_at'),
      created_at: parameter('created_at'),
    })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ run_at: EARLIER })),
)

function toRow(job: NewJob, ids: IdSource, now: number): NewRow {
  return {
    id: ids.next(),
    queue: job.queue,
    kind: job.kind,
    key: job.key ?? null,
    payload: JSON.stringify(job.payload ?? null),
    run_at: job.runAt ?? now,
    created_at: now,
  }
}

/** Which jobs to take: due at `now`, of one queue and these kinds, at most `limit`. */
export interface Claim {
  queue: string
  kinds: readonly string[]
  limit: number
  now: number
}

/**
 * Takes due jobs for `leaseMs`, in the order of time and id; nobody else gets them until the lease runs out. Their keys
 * are given up, so that the same work can be asked for again while it is being done.
 */
export async function claimJobs(store: Store, claim: Claim & { leaseMs: number }): Promise<Job[]> {
  return store.write(async (tx) => {
    const jobs = await takeDue(tx, store, claim)
    if (jobs.length === 0) return []
    const until = claim.now + claim.leaseMs
    await runOn(
      tx,
      statement`update jobs set lease_until = ${until}, attempts = attempts + 1, key = null
        where ${among(tx, jobs)}`,
    )
    return jobs
  })
}

/** The due jobs, locked until `tx` ends (for work done in the same transaction); `attempts` counts the coming one. */
export async function takeDue(tx: Tx, store: Store, claim: Claim): Promise<Job[]> {
  if (claim.kinds.length === 0 || claim.limit < 1) return []
  const rows = await rowsOf<JobRow>(
    tx,
    statement`select * from jobs where ${of(claim)} and run_at <= ${claim.now} and lease_until <= ${claim.now}
      order by run_at, id limit ${claim.limit} ${rawText(store.dialect.skipLockedText)}`,
  )
  return rows.map(toJob)
}

/** Locks one job that `takeDue` would give; undefined when it was done or taken meanwhile. */
export async function takeOne(tx: Tx, store: Store, id: number, now: number): Promise<Job | undefined> {
  const query = tx.selectFrom('jobs').selectAll().where('id', '=', id).where('lease_until', '<=', now)
  const row = (await store.dialect.forUpdateSkipLocked(query).execute())[0]
  return row && toJob(row)
}

/** Removes jobs that are done. One whose lease was lost to another worker stays with that worker. */
export async function finishJobs(tx: Tx, jobs: readonly Job[]): Promise<void> {
  if (jobs.length > 0) await runOn(tx, statement`delete from jobs where ${among(tx, jobs)}`)
}

/** Removes one job done under a lease; false when the lease had been lost, so that it will be done once more. */
export async function finishJob(tx: Tx, job: Job): Promise<boolean> {
  return (
    (await runOn(tx, statement`delete from jobs where id = ${job.id} and attempts = ${job.attempts}`)) > 0
  )
}

/** Keeps the leases of jobs that are still being done. */
export async function renewLeases(tx: Tx, jobs: readonly Job[], until: number): Promise<void> {
  for (const job of jobs) await ownedBy(tx, job).set({ lease_until: until }).execute()
}

/** Gives jobs back untouched, as if they had never been taken. */
export async function releaseJobs(tx: Tx, jobs: readonly Job[]): Promise<void> {
  for (const job of jobs) {
    await ownedBy(tx, job)
      .set({ lease_until: 0, attempts: job.attempts - 1 })
      .execute()
  }
}

/** Puts a failed job back for `runAt`. When the same key waits already, that one stands for both. */
export async function retryJob(tx: Tx, job: Job, error: string, runAt: number): Promise<void> {
  if (job.key !== null) {
    const other = await tx.selectFrom('jobs').select('id').where('key', '=', job.key).executeTakeFirst()
    if (other && other.id !== job.id) {
      await finishJob(tx, job)
      return
    }
  }
  await tx
    .updateTable('jobs')
    .set({ lease_until: 0, attempts: job.attempts, last_error: error, run_at: runAt, key: job.key })
    .where('id', '=', job.id)
    .where('attempts', 'in', [job.attempts, job.attempts - 1])
    .execute()
}

/** Moves a job that will not be tried again to `dead_jobs`, where an operator can look at it. */
export async function buryJob(tx: Tx, job: Job, error: string, now: number): Promise<void> {
  const row = await tx
    .deleteFrom('jobs')
    .where('id', '=', job.id)
    .where('attempts', 'in', [job.attempts, job.attempts - 1])
    .returningAll()
    .executeTakeFirst()
  if (!row) return
  const dead = { ...row, key: job.key, attempts: job.attempts, last_error: error, failed_at: now }
  await tx
    .insertInto('dead_jobs')
    .values({ ...dead, lease_until: 0 })
    .execute()
}

/** Puts a buried job back into its queue, to be tried anew; false when there is none with this id. */
export async function reviveJob(tx: Tx, id: number, now: number): Promise<boolean> {
  const row = await tx.deleteFrom('dead_jobs').where('id', '=', id).returningAll().executeTakeFirst()
  if (!row) return false
  const { failed_at: _, ...job } = row
  await tx
    .insertInto('jobs')
    .values({ ...job, attempts: 0, run_at: now })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  return true
}

/** When a queue next needs attention: a job becomes due or a lease runs out; undefined when neither will happen. */
export async function nextDue(db: Kysely<Tables>, claim: Omit<Claim, 'limit'>): Promise<number | undefined> {
  if (claim.kinds.length === 0) return undefined
  const { now } = claim
  const [row] = await rowsOf<{ later: number | null; leased: number | null }>(
    db,
    statement`select (select min(run_at) from jobs where ${of(claim)} and run_at > ${now}) as later,
      (select min(case when lease_until > ${now} then lease_until else cast(${now} as bigint) end)
        from jobs where ${of(claim)} and run_at <= ${now}) as leased`,
  )
  const times = [row?.later, row?.leased].filter((due) => typeof due === 'number')
  return times.length > 0 ? Math.min(...times) : undefined
}

/** How many jobs wait in each queue, for operators. */
export async function countJobs(db: Kysely<Tables>): Promise<{ queue: string; waiting: number }[]> {
  return db
    .selectFrom('jobs')
    .select(['queue', (eb) => eb.fn.countAll<number>().as('waiting')])
    .groupBy('queue')
    .execute()
}

function among(tx: Tx, jobs: readonly Job[]): Statement {
  return idsIn(
    tx,
    'id',
    jobs.map((job) => job.id),
  )
}

function of({ queue, kinds }: Omit<Claim, 'limit' | 'now'>): Statement {
  const names = joined(
    kinds.map((kind) => statement`${kind}`),
    ', ',
  )
  return statement`queue = ${queue} and kind in (${names})`
}

/** Each taking of a job has its own number of attempts, so a worker that lost its lease changes nothing. */
const ownedBy = (tx: Tx, job: Job) =>
  tx.updateTable('jobs').where('id', '=', job.id).where('attempts', '=', job.attempts)

type JobRow = Omit<JobsTable, 'attempts' | 'lease_until'> & { attempts: number }

function toJob(row: JobRow): Job {
  return {
    id: row.id,
    queue: row.queue,
    kind: row.kind,
    key: row.key,
    payload: JSON.parse(row.payload) as unknown,
    runAt: row.run_at,
    attempts: row.attempts + 1,
    createdAt: row.created_at,
  }
}
