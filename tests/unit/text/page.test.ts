// What other pages say about themselves is read right, whatever their shape, in linear time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseHead } from '../../../src/lib/html/head.ts'
import { relLinks } from '../../../src/lib/html/links.ts'
import { htmlToText } from '../../../src/lib/html/plain-text.ts'

const BASE = 'https://news.test/2024/story'
const head = (html: string, contentType?: string): ReturnType<typeof parseHead> =>
  parseHead(new TextEncoder().encode(html), BASE, contentType)

test('a link preview has title, text, picture, author and site', () => {
  const page = head(`<!doctype html><html lang="en"><head><title>Plain title</title>
    <meta property="og:title" content="A &amp; B"><meta name="twitter:title" content="no">
    <meta name="description" content="  plain
    words "><meta property="og:site_name" content="News"><meta property="og:type" content="article">
    <meta property="og:image" content="/pic.jpg?a=1&amp;b=2"><meta property="og:image:width" content="600"><meta property="og:image:height" content="x">
    <meta property="og:image:alt" content="A cat"><meta name="author" content="Ann"><meta property="article:published_time" content="2024-01-02T03:04:05Z">
    <meta name="fediverse:creator" content="@ann@social.test"><link rel="canonical" href="../story">
    <link rel="alternate" type="application/json+oembed" href="https://news.test/oembed?u=1&amp;f=json"></head><body><title>no</title>`)
  assert.deepEqual(
    { ...page, links: undefined, meta: undefined },
    {
      charset: 'utf-8',
      language: 'en',
      title: 'A & B',
      description: 'plain words',
      siteName: 'News',
      author: 'Ann',
      type: 'article',
      image: { url: 'https://news.test/pic.jpg?a=1&b=2', width: 600, alt: 'A cat' },
      canonical: 'https://news.test/story',
      oembed: 'https://news.test/oembed?u=1&f=json',
      publishedAt: '2024-01-02T03:04:05Z',
      creator: '@ann@social.test',
      relMe: [],
      links: undefined,
      meta: undefined,
    },
  )
})

test('a bare page still has its title', () => {
  assert.equal(head('<title> Caf&eacute;\n &lt;b&gt; </title><svg><title>no</title></svg>').title, 'Café <b>')
  assert.equal(head('<svg><title>icon</title></svg><title>yes</title>').title, 'yes')
  assert.equal(head('no html at all').title, undefined)
  assert.equal(parseHead(new Uint8Array(), BASE).title, undefined)
})

test('pages in old encodings are read as they were meant', () => {
  const bytes = (...parts: (string | number[])[]): Uint8Array =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))
  const sjis = bytes('<meta charset="shift_jis"><title>', [0x93, 0xfa, 0x96, 0x7b], '</title>')
  assert.equal(parseHead(sjis, BASE).title, '日本')
  const latin = bytes('<title>Caf', [0xe9], '</title>')
  assert.equal(parseHead(latin, BASE).title, 'Café')
  assert.equal(parseHead(latin, BASE, 'text/html; charset=ISO-8859-1').title, 'Café')
  assert.equal(parseHead(bytes('<title>Жук</title>'), BASE, 'text/html; charset="utf-8"').title, 'Жук')
  assert.equal(parseHead(bytes([0xef, 0xbb, 0xbf], '<meta charset=latin1><title>é</title>'), BASE).title, 'é')
  assert.equal(
    parseHead(
      bytes('<meta http-equiv=content-type content="text/html; charset=koi8-r"><title>', [0xd6, 0xd5, 0xcb]),
      BASE,
    ).title,
    'жук',
  )
  assert.equal(parseHead(bytes('<meta charset=nonsense><title>é</title>'), BASE).title, 'é')
})

test('a profile link is verified by rel=me in head or text, and by nothing that only looks like it', () => {
  const page = head(
    '<link rel="me" href="https://social.test/@ann"><a rel="nofollow ME noopener" href="https://other.test/@ann">x</a>' +
      '<!-- <a rel=me href=https://comment.test/> --><script>"<a rel=me href=https://script.test/>"</script>' +
      '<textarea><a rel=me href=https://area.test/></textarea><a rel="mean" href="https://mean.test/">x</a>' +
      '<a rel=me href="javascript:alert(1)">x</a><a href="https://plain.test/">rel=me</a><a rel=me href="https://social.test/@ann">x</a>',
  )
  assert.deepEqual(page.relMe, ['https://social.test/@ann', 'https://other.test/@ann'])
})

test('related documents of a page are listed with absolute addresses', () => {
  assert.deepEqual(
    relLinks(
      '<link rel=alternate type="application/activity+json" href="/users/ann"><link rel="icon" href="data:,"><link href="/x"><a rel="author" title=Ann href="//who.test/">a</a>',
      BASE,
    ),
    [
      {
        rel: ['alternate'],
        href: 'https://news.test/users/ann',
        element: 'link',
        type: 'application/activity+json',
      },
      { rel: ['author'], href: 'https://who.test/', element: 'a', title: 'Ann' },
    ],
  )
  assert.deepEqual(relLinks('<link rel=me href="/x">'), [])
})

test('a page made to be slow or endless is read in linear time and bounded size', () => {
  for (const flood of [
    '<link <link ',
    '<link rel=me href=/x ',
    '<link rel=me href=https://x.test/>',
    '<meta ',
    '<meta name=a content=b>',
    '<title>',
    '<',
    '&',
    '<!--',
    '<a rel="me ',
    '<svg>',
    '<title>&amp;',
  ]) {
    const start = process.cpuUsage().user
    const page = parseHead(Buffer.from(flood.repeat(Math.ceil(1_048_576 / flood.length))), BASE)
    const ms = (process.cpuUsage().user - start) / 1000
    assert.ok(ms < 2000, `${flood}: ${ms} ms`)
    assert.ok(page.links.length <= 500 && page.meta.size <= 200 && page.relMe.length <= 500)
    assert.ok((page.title ?? '').length <= 500)
  }
})

test('any bytes can be read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      assert.ok(Array.isArray(parseHead(bytes, BASE).relMe))
    }),
  )
})

test('the plain text of a post reads like the post', () => {
  assert.equal(
    htmlToText(
      '<p>Hi <b>you</b> &amp; <a href="https://x.test/long"><span class="invisible">https://</span>x.test<span class="invisible">/long</span></a><br>line</p><p>next</p><ul><li>one</li><li>two</li></ul><script>no()</script><style>no{}</style>',
    ),
    'Hi you & https://x.test/long\nline\n\nnext\n\none\ntwo',
  )
  assert.equal(htmlToText('<div>a</div><div>b</div><img alt=":cat:"><!-- no -->'), 'a\nb\n:cat:')
  assert.equal(htmlToText('a\u0000b<br><br><br>c'), 'ab\n\nc')
  assert.equal(htmlToText('x'.repeat(200), 10), 'x'.repeat(10))
  assert.equal(htmlToText('ab😀', 3), 'ab')
  assert.equal(htmlToText('<b>'.repeat(300_000)), '')
})
