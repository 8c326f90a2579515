// Whatever HTML arrives, readers see its text and safe formatting, and nothing in it acts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseDocument } from 'htmlparser2'
import oracle from 'sanitize-html'
import { safeHref } from '../../../src/lib/html/safe-link.ts'
import { sanitizeHtml, type SanitizeOptions } from '../../../src/lib/html/sanitize.ts'
import { hostileHtml } from './hostile-html.ts'

const POST_TAGS = 'p br span a del s pre blockquote code b strong u i em ul ol li ruby rt rp'.split(' ')
const ARTICLE_TAGS =
  'h2 h3 h4 h5 h6 img figure figcaption table caption thead tbody tfoot tr td th hr sup sub details summary'.split(
    ' ',
  )
const ATTRIBUTES: Record<string, string[]> = {
  a: ['href', 'class', 'translate', 'lang', 'rel', 'target'],
  span: ['class', 'translate', 'lang'],
  p: ['class', 'lang'],
  ol: ['start', 'reversed', 'lang'],
  li: ['value', 'lang'],
  td: ['colspan', 'rowspan', 'lang'],
  th: ['colspan', 'rowspan', 'lang'],
  img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
}
const SCHEMES = 'http https dat dweb ipfs ipns ssb gopher xmpp magnet gemini'.split(' ')
const article: SanitizeOptions = { profile: 'article', rewriteImage: (url) => url }

interface Node {
  type: string
  name?: string
  attribs?: Record<string, string>
  children?: Node[]
}

/** Fails when the parsed tree of `html` holds anything but the allow-list. */
function assertSafe(html: string, from: string, tags: readonly string[]): void {
  const stack = [parseDocument(html) as unknown as Node]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    assert.ok(
      ['root', 'text', 'tag'].includes(node.type),
      `${node.type} from ${JSON.stringify(from)}: ${html}`,
    )
    if (node.type === 'tag') {
      assert.ok(tags.includes(node.name ?? ''), `<${node.name}> from ${JSON.stringify(from)}: ${html}`)
      for (const [name, value] of Object.entries(node.attribs ?? {})) {
        assert.ok(
          (ATTRIBUTES[node.name ?? ''] ?? ['lang']).includes(name),
          `${name} from ${JSON.stringify(from)}`,
        )
        if (name === 'href') assert.ok(SCHEMES.includes(value.split(':')[0]?.toLowerCase() ?? ''), value)
        if (name === 'src') assert.match(value, /^https?:\/\/[^/]/)
        if (name === 'class')
          assert.match(
            value,
            /^((mention|hashtag|ellipsis|invisible|quote-inline|(h|p|u|dt|e)-[\w-]+)( |$))+$/,
          )
      }
    }
    stack.push(...(node.children ?? []))
  }
}

/** What the other sanitiser makes of our result: it must find nothing to take away. */
function byOracle(html: string, tags: string[]): string {
  return oracle(html, {
    allowedTags: tags,
    allowedAttributes: { ...ATTRIBUTES, '*': ['lang'] },
    allowedSchemes: SCHEMES,
    allowProtocolRelative: false,
    nestingLimit: 100,
  })
}

/** Only what matters: tags with attributes and the text, without the oracle's own way of writing entities. */
function canonical(html: string): string {
  return html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('=""', '')
}

function check(input: string): void {
  for (const [options, tags] of [
    [{}, POST_TAGS],
    [article, [...POST_TAGS, ...ARTICLE_TAGS]],
  ] as const) {
    const out = sanitizeHtml(input, options)
    assertSafe(out, input, tags)
    assert.equal(sanitizeHtml(out, options), out, `not stable for ${JSON.stringify(input)}`)
    assert.equal(
      canonical(byOracle(out, [...tags])),
      canonical(out),
      `the oracle differs for ${JSON.stringify(input)}`,
    )
    assert.ok(out.isWellFormed())
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(out, /[\0-\x08\x0b-\x1f\x7f-\x9f]/)
  }
}

test('a reader of a hostile post gets no script, style, form, frame or unsafe link', () => {
  assert.ok(hostileHtml.length >= 150, `${hostileHtml.length} vectors`)
  for (const input of hostileHtml) {
    check(input)
    check(`<p>before ${input} after</p>`)
    check(`<a href="https://ok.test/">${input}</a>`)
  }
})

