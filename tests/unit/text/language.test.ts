// Posts are filed under the language they are written in, or under none rather than a wrong one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectLanguage, normalizeLanguage } from '../../../src/lib/text/language.ts'

const SAMPLES: [string, string][] = [
  ['en', 'The weather was lovely, so we walked along the river until evening.'],
  ['de', 'Gestern haben wir den ganzen Tag im Garten gearbeitet und Kuchen gegessen.'],
  ['fr', 'Nous avons mangé dans un petit restaurant au bord de la mer hier soir.'],
  ['es', 'Mañana vamos a visitar a mis abuelos en el pueblo con toda la familia.'],
  ['ru', 'Сегодня вечером мы пойдём в театр смотреть новую постановку.'],
  ['uk', 'Сьогодні ввечері ми підемо до театру дивитися нову виставу.'],
  ['ja', '今日はとても天気がいいので、公園で散歩をしました。'],
  ['zh', '今天天气很好，我们一起去公园散步吧。'],
  ['ko', '오늘은 날씨가 정말 좋아서 공원에서 산책을 했어요.'],
  ['ar', 'ذهبنا اليوم إلى السوق واشترينا الكثير من الفواكه والخضروات.'],
  ['he', 'היום הלכנו לים ואכלנו גלידה טעימה מאוד עם החברים.'],
  ['el', 'Σήμερα πήγαμε στη θάλασσα και φάγαμε παγωτό με τους φίλους μας.'],
]

test('the language of ordinary sentences is recognised', async () => {
  for (const [code, text] of SAMPLES) assert.equal(await detectLanguage(text), code, text)
})

test('links, mentions and tags do not sway the answer', async () => {
  const text =
    'https://www.example.com/this-is-an-english-looking-address @the_weather@was.lovely #thisIsEnglish Gestern haben wir im Garten gearbeitet und Kuchen gegessen.'
  assert.equal(await detectLanguage(text), 'de')
})

test('too little or too strange a text has no language', async () => {
  for (const text of [
    '',
    'ok',
    'lol',
    '12345678901234567890',
    '😀😀😀😀',
    '@alice #tag https://a.test/long/address/here',
    ':blobcat: :blobcat:',
    '\ud800\udc00\ud800',
    'xqzj kvwp zzqx jjkq',
  ]) {
    assert.equal(await detectLanguage(text), undefined, text)
  }
})

test('a very long text is judged by its beginning, quickly', async () => {
  const start = process.cpuUsage().user
  assert.equal(await detectLanguage('Das ist ein Satz auf Deutsch, wirklich. '.repeat(50_000)), 'de')
  assert.ok(process.cpuUsage().user - start < 500_000)
})

test('language tags are understood however they are written', () => {
  for (const [tag, code] of [
    ['en', 'en'],
    ['EN-us', 'en'],
    ['en_GB', 'en'],
    ['deu', 'de'],
    ['ger', 'de'],
    ['zh-Hant-TW', 'zh'],
    ['fr-', 'fr'],
    ['pt_BR.UTF-8', 'pt'],
    ['iw', 'he'],
    ['jp', 'ja'],
    [' sv ', 'sv'],
    ['tok', 'tok'],
    ['nb', 'nb'],
  ] as const) {
    assert.equal(normalizeLanguage(tag), code, tag)
  }
  for (const bad of [
    '',
    'und',
    'zxx',
    'mul',
    'xx',
    'english',
    'e',
    '12',
    '*',
    '-en',
    '<b>',
    'en'.repeat(50),
    null,
    undefined,
    7,
    ['en'],
    { en: 1 },
  ]) {
    assert.equal(normalizeLanguage(bad), undefined, JSON.stringify(bad))
  }
})
