// The tags each sanitiser profile keeps, and what is known about tags it does not keep.

export type Profile = 'post' | 'article'

const POST = 'p br span a del s pre blockquote code b strong u i em ul ol li ruby rt rp'.split(' ')
const ARTICLE =
  'h1 h2 h3 h4 h5 h6 img figure figcaption table caption thead tbody tfoot tr td th hr sup sub details summary'

const KEPT: Record<Profile, ReadonlySet<string>> = {
  post: new Set(POST),
  article: new Set([...POST, ...ARTICLE.split(' ')]),
}

/** Whether a tag may stay as it is (headings of posts may not: they become bold paragraphs). */
export function isKept(profile: Profile, tag: string): boolean {
  return KEPT[profile].has(tag)
}

/** Tags without an end tag. */
export const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img'])

/** Headings; in a post they become `<p><strong>`, in an article h1 becomes h2. */
export const HEADING: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

/** Kept tags that end an open paragraph, as browsers do. */
export const BLOCK: ReadonlySet<string> = new Set(
  'p pre blockquote ul ol li figure figcaption table hr details summary h1 h2 h3 h4 h5 h6'.split(' '),
)

/** Unknown-to-us blocks: the tag goes, but its text must not run into its neighbours. */
export const SEPARATES: ReadonlySet<string> = new Set(
  (
    'address article aside body center dd dir div dl dt fieldset footer form header hgroup legend listing main ' +
    'menu nav option search section figure figcaption table caption thead tbody tfoot tr td th hr details summary'
  ).split(' '),
)

/** Tags that go together with everything inside them. */
export const DROPPED_WHOLE: ReadonlySet<string> = new Set(
  (
    'script style template noscript iframe frameset object applet svg math textarea select title head xmp noembed ' +
    'noframes plaintext audio video canvas map datalist dialog portal fencedframe'
  ).split(' '),
)

/** The parts of a table and the containers each must sit in directly. */
export const TABLE_PARENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['caption', ['table']],
  ['thead', ['table']],
  ['tbody', ['table']],
  ['tfoot', ['table']],
  ['tr', ['table', 'thead', 'tbody', 'tfoot']],
  ['td', ['tr']],
  ['th', ['tr']],
])

/** Containers that hold only table parts, never text. */
export const TABLE_FRAME: ReadonlySet<string> = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr'])