test('a reader of any two hostile pieces put together is as safe', () => {
  const piece = fc.constantFrom(...hostileHtml)
  fc.assert(
    fc.property(fc.array(piece, { minLength: 2, maxLength: 5 }), (pieces) => check(pieces.join(''))),
    {
      numRuns: 400,
    },
  )
})

test('no soup of tags, attributes and entities comes out unsafe, or differently the second time', () => {
  const tag = fc.constantFrom(
    ...'p br a b i li ul ol h1 h3 div script style svg math img table tr td th thead caption ruby rt rp pre details summary figure blockquote span title textarea noscript hr sub'.split(
      ' ',
    ),
  )
  const attribute = fc.constantFrom(
    ' href="https://x.test/?a=1&b"',
    ' href=javascript:1',
    ' class="mention x u-url"',
    ' onclick=1',
    ' src=https://x.test/a.png',
    ' lang=de',
    ' start=3 reversed',
    ' colspan=2',
    ' "',
    " '",
    ' =',
  )
  const token = fc.oneof(
    fc.tuple(tag, fc.array(attribute, { maxLength: 3 })).map(([name, attrs]) => `<${name}${attrs.join('')}>`),
    tag.map((name) => `</${name}>`),
    tag.map((name) => `<${name}/>`),
    fc.constantFrom(
      '<!--',
      '-->',
      '<',
      '>',
      '&',
      '&lt;',
      '&#60;',
      '"',
      "'",
      ']]>',
      '<![CDATA[',
      ' ',
      '\n',
      'x',
      ':a_b:',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  )
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), (tokens) => check(tokens.join(''))),
    { numRuns: 3000 },
  )
})

test('text survives: what is no markup is shown as it was written', () => {
  const words = fc
    .string({ unit: 'grapheme', maxLength: 200 })
    .filter((text) => text.isWellFormed() && !/[\r<>&]/.test(text))
  fc.assert(
    fc.property(words, (text) => {
      assert.equal(
        sanitizeHtml(text),
        // oxlint-disable-next-line no-control-regex
        text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]/g, ''),
      )
    }),
  )
})

test('the text of an unsafe link stays', () => {
  assert.equal(
    sanitizeHtml('<p>see <a href="java\tscript:alert(1)">this <b>page</b></a>!</p>'),
    '<p>see this <b>page</b>!</p>',
  )
})

test('a link whose address reads otherwise than it leads becomes text, odd characters in its path are shown as codes', () => {
  for (const href of [
    'https://good.test\u200b.evil.test/',
    'https://good.test\u202e/',
    'https://good\u00ad.test/',
    'https://good.test\\.evil.test/',
    'https:good.test',
    ' \u00a0https://good.test',
    'https\u200b://good.test/',
  ]) {
    assert.equal(safeHref(href), undefined, JSON.stringify(href))
  }
  assert.equal(safeHref(' HTTPS://good.test/a b\u202ec\n'), 'HTTPS://good.test/a%20b%E2%80%AEc')
  assert.equal(safeHref('https://münchen.test/ü?q=日本#x'), 'https://münchen.test/ü?q=日本#x')
})

test('nothing of a drawing stays, however it is nested', () => {
  assert.equal(sanitizeHtml('a<svg><svg><text>x</text></svg><p>inside</p></svg>b'), 'ab')
})

test('formatting a microblog needs arrives unchanged, and links are marked', () => {
  const mention = '<span class="h-card" translate="no"><a href="https://a.test/@bob" class="u-url mention"'
  assert.equal(
    sanitizeHtml(
      `<p lang="de">Hi ${mention}>@<span>bob</span></a></span><br>x</p><ol start="3" reversed><li value="9">y</li></ol>`,
    ),
    `<p lang="de">Hi ${mention} rel="nofollow noopener" target="_blank">@<span>bob</span></a></span><br />x</p>` +
      '<ol start="3" reversed=""><li value="9">y</li></ol>',
  )
  assert.equal(
    sanitizeHtml('<a rel="tag me" class="mention hashtag evil" href="https://a.test/tags/x">#x</a>'),
    '<a href="https://a.test/tags/x" class="mention hashtag" rel="tag nofollow noopener" target="_blank">#x</a>',
  )
})

