// The words of moderation and administration, apart from the others so that only those who see these screens load them.
import MessageFormat from 'intl-messageformat'
import { deAdmin } from '../i18n/de-admin.ts'
import { deGate } from '../i18n/de-gate.ts'
import { deSteward } from '../i18n/de-steward.ts'
import { enAdmin } from '../i18n/en-admin.ts'
import { enGate } from '../i18n/en-gate.ts'
import { enSteward } from '../i18n/en-steward.ts'
import { currentLanguage } from '../i18n/words.ts'

const english = { ...enAdmin, ...enSteward, ...enGate }

export type AdminKey = keyof typeof english

const CATALOGUES: Record<'en' | 'de', Record<AdminKey, string>> = {
  en: english,
  de: { ...deAdmin, ...deSteward, ...deGate },
}

/** The message in the language of the client, its places filled in. */
export function a(key: AdminKey, values?: Record<string, string | number>): string {
  const text = CATALOGUES[currentLanguage()][key]
  return values ? String(new MessageFormat(text, currentLanguage()).format(values)) : text
}

/** A message whose name is put together from data; the data itself where there is none. */
export function named(prefix: string, name: string): string {
  const key = `${prefix}.${name}`
  return key in english ? a(key as AdminKey) : name
}
