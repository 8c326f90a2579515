// Builds the house from its configuration: store, machines, protocols; starts it and takes it down again.
import { Hono } from 'hono'
import type { Context } from './domain/context.ts'
import { createContext } from './domain/create-context.ts'
import { tellFact } from './domain/consequences.ts'
import type { Teller } from './domain/consequences.ts'
import { allTellers } from './domain/all-tellers.ts'
import { FACT_TYPES, FACTS_QUEUE } from './domain/record-fact.ts'
import {
  MEDIA_ATTEMPTS,
  MEDIA_QUEUE,
  PROCESS_MEDIA,
  processParkedMedia,
} from './domain/media/process-media.ts'
import type { ParkedMedia } from './domain/media/process-media.ts'
import type { MediaContext } from './domain/media/machines.ts'
import { mediaSealKey } from './domain/media/seal-key.ts'
import { allJobs } from './domain/all-jobs.ts'
import { instanceAccountId } from './domain/accounts/instance-account.ts'
import type { Remote } from './domain/ports.ts'
import { createIdSource } from './lib/id.ts'
import type { Fact } from './model/facts.ts'
import { createBlobs } from './platform/blobs.ts'
import type { Clock } from './platform/clock.ts'
import { systemClock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { databaseTrouble } from './platform/database-trouble.ts'
import { startHttpServer } from './platform/http-server.ts'
import { RememberingRouter } from './platform/http-server/remembering-router.ts'
import type { HttpServer } from './platform/http-server.ts'
import { createJobs } from './platform/jobs.ts'
import type { Jobs } from './platform/jobs.ts'
import { createLimits } from './platform/limits.ts'
import { createLive } from './platform/live.ts'
import { createLog } from './platform/log.ts'
import type { Log } from './platform/log.ts'
import { detailsFirst } from './platform/log-details-first.ts'
import { createMail } from './platform/mail.ts'
import { createMediaWorks } from './platform/media/works.ts'
import type { Worker } from './platform/processes.ts'
import { createOutgoing } from './platform/outgoing.ts'
import type { OutgoingOptions } from './platform/outgoing.ts'
import { createFeeds } from './protocols/feeds/index.ts'
import { createFiles } from './protocols/files/index.ts'
import { createActivityPub } from './protocols/activitypub/index.ts'
import { createDiscovery } from './protocols/discovery/index.ts'
import { createMetrics } from './platform/metrics.ts'
import { createMastodon } from './protocols/mastodon/index.ts'
import { createOperations } from './protocols/operations/index.ts'
import { registerJanitor } from './domain/janitor/register-janitor.ts'
import { READERS_CHANNEL, dropReaders } from './domain/posts/reader-memory.ts'
import { withChoices } from './domain/server/choices.ts'
import { planTrends } from './domain/trends/find-trends.ts'
import { addLastAnswers } from './protocols/last-answers.ts'
import { createPages } from './protocols/pages/index.ts'
import { refuseBlockedNetworks } from './protocols/refuse-blocked.ts'
import { remoteOf } from './protocols/remote-of.ts'
import { tellProtocol } from './protocols/protocol.ts'
import type { Protocol } from './protocols/protocol.ts'
import { migrate } from './store/migrate.ts'
import { migrations } from './store/migrations/index.ts'
import { openStore } from './store/open.ts'
import type { Store } from './store/open.ts'

/** What tests replace. */
export interface HouseOptions {
  clock?: Clock
  log?: Log
  outgoing?: Partial<Pick<OutgoingOptions, 'lookup' | 'hosts' | 'ca'>>
  /** One of several processes that serve together: its number keeps their ids apart (0-15), its line joins them. */
  worker?: Pick<Worker, 'number' | 'line'>
}

export interface House {
  config: Config
  ctx: Context
  jobs: Jobs
  app: Hono
  protocols: readonly Protocol[]
  /** Gives the port. */
  start(): Promise<number>
  settle(): Promise<void>
  stop(): Promise<void>
}

/** Nothing listens yet. */
export async function buildHouse(given: Config, options: HouseOptions = {}): Promise<House> {
  const log = options.log ?? createLog({ level: given.logLevel, format: given.logFormat })
  for (const warning of given.warnings) log.warn(warning)
  const clock = options.clock ?? systemClock
  const store = await open(given, log, options)
  const applied = await migrate(store, migrations)
  store.watchRows()
  if (applied.length > 0) log.info('The database was brought up to date.', { migrations: applied })
  const config = await withChoices(given, store)
  const parts = createMachines(config, options, { log, clock, store })
  const remote: { -readonly [K in keyof Remote]: Remote[K] } = noRemote()
  const ctx = createContext(
    {
      config,
      clock,
      ids: parts.ids,
      log: detailsFirst(log),
      store,
      jobs: parts.jobs,
      live: parts.live,
      mail: parts.mail,
      remote,
    },
    await mediaSealKey(store),
  )
  const world = {
    ...ctx,
    config,
    limits: parts.limits,
    live: parts.live,
    jobs: parts.jobs,
    blobs: parts.blobs,
    outgoing: parts.outgoing,
    media: createMediaWorks(config, parts.blobs),
  }
  parts.live.subscribe(READERS_CHANNEL, (ids) => dropReaders(store.read, ids as readonly number[] | 'all'))
  await instanceAccountId(ctx)
  const protocols: readonly Protocol[] = [
    createOperations({ ...ctx, metrics: parts.metrics }),
    createFeeds(world),
    await createPages(world),
    createFiles(world),
    createMastodon(world),
    createActivityPub({ ...world, metrics: parts.metrics }),
    createDiscovery(world, () => protocols),
  ]
  Object.assign(remote, remoteOf(protocols))
  registerFacts(ctx, parts.jobs, protocols)
  for (const job of allJobs)
    parts.jobs.register(job.kind, { single: ({ payload }) => job.run(ctx, payload) }, { queue: job.queue })
  registerMedia(world, parts.jobs)
  await registerJanitor(ctx, parts.jobs, parts.blobs, config.retention)
  await planTrends(ctx)
  // Some apps end addresses with a slash; the answer is the same.
  const app = new Hono({ strict: false, router: new RememberingRouter() })
  refuseBlockedNetworks(app, ctx)
  for (const protocol of protocols) protocol.routes?.(app)
  addLastAnswers(app, log)
  const shared = options.worker !== undefined
  return assemble({ config, ctx, app, protocols, log, store, shared, ...parts })
}

async function open(config: Config, log: Log, { worker }: HouseOptions): Promise<Store> {
  try {
    return await openStore(config.database, { log, line: worker?.line })
  } catch (error) {
    throw databaseTrouble(config.database, error)
  }
}

const OUTCOMES = { done: 'done', retried: 'retry', dead: 'failed' } as const

type Machines = ReturnType<typeof createMachines>

function createMachines(
  config: Config,
  options: HouseOptions,
  base: { log: Log; clock: Clock; store: Store },
) {
  const { log, clock, store } = base
  const ids = createIdSource(() => clock.now(), options.worker?.number ?? 0)
  const agent = `Folkmoot/${config.version} (+${config.origin}/)`
  const { worker } = options
  const metrics = createMetrics(worker ? { together: { line: worker.line, count: config.workers } } : {})
  return {
    ids,
    metrics,
    jobs: createJobs({
      store,
      clock,
      ids,
      log,
      observe: (job, outcome, seconds) => metrics.job(job.kind, OUTCOMES[outcome], seconds),
    }),
    live: createLive({
      log,
      ...(config.valkeyUrl === undefined ? {} : { valkeyUrl: config.valkeyUrl }),
      ...(isShared(config, options) ? { signals: store.signals } : {}),
    }),
    mail: createMail(config, log),
    limits: createLimits(options.worker ? { signals: store.signals } : {}),
    blobs: createBlobs(config),
    outgoing: createOutgoing({
      allowPrivate: config.allowPrivate,
      userAgent: agent,
      log,
      ...options.outgoing,
    }),
  }
}

/** Any number of machines may share a PostgreSQL database; a SQLite file, only processes under one roof. */
function isShared(config: Config, options: HouseOptions): boolean {
  return config.database.engine === 'postgres' || options.worker !== undefined
}

function noRemote(): Remote {
  const nobody = (): Promise<undefined> => Promise.resolve(undefined)
  return { accountByUri: nobody, accountByHandle: nobody, postByUri: nobody }
}

/** Facts are told in batches that share a transaction with their removal from the queue. */
function registerFacts(ctx: Context, jobs: Jobs, protocols: readonly Protocol[]): void {
  const toProtocols: Teller = async (context, tx, fact) => {
    for (const protocol of protocols) await tellProtocol(protocol, context, tx, fact)
  }
  // Protocols first: they tell a deletion to those whose traces are then swept away.
  const tellers = [toProtocols, ...allTellers]
  for (const type of FACT_TYPES)
    jobs.register(
      type,
      {
        batch: async (tx, batch) => {
          for (const job of batch) await tellFact(ctx, tx, job.payload as Fact, tellers)
        },
      },
      { queue: FACTS_QUEUE },
    )
}

/** One at a time: a conversion uses every core. */
function registerMedia(ctx: MediaContext, jobs: Jobs): void {
  jobs.register(
    PROCESS_MEDIA,
    {
      single: (job) => processParkedMedia(ctx, job.payload as ParkedMedia, job.attempts >= MEDIA_ATTEMPTS),
    },
    { queue: MEDIA_QUEUE, concurrency: 1, maxAttempts: MEDIA_ATTEMPTS, timeoutMs: 20 * 60_000 },
  )
}

interface Assembly extends Machines {
  config: Config
  ctx: Context
  app: Hono
  protocols: readonly Protocol[]
  log: Log
  store: Store
  /** Other processes listen on the same port. */
  shared: boolean
}

function assemble(parts: Assembly): House {
  const { config, ctx, app, protocols, log, jobs } = parts
  let server: HttpServer | undefined
  const stops: (() => Promise<void>)[] = []
  const upgrader = protocols.find((protocol) => 'upgrade' in protocol)
  return {
    config,
    ctx,
    jobs,
    app,
    protocols,
    async start() {
      jobs.start()
      for (const protocol of protocols) if (protocol.start) stops.push(protocol.start())
      server = await startHttpServer({
        fetch: (request, env) => app.fetch(request, env),
        port: config.port,
        bind: config.bind,
        trustProxy: config.trustProxy,
        shared: parts.shared,
        log,
        ...(upgrader ? { onUpgrade: (...asking) => upgrader.upgrade?.(...asking) } : {}),
      })
      parts.metrics.serves()
      return server.port
    },
    async settle() {
      let worked = true
      while (worked) {
        await jobs.idle()
        worked = false
        for (const protocol of protocols) if ((await protocol.settle?.()) === true) worked = true
      }
    },
    async stop() {
      // Streams are open requests: the server has answered all only when they have ended.
      const answered = server?.close()
      for (const stop of stops) await stop()
      await answered
      await jobs.stop()
      await parts.outgoing.close()
      await parts.live.close()
      parts.mail.close()
      await parts.store.close()
    },
  }
}
