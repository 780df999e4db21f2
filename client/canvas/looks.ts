import type { FirmId } from '../../shared/domain/ids.ts'
import type { Says } from '../../shared/domain/mark.ts'
import type { Level } from '../../shared/pattern/operation.ts'

/** The colours of `design/tokens.css`, which a canvas can't read while it draws. */
export const COLOURS = {
  paper: '#f4eee2',
  sheet: '#ffffff',
  rule: '#d8cdb8',
  edge: '#857a66',
  ink: '#1d2333',
  inkSoft: '#4f5566',
  panel: '#fcfaf5',
  done: '#2b6740',
  focus: '#1f5fd1',
  laser: '#e0261b',
  white: '#ffffff',
} as const
export const SAYS_COLOURS: Record<Says, { readonly line: string; readonly fill: string; readonly wash: string }> = {
  noto: { line: '#8a5a00', fill: '#c98712', wash: 'rgb(201 135 18 / 0.16)' },
  pregunto: { line: '#3a459f', fill: '#4c58bd', wash: 'rgb(76 88 189 / 0.14)' },
  sugiero: { line: '#a82a5f', fill: '#cf4a80', wash: 'rgb(207 74 128 / 0.14)' },
}
/** One colour for each type of proposal. */
export const LEVEL_COLOURS: Record<Level, (typeof SAYS_COLOURS)[Says]> = {
  puntada: SAYS_COLOURS.pregunto,
  corte: SAYS_COLOURS.sugiero,
  diseno: SAYS_COLOURS.noto,
}
export const FONT = '"Source Sans 3 Variable", "Source Sans 3", system-ui, sans-serif'

/** Dark enough for white letters (4.5:1 and more), and told apart by most eyes. */
const FIRM_COLOURS = ['#8a3b12', '#1f5c4d', '#3a459f', '#7a2a66', '#2f5f86', '#6b5a00', '#a02b2b', '#4b3f72']
/** The same firm has the same colour on every screen. */
export const firmColour = (firm: FirmId | string | null): string => {
  if (firm === null) return COLOURS.inkSoft
  let sum = 0
  for (const letter of firm) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0
  return FIRM_COLOURS[sum % FIRM_COLOURS.length] as string
}

/** Width of drawn lines, in screen pixels. */
export const LINE_PX = 2.5
/** Half the side of a badge, in screen pixels. */
export const BADGE_PX = 10
/** How far above its point the head of a pin sits, in screen pixels. */
export const PIN_PX = 20
/** How far from its point the head of a pin may lean where others stand, in screen pixels. */
export const FAN_PX = 72
