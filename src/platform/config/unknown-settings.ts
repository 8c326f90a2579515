// Finds misspelt FOLKMOOT_ variables, which would otherwise be silently without effect.
import { settings } from './settings.ts'
import type { Environment } from './env-file.ts'

/** One sentence for every FOLKMOOT_ variable that means nothing, with the name that was probably meant. */
export const unknownSettings = (env: Environment): string[] => {
  const known = Object.keys(settings)
  return Object.keys(env)
    .filter((name) => name.startsWith('FOLKMOOT_') && !known.includes(name))
    .slice(0, 50)
    .map((name) => {
      const shown = name.slice(0, 100).replace(/[^A-Za-z0-9_]/g, '?')
      const meant = nearest(shown, known)
      return `${shown} is not a setting and is ignored${meant ? `; did you mean ${meant}?` : '.'}`
    })
}

const nearest = (name: string, known: string[]): string | undefined => {
  const ranked = known
    .map((candidate) => ({ candidate, steps: editSteps(name.toUpperCase(), candidate) }))
    .sort((a, b) => a.steps - b.steps)
  const best = ranked[0]
  return best && best.steps <= 5 ? best.candidate : undefined
}

const editSteps = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const swap = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(swap, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
