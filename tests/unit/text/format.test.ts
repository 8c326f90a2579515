// What an author types is shown exactly as Mastodon's clients expect it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { linkTargets } from '../../../src/lib/html/link-targets.ts'
import { sanitizeHtml } from '../../../src/lib/html/sanitize.ts'
import { extract, extractEmojis } from '../../../src/lib/text/extract.ts'
import { formatHtml } from '../../../src/lib/text/format-html.ts'
import { formatMarkdown } from '../../../src/lib/text/format-markdown.ts'
import { formatLine, formatPlain, type Resolve, withQuoteFallback } from '../../../src/lib/text/format.ts'
import { normalizeTag } from '../../../src/lib/text/hashtag.ts'

const people: Record<string, { url: string; username: string }> = {
  alice: { url: 'https://here.test/@alice', username: 'alice' },
  'alice@here.test': { url: 'https://here.test/@alice', username: 'alice' },
  'bob@there.test': { url: 'https://there.test/@bob?a=1&b=2', username: 'Bob' },
}
const resolve: Resolve = {
  mention: (handle) => people[handle.toLowerCase()],
  hashtag: (name) => `https://here.test/tags/${encodeURIComponent(name)}`,
}
const html = (text: string): string => formatPlain(text, resolve).html
const ALICE =
  '<span class="h-card" translate="no"><a href="https://here.test/@alice" class="u-url mention">@<span>alice</span></a></span>'

test('paragraphs and line breaks are written without raw newlines, markup is shown as text', () => {
  assert.equal(html('one\ntwo\r\n\r\nthree\n\n\n\nfour'), '<p>one<br />two</p><p>three</p><p>four</p>')
  assert.equal(html('  \n <b> & "q" \'s\' \n '), '<p>&lt;b&gt; &amp; &quot;q&quot; &#39;s&#39;</p>')
  assert.equal(html(' \n '), '')
  assert.equal(html('a\u0000b\u0007c'), '<p>abc</p>')
})

test('a short link is shown whole, a long one is cut to 30 characters for readers', () => {
  assert.equal(
    html('see https://example.com/a.'),
    '<p>see <a href="https://example.com/a" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">https://</span>' +
      '<span class="">example.com/a</span><span class="invisible"></span></a>.</p>',
  )
  assert.equal(
    html('http://www.example.com/123456789012345678901234567890?a=1&b="2"'),
    '<p><a href="http://www.example.com/123456789012345678901234567890?a=1&amp;b=&quot;2&quot;" target="_blank" rel="nofollow noopener" translate="no">' +
      '<span class="invisible">http://www.</span><span class="ellipsis">example.com/123456789012345678</span>' +
      '<span class="invisible">901234567890?a=1&amp;b=&quot;2&quot;</span></a></p>',
  )
})

test('a mention links the account by its username alone, an unknown one stays text', () => {
  assert.equal(html('hi @alice!'), `<p>hi ${ALICE}!</p>`)
  assert.equal(
    html('@BOB@there.test'),
    '<p><span class="h-card" translate="no"><a href="https://there.test/@bob?a=1&amp;b=2" class="u-url mention">@<span>Bob</span></a></span></p>',
  )
  assert.equal(html('@nobody @x@y.test'), '<p>@nobody @x@y.test</p>')
})

test('a hashtag keeps the author’s spelling and links the common one', () => {
  assert.equal(
    html('#CaféＡ'),
    '<p><a href="https://here.test/tags/caf%C3%A9a" class="mention hashtag" rel="tag">#<span>CaféＡ</span></a></p>',
  )
})

test('a post says whom and what it refers to, each once', () => {
  const found = formatPlain(
    '@alice @Alice @x@y.test #Tag #tag https://a.test https://a.test :cat: :cat:',
    resolve,
  )
  assert.deepEqual(found.mentions, [
    { handle: 'alice', username: 'alice', url: 'https://here.test/@alice' },
    { handle: 'x@y.test', username: 'x', domain: 'y.test' },
  ])
  assert.deepEqual(found.hashtags, [{ name: 'tag', label: 'Tag' }])
  assert.deepEqual(found.links, ['https://a.test'])
  assert.deepEqual(found.emojis, ['cat'])
})

