// Reads what a user wants changed about the own profile, and says of each field what is wrong with it.
import { PROFILE_LIMITS } from '../../../domain/accounts/update-profile.ts'
import type { ProfileChange } from '../../../domain/accounts/update-profile.ts'
import { countGraphemes } from '../../../lib/text/count.ts'
import type { UserSettings } from '../../../model/user.ts'
import { InvalidFields } from '../http/answer.ts'
import type { Params } from '../http/params.ts'

export type Words = Omit<ProfileChange, 'avatar' | 'header'>

/** The words and switches of a profile; throws InvalidFields. */
export function readWords(params: Params): Words {
  const change: Words = {}
  const texts = {
    name: params.text('display_name'),
    note: params.text('note'),
    avatarDescription: params.text('avatar_description'),
    headerDescription: params.text('header_description'),
  }
  const flags = {
    locked: params.flag('locked'),
    bot: params.flag('bot'),
    discoverable: params.flag('discoverable'),
    indexable: params.flag('indexable'),
    hideCollections: params.flag('hide_collections'),
  }
  for (const [name, value] of Object.entries({ ...texts, ...flags }))
    if (value !== undefined) Object.assign(change, { [name]: value })
  if (params.has('attribution_domains'))
    change.attributionDomains = params.texts('attribution_domains', 100, 300) ?? []
  const fields = readFields(params)
  if (fields) change.fields = fields
  checkWords(change)
  const settings = readSettings(params)
  if (Object.keys(settings).length > 0) change.settings = settings
  return change
}

/** A list, or a hash keyed by position; an empty list or empty fields clear the table. */
function readFields(params: Params): { name: string; value: string }[] | undefined {
  return params
    .children('fields_attributes', 100)
    ?.map((field) => ({ name: field.text('name') ?? '', value: field.text('value') ?? '' }))
}

type Problems = InvalidFields['details']

function checkWords(change: Words): void {
  const problems: Problems = {}
  const check = (field: string, label: string, limit: { value: string | undefined; most: number }): void => {
    if (limit.value === undefined || countGraphemes(limit.value) <= limit.most) return
    const description = `${label} is too long (maximum is ${limit.most} characters)`
    problems[field] = [{ error: 'ERR_TOO_LONG', description }]
  }
  const { name, note, fields, imageDescription } = PROFILE_LIMITS
  check('display_name', 'Display name', { value: change.name?.trim(), most: name })
  check('note', 'Bio', { value: change.note, most: note })
  check('avatar_description', 'Avatar description', {
    value: change.avatarDescription,
    most: imageDescription,
  })
  check('header_description', 'Header description', {
    value: change.headerDescription,
    most: imageDescription,
  })
  const filled = (change.fields ?? []).filter((field) => `${field.name}${field.value}`.trim() !== '')
  for (const field of filled) {
    check('fields', 'Field name', { value: field.name.trim(), most: PROFILE_LIMITS.fieldName })
    check('fields', 'Field value', { value: field.value.trim(), most: PROFILE_LIMITS.fieldValue })
  }
  if (filled.length > fields)
    problems['fields'] = [
      { error: 'ERR_TOO_LONG', description: `At most ${fields} profile fields are allowed` },
    ]
  if (Object.keys(problems).length > 0) throw new InvalidFields(problems)
}

const AUDIENCES: Record<string, UserSettings['audience']> = {
  public: 'public',
  unlisted: 'unlisted',
  private: 'followers',
}
const QUOTE_POLICIES: Record<string, UserSettings['quotePolicy']> = {
  public: 'public',
  followers: 'followers',
  nobody: 'nobody',
}

/** Defaults for new posts, which clients send as `source[...]`, and what the profile page shows. */
function readSettings(params: Params): Partial<UserSettings> {
  const source = params.child('source')
  const settings: Partial<UserSettings> = {}
  const sensitive = source?.flag('sensitive')
  const language = source?.text('language', 20)
  const shown = {
    showMedia: params.flag('show_media'),
    showMediaReplies: params.flag('show_media_replies'),
    showFeatured: params.flag('show_featured'),
    publishFeeds: params.flag('feeds'),
  }
  const audience = choose(source, 'privacy', AUDIENCES)
  const quotePolicy = choose(source, 'quote_policy', QUOTE_POLICIES)
  if (sensitive !== undefined) settings.sensitive = sensitive
  if (language !== undefined) settings.language = language === '' ? null : checkedLanguage(language)
  if (audience !== undefined) settings.audience = audience
  if (quotePolicy !== undefined) settings.quotePolicy = quotePolicy
  for (const [name, value] of Object.entries(shown))
    if (value !== undefined) Object.assign(settings, { [name]: value })
  return settings
}

function choose<T>(source: Params | undefined, name: string, choices: Record<string, T>): T | undefined {
  const word = source?.text(name, 100)
  if (word === undefined || word === '') return undefined
  const chosen = Object.hasOwn(choices, word) ? choices[word] : undefined
  if (chosen !== undefined) return chosen
  const description = `${name} must be one of ${Object.keys(choices).join(', ')}`
  throw new InvalidFields({ [name]: [{ error: 'ERR_INCLUSION', description }] })
}

function checkedLanguage(code: string): string {
  if (/^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,2}$/i.test(code)) return code
  const description = 'language must be a language code such as en'
  throw new InvalidFields({ language: [{ error: 'ERR_INVALID', description }] })
}
