// Every language of the client says everything, with the same places to fill in.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import MessageFormat from 'intl-messageformat'
import { deAdmin } from '../../src/web/i18n/de-admin.ts'
import { deSteward } from '../../src/web/i18n/de-steward.ts'
import { enAdmin } from '../../src/web/i18n/en-admin.ts'
import { enSteward } from '../../src/web/i18n/en-steward.ts'
import { german } from '../../src/web/i18n/de.ts'
import { english, LANGUAGES, preferredLanguage } from '../../src/web/i18n/words.ts'
import type { Catalogue, MessageKey } from '../../src/web/i18n/words.ts'

const catalogues: Record<string, Catalogue> = { en: english, de: german }
const keys = Object.keys(english) as MessageKey[]

/** As far as the parts of a parsed message matter here. */
interface Part {
  type: number
  value?: string
  options?: Record<string, { value: Part[] }>
}

/** The names that a message wants to be given, those inside plural forms included. */
function places(parts: readonly Part[]): string[] {
  const [literal, pound] = [0, 7]
  return parts.flatMap((part) => [
    ...(part.type === literal || part.type === pound || part.value === undefined ? [] : [part.value]),
    ...Object.values(part.options ?? {}).flatMap((option) => places(option.value)),
  ])
}

const placesOf = (text: string, language: string): string[] =>
  [...new Set(places(new MessageFormat(text, language).getAst()))].sort()

describe('the languages of the client', () => {
  it('the words of moderation have the same places to fill in', () => {
    const pairs: [Record<string, string>, Record<string, string>][] = [
      [enAdmin, deAdmin],
      [enSteward, deSteward],
    ]
    for (const [en, de] of pairs)
      for (const [key, text] of Object.entries(en)) {
        assert.notEqual(de[key]?.trim() ?? '', '', key)
        assert.deepEqual(placesOf(de[key] ?? '', 'de'), placesOf(text, 'en'), key)
      }
  })

  for (const [code, catalogue] of Object.entries(catalogues)) {
    it(`${code} says everything that English says, and nothing that nobody asks for`, () => {
      assert.deepEqual(Object.keys(catalogue).sort(), keys.toSorted())
      for (const key of keys) assert.notEqual(catalogue[key].trim(), '', key)
    })

    it(`${code} fills in the same places as English`, () => {
      for (const key of keys)
        assert.deepEqual(placesOf(catalogue[key], code), placesOf(english[key], 'en'), key)
    })

    it(`${code} has a form for every number`, () => {
      for (const key of keys) {
        const names = placesOf(catalogue[key], code)
        for (const number of [0, 1, 2, 5, 21]) {
          const values = Object.fromEntries(names.map((name) => [name, number]))
          const said = String(new MessageFormat(catalogue[key], code).format(values))
          assert.ok(said !== '' && !/[{}]/.test(said), `${key}: ${said}`)
        }
      }
    })
  }

  it('are translated, not copied', () => {
    const same = keys.filter(
      (key) => /[a-z]{4}.* .*[a-z]{4}/.test(english[key]) && german[key] === english[key],
    )
    assert.deepEqual(same, [])
  })

  it('can each be chosen, and are found by what a browser asks for', () => {
    assert.deepEqual(Object.keys(LANGUAGES).sort(), Object.keys(catalogues).sort())
    assert.equal(preferredLanguage('fr-FR,de-AT;q=0.8,en;q=0.5'), 'de')
    assert.equal(preferredLanguage('pt-BR,fr'), 'en')
    assert.equal(preferredLanguage(''), 'en')
  })
})