test('hashtags work in every script, and numbers alone are none', () => {
  const tags = (text: string): string[] => extract(text).hashtags.map((tag) => tag.label)
  assert.deepEqual(tags('#hello #日本語 #한국어 #привет #سلام #שלום #हिन्दी #ไทย'), [
    'hello', '日本語', '한국어', 'привет', 'سلام', 'שלום', 'हिन्दी', 'ไทย',
  ]) // prettier-ignore
  assert.deepEqual(tags('#1 #123 #١٢٣ #１２ #_ #__ #'), [])
  assert.deepEqual(tags('#1a #a1 #2024年 #1_000 #a_b #l·l #スター・ウォーズ #می‌خواهم'), [
    '1a', 'a1', '2024年', '1_000', 'a_b', 'l·l', 'スター・ウォーズ', 'می‌خواهم',
  ]) // prettier-ignore
  assert.deepEqual(tags('＃全角 (#round) "#quoted" #end. #dash-ed x#no a/#no =#no )#no #·mid #trail·'), [
    '全角', 'round', 'quoted', 'end', 'dash', 'trail',
  ]) // prettier-ignore
  assert.deepEqual(tags('#😀 #love😀 ##double https://a.test/#anchor'), ['love', 'double'])
})

test('two spellings of one hashtag meet under one name', () => {
  assert.equal(normalizeTag('#CAFE\u0301'), 'café')
  assert.equal(normalizeTag('ＡＢＣ'), 'abc')
  assert.equal(normalizeTag('ﾊﾟﾝ'), 'パン')
  for (const bad of ['', '#', '123', 'a b', 'a-b', '😀', 'x'.repeat(101), 'x'.repeat(1_000_000)]) {
    assert.equal(normalizeTag(bad), undefined)
  }
  assert.equal(normalizeTag('x'.repeat(100)), 'x'.repeat(100))
})

test('mentions are found where people write them, never inside addresses', () => {
  const handles = (text: string): string[] => extract(text).mentions.map((mention) => mention.handle)
  assert.deepEqual(handles('@a, (@b) .@c @d@x.test. @e.f-g@sub.x.test! こんにちは @h'), [
    'a', 'b', 'c', 'd@x.test', 'e.f-g@sub.x.test', 'h',
  ]) // prettier-ignore
  assert.deepEqual(handles('@i@münchen.test @j@例え.テスト'), ['i@münchen.test', 'j@例え.テスト'])
  assert.deepEqual(handles('me@x.test https://x.test/@bob @a@b@c x/@no =@no @ @@'), [])
})

test('links end where a sentence goes on, and only real addresses are links', () => {
  const links = (text: string): string[] => extract(text).links.map((link) => link.url)
  assert.deepEqual(links('(https://en.test/wiki/A_(b)), https://a.test/x?y=1#z! "https://b.test"'), [
    'https://en.test/wiki/A_(b)', 'https://a.test/x?y=1#z', 'https://b.test',
  ]) // prettier-ignore
  assert.deepEqual(links('これはhttps://a.test/あ と https://b.test/@c#d'), [
    'https://a.test/あ',
    'https://b.test/@c#d',
  ])
  assert.deepEqual(links('gemini://g.test/ xmpp:a@b.test, magnet:?xt=urn:btih:x'), [
    'gemini://g.test/', 'xmpp:a@b.test', 'magnet:?xt=urn:btih:x',
  ]) // prettier-ignore
  assert.deepEqual(
    links('a.test www.a.test http://localhost https://x https://1.2.3.4 javascript:alert(1) ftp://a.test'),
    [],
  )
  assert.deepEqual(links('xhttps://a.test @https://a.test'), [])
})

test('emoji shortcodes stand alone', () => {
  assert.deepEqual(extractEmojis(':a_1: x:no: :yes: ::no:: :n:'), ['a_1', 'yes'])
  assert.deepEqual(extract('https://a.test/:no: :ok: 12:30:45').emojis, ['ok'])
})

test('one-line fields get no paragraphs', () => {
  assert.equal(formatLine('hi\n@alice', resolve).html, `hi ${ALICE}`)
})

test('links of a profile say that they are the author’s own', () => {
  assert.match(formatLine('https://a.test', { ...resolve, relMe: true }).html, / rel="nofollow noopener me" /)
  assert.doesNotMatch(formatLine('https://a.test', resolve).html, /\bme\b/)
})

test('a quote is announced to those whose programs know no quotes, once', () => {
  const url = 'https://a.test/1'
  const expected =
    '<p class="quote-inline">RE: <a href="https://a.test/1" target="_blank" rel="nofollow noopener" translate="no">' +
    '<span class="invisible">https://</span><span class="">a.test/1</span><span class="invisible"></span></a></p><p>hi</p>'
  assert.equal(withQuoteFallback('<p>hi</p>', url), expected)
  assert.equal(withQuoteFallback(expected, url), expected)
})

