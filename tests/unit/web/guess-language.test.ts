// The composer's guess at the language: right where it is plain, silent where it is not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessLanguage } from '../../../src/web/compose/guess-language.ts'

test('sentences of everyday are recognised', () => {
  const sentences: Record<string, string> = {
    en: 'I have not seen the river for a long time, and it is good to be back.',
    de: 'Ich habe den Fluss lange nicht gesehen und freue mich auf die Rückkehr.',
    fr: 'Je suis dans la ville avec une amie et nous cherchons un bon café pour demain.',
    es: 'No sé qué es lo que pasa, pero la gente está muy contenta con los cambios.',
    it: 'Non so che cosa succede, ma la gente è più contenta con gli ultimi cambiamenti.',
    nl: 'Ik weet niet wat er aan de hand is, maar het is een mooie dag in de stad.',
    pl: 'Nie wiem, co się dzieje, ale to jest piękny dzień i na ulicach jest cicho.',
    ja: '今日はとても良い天気ですね。',
    ko: '오늘은 날씨가 참 좋네요',
    zh: '今天天气非常好我们去散步',
    ru: 'Сегодня очень хорошая погода, и мы пошли гулять на речку с друзьями, было бы здорово.',
    uk: 'Сьогодні дуже гарна погода, і ми пішли гуляти з друзями до річки.',
    el: 'Σήμερα έχει πολύ καλό καιρό',
  }
  for (const [code, text] of Object.entries(sentences)) assert.equal(guessLanguage(text), code, text)
})

test('nothing is said of what is short, ambiguous, or no sentence at all', () => {
  for (const text of [
    '',
    'Hello',
    'Folkmoot 1.0',
    'https://example.org/the/and/is/of',
    '@the @and @is #of',
    'og det som',
  ])
    assert.equal(guessLanguage(text), undefined, text)
})
