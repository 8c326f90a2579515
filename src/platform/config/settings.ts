// Every setting an operator can write: its name, kind, default and one sentence on what it does.
import * as kind from './kinds.ts'
import type { Kind } from './kinds.ts'

/** One row of the table, as the documentation and `folkmoot doctor` print it. */
export interface Setting<T> {
  type: string
  /** What is read when nothing is written; undefined where nothing is a value of its own. */
  default: string | undefined
  /** The default in words where it depends on other settings. */
  defaultText?: string
  description: string
  /** Never shown in messages, logs or `doctor`. */
  secret?: boolean
  kind: Kind<T>
}

interface Extra {
  default?: string
  defaultText?: string
  secret?: boolean
}

const setting = <T>(of: Kind<T>, description: string, extra: Extra = {}): Setting<T> => ({
  type: of.type,
  default: undefined,
  description,
  kind: of,
  ...extra,
})

const gigabyte = 1024 ** 3
const megabyte = 1024 ** 2

/** The table of settings by environment variable. The order is the order of the documentation. */
export const settings = {
  PORT: setting(kind.whole(0, 65_535), 'The TCP port the server listens on.', { default: '3000' }),
  FOLKMOOT_BIND: setting(
    kind.line(255),
    'The address the server listens on; :: is every IPv6 and IPv4 interface (0.0.0.0 is tried where there is no IPv6).',
    { default: '::' },
  ),
  FOLKMOOT_URL: setting(
    kind.ownOrigin,
    'The public address of this server; it is part of every account and post, so it can never change once people use it.',
    { defaultText: 'http://localhost:PORT' },
  ),
  FOLKMOOT_DATA: setting(kind.path, 'The directory for the database, uploads and caches.', {
    default: './data',
  }),
  FOLKMOOT_DATABASE: setting(kind.database, 'Where rows live: a SQLite file or a PostgreSQL server.', {
    defaultText: 'sqlite:folkmoot.db in the data directory',
    secret: true,
  }),
  FOLKMOOT_ALLOW_PRIVATE: setting(
    kind.ranges,
    'Addresses that are not public but that federation may call, over http as well; anything else must be public and https.',
    { default: 'none' },
  ),
  FOLKMOOT_TRUST_PROXY: setting(
    kind.ranges,
    'Reverse proxies whose X-Forwarded-For, -Proto and -Host are believed; write none when no proxy stands in front.',
    { default: '127.0.0.0/8, ::1/128' },
  ),
  FOLKMOOT_LOG_LEVEL: setting(
    kind.oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'The least important message that is still logged.',
    { default: 'info' },
  ),
  FOLKMOOT_LOG_FORMAT: setting(kind.oneOf('pretty', 'json'), 'Log lines for people or for machines.', {
    defaultText: 'pretty on a terminal, json elsewhere',
  }),
  FOLKMOOT_REGISTRATIONS: setting(
    kind.oneOf('open', 'approval', 'closed'),
    'Whether strangers may create accounts: at once, after a moderator agrees, or not at all.',
    { default: 'closed' },
  ),
  FOLKMOOT_AUTHORIZED_FETCH: setting(
    kind.onOff,
    'Whether other servers must sign their requests for public posts too, so that blocks bind them.',
    { default: 'off' },
  ),
  FOLKMOOT_TITLE: setting(kind.line(100), 'The name of this server.', { default: 'Folkmoot' }),
  FOLKMOOT_DESCRIPTION: setting(kind.line(1000), 'What this server is for, in a sentence or two.', {
    default: 'A place to meet, on the Fediverse.',
  }),
  FOLKMOOT_CONTACT_EMAIL: setting(
    kind.mailAddress,
    'The mail address shown to people who need the operator.',
  ),
  FOLKMOOT_SOURCE_URL: setting(
    kind.address('https://code.example/folkmoot', 'https:', 'http:'),
    'Where people find the source of the program that runs here, as its licence demands where you changed it.',
    { defaultText: 'the page about this server' },
  ),
  FOLKMOOT_PUBLISH_POLICIES: setting(
    kind.onOff,
    'Whether anybody may read which servers are limited or suspended here, with the public comments.',
    { default: 'off' },
  ),
  FOLKMOOT_SMTP_URL: setting(
    kind.address('smtps://user:password@mail.example:465', 'smtp:', 'smtps:'),
    'The mail server; without one, mails are written to the log.',
    { secret: true },
  ),
  FOLKMOOT_MAIL_FROM: setting(kind.mailbox, 'The sender of mails.', {
    defaultText: 'no-reply at the host of FOLKMOOT_URL',
  }),
  FOLKMOOT_S3_ENDPOINT: setting(
    kind.address('https://s3.example', 'https:', 'http:'),
    'An S3-compatible store for uploads in place of the data directory.',
  ),
  FOLKMOOT_S3_BUCKET: setting(kind.line(255), 'The bucket in that store.'),
  FOLKMOOT_S3_REGION: setting(kind.line(64), 'The region of that store.', { default: 'us-east-1' }),
  FOLKMOOT_S3_ACCESS_KEY: setting(kind.line(255), 'The access key of that store.', { secret: true }),
  FOLKMOOT_S3_SECRET_KEY: setting(kind.line(1024), 'The secret key of that store.', { secret: true }),
  FOLKMOOT_S3_PUBLIC_URL: setting(
    kind.address('https://files.social.example', 'https:', 'http:'),
    'Where the public reads files of that bucket, when a host of its own serves them.',
  ),
  FOLKMOOT_VALKEY_URL: setting(
    kind.address('redis://localhost:6379', 'redis:', 'rediss:', 'valkey:', 'valkeys:'),
    'A Valkey or Redis server that carries live messages between machines, in place of the database.',
    { secret: true },
  ),
  FOLKMOOT_RATE_LIMITS: setting(kind.onOff, 'Whether requests per person and address are limited.', {
    default: 'on',
  }),
  FOLKMOOT_POST_CHARS: setting(kind.whole(1, 100_000), 'The longest post, in characters.', {
    default: '5000',
  }),
  FOLKMOOT_UPLOAD_IMAGE_MB: setting(kind.whole(1, 1024, megabyte), 'The largest picture, in megabytes.', {
    default: '16',
  }),
  FOLKMOOT_UPLOAD_VIDEO_MB: setting(
    kind.whole(1, 10_240, megabyte),
    'The largest video or sound, in megabytes.',
    {
      default: '100',
    },
  ),
  FOLKMOOT_MEDIA_CACHE_DAYS: setting(kind.whole(0, 3650), 'How many days copies of remote media are kept.', {
    default: '14',
  }),
  FOLKMOOT_MEDIA_CACHE_GB: setting(
    kind.whole(0, 100_000, gigabyte),
    'How much space copies of remote media may take, in gigabytes.',
    { default: '10' },
  ),
  FOLKMOOT_REMOTE_POST_DAYS: setting(
    kind.whole(0, 36_500),
    'How many days remote posts that nobody here touched are kept; 0 keeps them for ever.',
    { default: '90' },
  ),
  FOLKMOOT_WORKERS: setting(
    kind.whole(1, 16),
    'How many processes serve together, each on a core of its own; each takes as much memory as the first.',
    { default: '1' },
  ),
} as const

/** A setting's environment variable. */
export type SettingName = keyof typeof settings

/** What a setting reads as: undefined only where it has no fixed default. */
export type SettingValue<N extends SettingName> = (typeof settings)[N] extends Setting<infer T> ? T : never