test('Markdown is formatted, mentions and tags are linked but not in code, raw HTML is text', () => {
  const found = formatMarkdown(
    '# Hi\n\n**@alice** *https://a.test/x_y_z* `@alice #no` [label #no](https://l.test) <b onclick=x>\n\n- #one\n\n```\n@alice\n#no\n```\n\\@alice :cat: ~~s~~',
    resolve,
  )
  assert.equal(
    found.html,
    '<p><strong>Hi</strong></p><p><strong><span class="h-card" translate="no"><a href="https://here.test/@alice" class="u-url mention" rel="nofollow noopener" target="_blank">@<span>alice</span></a></span></strong> ' +
      '<em><a href="https://a.test/x_y_z" translate="no" rel="nofollow noopener" target="_blank"><span class="invisible">https://</span><span>a.test/x_y_z</span><span class="invisible"></span></a></em> ' +
      '<code>@alice #no</code> <a href="https://l.test" rel="nofollow noopener" target="_blank">label #no</a> &lt;b onclick=x&gt;</p>' +
      '<ul><li><a href="https://here.test/tags/one" class="mention hashtag" rel="tag nofollow noopener" target="_blank">#<span>one</span></a></li></ul>' +
      '<pre><code>@alice\n#no\n</code></pre><p>@alice :cat: <s>s</s></p>',
  )
  assert.deepEqual(
    found.mentions.map((mention) => mention.handle),
    ['alice'],
  )
  assert.deepEqual(found.hashtags, [{ name: 'one', label: 'one' }])
  assert.deepEqual(found.links, ['https://a.test/x_y_z', 'https://l.test'])
  assert.deepEqual(found.emojis, ['cat'])
})

test('HTML from a client is cleaned, and its text linked outside links and code', () => {
  const found = formatHtml(
    '<p onclick=x>@alice &lt;3 <b>#tag</b> <code>@alice</code> <a href="https://l.test/?a&amp;b">@alice</a></p><script>x</script>',
    resolve,
  )
  assert.equal(
    found.html,
    `<p>${ALICE} &lt;3 <b><a href="https://here.test/tags/tag" class="mention hashtag" rel="tag">#<span>tag</span></a></b> <code>@alice</code> ` +
      '<a href="https://l.test/?a&amp;b" rel="nofollow noopener" target="_blank">@alice</a></p>',
  )
  assert.deepEqual(found.links, ['https://l.test/?a&b'])
  assert.deepEqual(
    found.mentions.map((mention) => mention.handle),
    ['alice'],
  )
})

test('the links of a received post are known, mentions and tags apart', () => {
  const received =
    '<a href="https://a.test/?x=1&amp;y">x</a><a href="https://b.test/@b" class="u-url mention">@b</a><a href="https://b.test/t" rel="tag">#t</a>'
  assert.deepEqual(linkTargets(sanitizeHtml(received)), ['https://a.test/?x=1&y'])
})

test('no text, however strange, is formatted into unsafe HTML', () => {
  const piece = fc.oneof(
    fc.constantFrom('@', '@alice', '#', '#t', 'https://a.test/', 'https://', '<', '>', '"', '&', '\n', '\n\n', '`', '*', '_', '[x](', ')', '](', '\\', '- ', '> ', '    ', 'javascript:', ':a_b:', '```'),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  ) // prettier-ignore
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('')
      const marked = formatMarkdown(text, resolve).html
      assert.equal(sanitizeHtml(marked).trim(), marked)
      for (const out of [formatPlain(text, resolve).html, formatHtml(text, resolve).html]) {
        // Sanitising may only mark links; the same tags and the same text stay.
        const tags = (source: string): string[] => source.match(/<\/?[a-z0-9]+/g) ?? []
        assert.deepEqual(tags(sanitizeHtml(out)), tags(out))
      }
    }),
    { numRuns: 1000 },
  )
})

test('what was found never overlaps and always lies where it says', () => {
  const piece = fc.constantFrom(
    '@a',
    '@b.test',
    '#',
    'x',
    'https://',
    'a.test',
    '/',
    ':',
    'é',
    '日本',
    '😀',
    ' ',
    '.',
    '_',
    '(',
    ')',
    '·',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('')
      let last = 0
      for (const entity of extract(text).entities) {
        assert.ok(entity.start >= last && entity.end > entity.start)
        last = entity.end
        const raw = text.slice(entity.start, entity.end)
        const said =
          entity.kind === 'link'
            ? entity.url
            : entity.kind === 'mention'
              ? `@${entity.handle}`
              : `#${entity.label}`
        assert.equal(raw, said)
      }
    }),
    { numRuns: 2000 },
  )
})

test('text made to be slow is formatted in good time', () => {
  for (const flood of [
    '@a@',
    '#',
    '#a·',
    '#1',
    'https://',
    'https://a.test/(',
    '*',
    '_a',
    '[',
    '[](',
    '`',
    '> ',
    '@a.',
    ':a',
    ':aa:',
    '<',
    '\n',
    '@a@b.',
  ]) {
    const text = flood.repeat(Math.ceil(10_000 / flood.length))
    const start = process.cpuUsage().user
    formatPlain(text, resolve)
    formatMarkdown(text, resolve)
    const ms = (process.cpuUsage().user - start) / 1000
    assert.ok(ms < 1000, `${flood}: ${ms} ms`)
  }
})
