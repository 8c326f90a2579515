// What changed between two versions of a text, word by word.

export interface Piece {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** Longer texts are compared paragraph by paragraph: the table below has as many fields as the words multiplied. */
const MOST_WORDS = 1500

function split(text: string): string[] {
  const words = text.match(/\s+|[^\s]+/g) ?? []
  return words.length <= MOST_WORDS ? words : (text.match(/\n+|[^\n]+/g) ?? []).slice(0, MOST_WORDS)
}

/** How long the longest common part of the rests from each pair of places is. */
function lengths(before: readonly string[], after: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1))
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) {
      const row = table[i] as Uint16Array
      const below = table[i + 1] as Uint16Array
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  return table
}

export function wordDiff(before: string, after: string): Piece[] {
  const [old, fresh] = [split(before), split(after)]
  const table = lengths(old, fresh)
  const pieces: Piece[] = []
  const add = (kind: Piece['kind'], text: string): void => {
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += text
    else pieces.push({ kind, text })
  }
  let [i, j] = [0, 0]
  while (i < old.length || j < fresh.length) {
    const [gone, added] = [old[i], fresh[j]]
    if (gone !== undefined && gone === added) {
      add('same', gone)
      i++
      j++
    } else if (
      added === undefined ||
      (gone !== undefined && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))
    ) {
      add('gone', gone ?? '')
      i++
    } else {
      add('new', added)
      j++
    }
  }
  return pieces
}
