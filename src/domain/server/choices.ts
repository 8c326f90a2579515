// What administrators chose on the web over the defaults of the environment: held in memory, read anew when it changes.
import { formatMarkdown } from '../../lib/text/format-markdown.ts'
import { Refusal } from '../../model/refusal.ts'
import { afterCommit } from '../../store/open.ts'
import { readSetting, writeSetting } from '../../store/settings.ts'
import type { Context } from '../context.ts'
import { requirePermission } from '../moderation/actor.ts'
import type { Actor } from '../moderation/actor.ts'
import { logAction } from '../moderation/log-action.ts'
import type { Store, Tx } from '../ports.ts'

/** null takes the environment's value. */
export interface Choices {
  title: string | null
  description: string | null
  contactEmail: string | null
  registrations: 'open' | 'approval' | 'closed' | null
  /** People say why they want to join, where a moderator has to agree. */
  reasonRequired: boolean
  /** Shown in place of the form while nobody may join. */
  closedMessage: string
  /** Who may read the public timelines, hashtags and what is popular. */
  publicTimelines: 'everyone' | 'members'
  /** Hashtags, posts and links become popular only after a moderator agreed. */
  trendsNeedReview: boolean
  /** Said to people who have just joined, in Markdown. */
  welcome: string
  thumbnailKey: string | null
  thumbnailDescription: string
}

export const DEFAULT_CHOICES: Choices = {
  title: null,
  description: null,
  contactEmail: null,
  registrations: null,
  reasonRequired: true,
  closedMessage: '',
  publicTimelines: 'everyone',
  trendsNeedReview: false,
  welcome: '',
  thumbnailKey: null,
  thumbnailDescription: '',
}

const SETTING = 'server.choices'
const CHANNEL = 'server_choices'
/** Another process on SQLite cannot tell of a change. */
const LONGEST_MS = 5000

interface Kept {
  choices: Choices
  at: number
  isLoading: boolean
}

const kept = new WeakMap<object, Kept>()

function keptFor(store: Store): Kept {
  const known = kept.get(store)
  if (known) return known
  const fresh: Kept = { choices: DEFAULT_CHOICES, at: Number.NEGATIVE_INFINITY, isLoading: false }
  kept.set(store, fresh)
  store.signals.listen(CHANNEL, () => void loadChoices(store).catch(() => undefined))
  return fresh
}

async function loadChoices(store: Store): Promise<void> {
  const entry = keptFor(store)
  entry.isLoading = true
  try {
    entry.choices = parse(await readSetting(store.read, SETTING))
    entry.at = performance.now()
  } finally {
    entry.isLoading = false
  }
}

function parse(text: string | undefined): Choices {
  return text === undefined
    ? DEFAULT_CHOICES
    : { ...DEFAULT_CHOICES, ...(JSON.parse(text) as Partial<Choices>) }
}

/** As they were a few seconds ago at most. */
export function choicesOf({ store }: Pick<Context, 'store'>): Choices {
  const entry = keptFor(store)
  if (performance.now() - entry.at > LONGEST_MS && !entry.isLoading) {
    entry.at = performance.now()
    loadChoices(store).catch(() => undefined)
  }
  return entry.choices
}

/** The welcome as HTML; '' while there is none. */
export function welcomeHtml(ctx: Pick<Context, 'store' | 'urls'>): string {
  const words = { mention: () => undefined, hashtag: (name: string) => ctx.urls.tag(name) }
  const { welcome } = choicesOf(ctx)
  return welcome === '' ? '' : formatMarkdown(welcome, words).html
}

interface Overridable {
  readonly title: string
  readonly description: string
  readonly contactEmail: string
  readonly registrations: 'open' | 'approval' | 'closed'
}

/** The configuration, with what was chosen in place of what the environment says. */
export async function withChoices<T extends Overridable>(config: T, store: Store): Promise<T> {
  await loadChoices(store)
  const over = <K extends keyof Overridable>(name: K) => ({
    enumerable: true,
    get: () => choicesOf({ store })[name] ?? config[name],
  })
  return Object.defineProperties(
    { ...config },
    {
      title: over('title'),
      description: over('description'),
      contactEmail: over('contactEmail'),
      registrations: over('registrations'),
    },
  )
}

const LONGEST: Partial<Record<keyof Choices, number>> = {
  title: 100,
  description: 1000,
  contactEmail: 320,
  closedMessage: 2000,
  welcome: 10_000,
  thumbnailDescription: 1500,
}

/** Writes what is named; refuses texts that are too long, and addresses that are none. */
export async function changeChoices(
  ctx: Context,
  tx: Tx,
  actor: Actor,
  change: Partial<Choices>,
): Promise<void> {
  requirePermission(actor, 'manage-settings')
  for (const [name, most] of Object.entries(LONGEST)) {
    const value = change[name as keyof Choices]
    if (typeof value === 'string' && value.length > most)
      throw new Refusal('invalid', `Validation failed: ${name} is too long (maximum is ${most} characters)`)
  }
  if (change.contactEmail && !/^[^\s@]+@[^\s@]+$/.test(change.contactEmail))
    throw new Refusal('invalid', 'The contact needs to be a mail address, such as admin@example.org')
  const next = { ...parse(await readSetting(tx, SETTING)), ...change }
  await writeSetting(tx, SETTING, JSON.stringify(next))
  const names = Object.keys(change).join(', ')
  await logAction(ctx, tx, actor, { action: 'update', kind: 'setting', detail: { names } })
  afterCommit(tx, () => {
    Object.assign(keptFor(ctx.store), { choices: next, at: performance.now() })
    ctx.store.signals.send(CHANNEL, 'changed')
  })
}
