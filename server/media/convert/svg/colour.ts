import { createCanvas } from '@napi-rs/canvas'
import type { Paint } from './model.ts'

// The canvas knows all of CSS' colour names and notations; it is asked only with text that can be nothing else.
const pen = createCanvas(1, 1).getContext('2d')
const known = new Map<string, Paint | null>()
const PLAIN = /^(?:#[0-9a-f]{3,8}|[a-z]{3,24}|(?:rgb|hsl)a?\([\d\s.,%/+-]{1,60}(?:deg)?[\d\s.,%/+-]{0,60}\))$/i
const UNLIKELY = '#010203'

const ask = (text: string): Paint | null => {
  pen.fillStyle = UNLIKELY
  pen.fillStyle = text
  const said = String(pen.fillStyle)
  if (said === UNLIKELY && text.toLowerCase() !== UNLIKELY) return null
  if (/^#[0-9a-f]{6}$/i.test(said)) return { colour: said.toLowerCase(), alpha: 1 }
  const parts = /^rgba?\((\d+),\s*(\d+),\s*(\d+)(?:,\s*([\d.e-]+))?\)$/.exec(said)
  if (parts === null) return null
  const hex = [parts[1], parts[2], parts[3]].map((n) => Number(n).toString(16).padStart(2, '0')).join('')
  return { colour: `#${hex}`, alpha: parts[4] === undefined ? 1 : Number(parts[4]) }
}

/** Null for anything that is not a colour. `transparent` has alpha 0. */
export const colourOf = (text: string): Paint | null => {
  const trimmed = text.trim()
  if (!PLAIN.test(trimmed)) return null
  const found = known.get(trimmed)
  if (found !== undefined) return found
  const paint = ask(trimmed)
  if (known.size < 1_000) known.set(trimmed, paint)
  return paint
}
