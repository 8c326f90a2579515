// The operator's settings, read once from the environment and checked before anything starts.
import { join, resolve } from 'node:path'
import { ownVersion } from '../lib/program-files.ts'
import { settings } from './config/settings.ts'
import type { Setting, SettingName, SettingValue } from './config/settings.ts'
import { unknownSettings } from './config/unknown-settings.ts'
import type { Environment } from './config/env-file.ts'

export { settings } from './config/settings.ts'
export type { Setting, SettingName } from './config/settings.ts'
export { readEnvFile, readEnvironment } from './config/env-file.ts'
export type { Environment } from './config/env-file.ts'

/** Where rows live. `file` is an absolute path. */
export type DatabaseConfig =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'postgres'; readonly url: string }

/** An S3-compatible store for files. URLs have no trailing slash. */
export interface S3Config {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKey: string
  readonly secretKey: string
  readonly publicUrl?: string
}

/** Everything an operator decides. Sizes in bytes, times in days. */
export interface Config {
  readonly version: string
  /** The public address without a trailing slash, `https://social.example`. */
  readonly origin: string
  /** Host and, where it is not the scheme's own, port; lower case, as it stands in account addresses. */
  readonly domain: string
  readonly port: number
  readonly bind: string
  /** Absolute. */
  readonly dataDirectory: string
  readonly database: DatabaseConfig
  /** Addresses and CIDR ranges that federation may call although they are not public. */
  readonly allowPrivate: readonly string[]
  /** Addresses and CIDR ranges of proxies whose X-Forwarded-* headers are believed. */
  readonly trustProxy: readonly string[]
  readonly logLevel: SettingValue<'FOLKMOOT_LOG_LEVEL'>
  readonly logFormat: 'pretty' | 'json'
  readonly registrations: 'open' | 'approval' | 'closed'
  readonly authorizedFetch: boolean
  readonly title: string
  readonly description: string
  /** Empty when the operator names none. */
  readonly contactEmail: string
  readonly sourceUrl: string
  readonly publishPolicies: boolean
  readonly smtpUrl?: string
  readonly mailFrom: string
  readonly s3?: S3Config
  readonly valkeyUrl?: string
  readonly rateLimits: boolean
  readonly limits: { readonly postChars: number; readonly imageBytes: number; readonly videoBytes: number }
  readonly retention: {
    readonly mediaCacheDays: number
    readonly mediaCacheBytes: number
    /** 0 keeps remote posts for ever. */
    readonly remotePostDays: number
  }
  readonly workers: number
  /** Sentences about settings that were not understood but do no harm; to be logged once. */
  readonly warnings: readonly string[]
}