test('headings of a post become bold paragraphs, other blocks keep their lines apart', () => {
  assert.equal(
    sanitizeHtml('<h1>Title</h1><div>one</div><div>two</div>'),
    '<p><strong>Title</strong></p>one<br />two',
  )
})

test('a formula is shown as its TeX source, custom emoji as their shortcodes', () => {
  const tex = '<annotation encoding="application/x-tex">a &lt; b</annotation>'
  assert.equal(sanitizeHtml(`<math><semantics><mi>a</mi>${tex}</semantics></math>`), '$a &lt; b$')
  assert.equal(
    sanitizeHtml('hi :blobcat: <img alt=":wave:" src="https://x.test/w.png"><img alt="a photo">'),
    'hi :blobcat: :wave:',
  )
})

test('an article keeps headings, tables and pictures, and pictures only through the proxy', () => {
  const source =
    '<h1>A</h1><h4>B</h4><figure><img src="https://remote.test/a.png?x=1&y=2" alt="&quot;cat&quot;" width=10 onload=x><figcaption>c</figcaption></figure>' +
    '<table><tr><th colspan=2>h<tbody><tr><td>1<td>2</table><img src="https://refused.test/"><img src="//x.test/">'
  const rewriteImage = (url: string): string | undefined =>
    url.includes('refused') ? undefined : `/proxy?url=${encodeURIComponent(url)}&s=1`
  assert.equal(
    sanitizeHtml(source, { profile: 'article', rewriteImage }),
    '<h2>A</h2><h4>B</h4><figure><img src="/proxy?url=https%3A%2F%2Fremote.test%2Fa.png%3Fx%3D1%26y%3D2&amp;s=1" alt="&quot;cat&quot;" width="10" loading="lazy" />' +
      '<figcaption>c</figcaption></figure><table><tr><th colspan="2">h</th></tr><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
  )
  assert.doesNotMatch(sanitizeHtml(source, { profile: 'article' }), /<img/)
})

test('a rewrite that answers with a script address leaves no picture', () => {
  const html = '<img src="https://x.test/a.png">'
  for (const answer of ['javascript:alert(1)', '//evil.test/x', '/\\evil.test', 'data:image/png,x']) {
    assert.equal(sanitizeHtml(html, { profile: 'article', rewriteImage: () => answer }), '')
  }
})

test('ten thousand nested tags, endless attributes and floods take linear time and do not break', () => {
  const floods = [
    '<b>', '<p><b><i>', '<svg>', '<svg><math>', '<h1>', '<ul><li>', '<table><tr><td>', '<link ', '<a ', '<', '&', '</b>',
    '<a href="javascript:1">', '<a href=https://x.test/>', '<!--', '<![CDATA[', '<div>', '<ruby><rt>', '<details>', '<script>',
    '<p x="', '<math><annotation encoding="application/x-tex">', '\ud800', '\u0000', '<blockquote>', '<select>', '</p>',
  ] // prettier-ignore
  for (const flood of floods) {
    const run = (size: number): number => {
      const input = flood.repeat(Math.ceil(size / flood.length))
      const start = process.cpuUsage()
      sanitizeHtml(input)
      sanitizeHtml(input, article)
      const { user, system } = process.cpuUsage(start)
      return (user + system) / 1000
    }
    run(20_000)
    const small = run(40_000)
    const large = run(400_000)
    assert.ok(large < small * 10 * 6 + 400, `${flood}: ${small} ms for 40 kB, ${large} ms for 400 kB`)
  }
  check(`${'<i>'.repeat(10_000)}x${'</i>'.repeat(10_000)}`)
  check(`<a href="https://x.test/${'a'.repeat(200_000)}">x</a>`)
  check(`${'<b>'.repeat(5000)}${'</i>'.repeat(5000)}`)
})

test('input beyond the limit is cut, never half a tag or half a character shown', () => {
  const long = `${'x'.repeat(1_048_570)}<a href="https://x.test/">y</a>`
  assert.equal(sanitizeHtml(long), 'x'.repeat(1_048_570))
  assert.equal(sanitizeHtml(`ab\u{1f600}`, { maxLength: 3 }), 'ab')
})
