// Walks hostile HTML once, in linear time and without recursion, and tells what it sees.
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'

/** What a walk reports; names are lower case, entities decoded. Nesting is not checked: callers keep their own stack. */
export interface HtmlWalker {
  /** An opening tag; `attrs` holds only the wanted attributes (first one wins). `selfClosing` means it was written `<x/>`. */
  open(name: string, attrs: Map<string, string>, selfClosing: boolean): void
  close(name: string): void
  /** A piece of text; one run of text may arrive in several pieces. */
  text(data: string): void
}

export interface ScanOptions {
  /** Attributes worth keeping; all others are skipped without being stored. */
  wanted: ReadonlySet<string>
  /** Longest attribute value in characters; longer ones are dropped. Default 8192. */
  maxAttribute?: number
}

/** Longest piece of HTML anyone hands us that is looked at, in UTF-16 units (1 MiB of ASCII). */
export const MAX_HTML = 1_048_576
const NO_ATTRS: Map<string, string> = new Map()

/** Walks the first MAX_HTML characters of `html`. Never throws on any input. */
export function scanHtml(html: string, walker: HtmlWalker, options: ScanOptions): void {
  const source = html.length > MAX_HTML ? html.slice(0, MAX_HTML) : html
  const tokenizer = new Tokenizer({}, callbacks(source, walker, options))
  tokenizer.write(source)
  tokenizer.end()
}

function callbacks(source: string, walker: HtmlWalker, options: ScanOptions): TokenizerCallbacks {
  const max = options.maxAttribute ?? 8192
  let tag = ''
  let attrs = NO_ATTRS
  let attr = ''
  let value = ''
  const add = (piece: string): void => {
    if (attr !== '' && value.length <= max) value += piece
  }
  const finishTag = (selfClosing: boolean): void => {
    walker.open(tag, attrs, selfClosing)
    attrs = NO_ATTRS
  }
  return {
    ontext: (start, end) => walker.text(source.slice(start, end)),
    ontextentity: (codePoint) => walker.text(String.fromCodePoint(codePoint)),
    onopentagname(start, end) {
      tag = source.slice(start, end).toLowerCase()
    },
    onattribname(start, end) {
      const name = end - start > 40 ? '' : source.slice(start, end).toLowerCase()
      attr = options.wanted.has(name) ? name : ''
      value = ''
    },
    onattribdata: (start, end) => add(source.slice(start, Math.min(end, start + max + 1))),
    onattribentity: (codePoint) => add(String.fromCodePoint(codePoint)),
    onattribend() {
      if (attr === '' || value.length > max) return
      if (attrs === NO_ATTRS) attrs = new Map()
      if (!attrs.has(attr)) attrs.set(attr, value)
    },
    onopentagend: () => finishTag(false),
    onselfclosingtag: () => finishTag(true),
    onclosetag: (start, end) => walker.close(source.slice(start, end).toLowerCase()),
    oncdata: () => undefined,
    oncomment: () => undefined,
    ondeclaration: () => undefined,
    onprocessinginstruction: () => undefined,
    onend: () => undefined,
  }
}