/** Settings that cannot be used; the message holds one sentence per problem, one on each line. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** Reads and checks every setting; relative paths start at the working directory. Throws ConfigError. */
export const readConfig = (env: Environment): Config => {
  const problems: string[] = []
  const value = reader(env, problems)
  const port = value('PORT') ?? 3000
  const origin = value('FOLKMOOT_URL') ?? `http://localhost:${port}`
  const url = new URL(origin)
  const dataDirectory = resolve(value('FOLKMOOT_DATA') ?? 'data')
  const smtpUrl = value('FOLKMOOT_SMTP_URL')
  const valkeyUrl = value('FOLKMOOT_VALKEY_URL')
  const s3 = s3Config(value, problems)
  const config: Config = {
    version: ownVersion(),
    origin,
    domain: url.host,
    port,
    bind: value('FOLKMOOT_BIND') ?? '::',
    dataDirectory,
    database: databaseConfig(value('FOLKMOOT_DATABASE'), dataDirectory),
    allowPrivate: value('FOLKMOOT_ALLOW_PRIVATE') ?? [],
    trustProxy: value('FOLKMOOT_TRUST_PROXY') ?? [],
    logLevel: value('FOLKMOOT_LOG_LEVEL') ?? 'info',
    logFormat: value('FOLKMOOT_LOG_FORMAT') ?? (process.stdout.isTTY ? 'pretty' : 'json'),
    registrations: value('FOLKMOOT_REGISTRATIONS') ?? 'closed',
    authorizedFetch: value('FOLKMOOT_AUTHORIZED_FETCH') ?? false,
    title: value('FOLKMOOT_TITLE') ?? 'Folkmoot',
    description: value('FOLKMOOT_DESCRIPTION') ?? '',
    contactEmail: value('FOLKMOOT_CONTACT_EMAIL') ?? '',
    sourceUrl: value('FOLKMOOT_SOURCE_URL') ?? `${origin}/about`,
    publishPolicies: value('FOLKMOOT_PUBLISH_POLICIES') ?? false,
    ...(smtpUrl === undefined ? {} : { smtpUrl }),
    mailFrom: value('FOLKMOOT_MAIL_FROM') ?? `no-reply@${url.hostname}`,
    ...(s3 === undefined ? {} : { s3 }),
    ...(valkeyUrl === undefined ? {} : { valkeyUrl }),
    rateLimits: value('FOLKMOOT_RATE_LIMITS') ?? true,
    limits: {
      postChars: value('FOLKMOOT_POST_CHARS') ?? 0,
      imageBytes: value('FOLKMOOT_UPLOAD_IMAGE_MB') ?? 0,
      videoBytes: value('FOLKMOOT_UPLOAD_VIDEO_MB') ?? 0,
    },
    retention: {
      mediaCacheDays: value('FOLKMOOT_MEDIA_CACHE_DAYS') ?? 0,
      mediaCacheBytes: value('FOLKMOOT_MEDIA_CACHE_GB') ?? 0,
      remotePostDays: value('FOLKMOOT_REMOTE_POST_DAYS') ?? 0,
    },
    workers: value('FOLKMOOT_WORKERS') ?? 1,
    warnings: [...unknownSettings(env), ...insecureOrigin(url)],
  }
  problems.push(...unkeepable(config))
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

type Reader = <N extends SettingName>(name: N) => SettingValue<N> | undefined

/** Reads one setting at a time; a wrong one becomes a sentence in `problems` and reads as undefined. */
const reader = (env: Environment, problems: string[]): Reader => {
  return <N extends SettingName>(name: N) => {
    const setting: Setting<unknown> = settings[name]
    const written = env[name]?.trim()
    const text = written === undefined || written === '' ? setting.default : written
    if (text === undefined) return undefined
    const result = setting.kind.schema.safeParse(text)
    if (result.success) return result.data as SettingValue<N>
    const shown = setting.secret ? 'cannot be used' : `is ${JSON.stringify(text.slice(0, 100))}`
    problems.push(`${name} ${shown}: write ${setting.kind.write}.`)
    return undefined
  }
}

const databaseConfig = (text: string | undefined, dataDirectory: string): DatabaseConfig => {
  if (text === undefined) return { engine: 'sqlite', file: join(dataDirectory, 'folkmoot.db') }
  if (text.startsWith('sqlite:')) return { engine: 'sqlite', file: resolve(text.slice('sqlite:'.length)) }
  return { engine: 'postgres', url: text }
}

const s3Config = (value: Reader, problems: string[]): S3Config | undefined => {
  const parts = {
    FOLKMOOT_S3_ENDPOINT: value('FOLKMOOT_S3_ENDPOINT'),
    FOLKMOOT_S3_BUCKET: value('FOLKMOOT_S3_BUCKET'),
    FOLKMOOT_S3_ACCESS_KEY: value('FOLKMOOT_S3_ACCESS_KEY'),
    FOLKMOOT_S3_SECRET_KEY: value('FOLKMOOT_S3_SECRET_KEY'),
  }
  const region = value('FOLKMOOT_S3_REGION') ?? 'us-east-1'
  const publicUrl = value('FOLKMOOT_S3_PUBLIC_URL')
  const missing = Object.entries(parts).filter(([, part]) => part === undefined)
  if (missing.length === 4) return undefined
  for (const [name] of missing) {
    problems.push(`${name} is missing: write it too, or write none of the FOLKMOOT_S3_ settings.`)
  }
  return {
    endpoint: withoutSlash(parts.FOLKMOOT_S3_ENDPOINT ?? ''),
    bucket: parts.FOLKMOOT_S3_BUCKET ?? '',
    region,
    accessKey: parts.FOLKMOOT_S3_ACCESS_KEY ?? '',
    secretKey: parts.FOLKMOOT_S3_SECRET_KEY ?? '',
    ...(publicUrl === undefined ? {} : { publicUrl: withoutSlash(publicUrl) }),
  }
}

/** What the kernel shows as files keeps nothing, and making folders there may never come to an end. */
const unkeepable = ({ dataDirectory, database }: Config): string[] => {
  const places: [SettingName, string, string][] = [['FOLKMOOT_DATA', dataDirectory, './data']]
  if (database.engine === 'sqlite')
    places.push(['FOLKMOOT_DATABASE', database.file, 'sqlite:./data/folkmoot.db'])
  return places.flatMap(([name, place, example]) =>
    /^\/(?:proc|sys)(?:\/|$)/.test(place)
      ? [`${name} leads to ${place}, where nothing can be kept: write a place on a disk such as ${example}.`]
      : [],
  )
}

const insecureOrigin = ({ protocol, hostname }: URL): string[] =>
  protocol === 'https:' || hostname === 'localhost'
    ? []
    : ['FOLKMOOT_URL is not https: servers on the internet will not talk to this one.']

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')
