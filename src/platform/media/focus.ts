// Reads and checks a focal point: the spot of a picture that stays visible when it is cropped.
import { Refusal } from '../../model/refusal.ts'

/** From -1 (left, bottom) to 1 (right, top); 0 is the middle. */
export interface Focus {
  x: number
  y: number
}

/** Reads the `x,y` of the API; throws Refusal('invalid') when it is not two numbers from -1 to 1. */
export function parseFocus(text: string): Focus {
  const parts = text.length > 64 ? [] : text.split(',').map((part) => part.trim())
  const [x, y] = parts.map((part) => (/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(part) ? Number(part) : Number.NaN))
  if (parts.length !== 2 || x === undefined || y === undefined) throw badFocus()
  return checkFocus({ x, y })
}

/** The same focal point; throws Refusal('invalid') when it is outside the picture. */
export function checkFocus(focus: Focus): Focus {
  const isInside = [focus.x, focus.y].every((at) => Number.isFinite(at) && Math.abs(at) <= 1)
  if (!isInside) throw badFocus()
  return { x: focus.x + 0, y: focus.y + 0 }
}

function badFocus(): Refusal {
  return new Refusal('invalid', 'The focal point must be two numbers from -1 to 1, such as "0.5,-0.2".')
}
