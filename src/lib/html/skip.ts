// Leaves out elements that go whole, but rescues the TeX source of formulas.
import { DROPPED_WHOLE } from './allow-list.ts'
import { cleanControls } from './escape.ts'

/** Each call answers whether the event lies inside (or opens or closes) something that is left out. */
export interface Skip {
  open(tag: string, attrs: ReadonlyMap<string, string>, selfClosing: boolean): boolean
  close(tag: string): boolean
  text(data: string): boolean
}

const FOREIGN = new Set(['svg', 'math'])
const MAX_FORMULA = 2000

/** Formulas (`<math>` with an `application/x-tex` annotation, FEP-dc88) are handed to `say` as `$...$`. */
export function createSkip(say: (text: string) => void): Skip {
  let root = ''
  let depth = 0
  let formula: string | undefined
  return {
    open(tag, attrs, selfClosing) {
      if (root === '') {
        if (!DROPPED_WHOLE.has(tag)) return false
        if (selfClosing && FOREIGN.has(tag)) return true
        root = tag
        depth = 1
        return true
      }
      if (tag === root) depth++
      if (root === 'math' && tag === 'annotation' && attrs.get('encoding') === 'application/x-tex')
        formula = ''
      return true
    },
    close(tag) {
      if (root === '') return DROPPED_WHOLE.has(tag)
      if (tag === 'annotation' && formula !== undefined) {
        if (formula.trim() !== '') say(`$${formula.trim()}$`)
        formula = undefined
      }
      if (tag === root) depth--
      if (depth === 0) {
        root = ''
        formula = undefined
      }
      return true
    },
    text(data) {
      if (root === '') return false
      if (formula !== undefined && formula.length < MAX_FORMULA)
        formula += cleanControls(data).slice(0, MAX_FORMULA)
      return true
    },
  }
}
