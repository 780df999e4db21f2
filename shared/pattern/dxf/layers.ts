import type { LayerMeans } from '../reading.ts'

/** Layers of AAMA and ASTM D6673 that this reader knows by number; 84 to 87 are the dense copies of 1, 8, 11 and 14. */
const MEANS: Readonly<Record<number, LayerMeans>> = {
  1: 'outline',
  2: 'turn',
  3: 'curve',
  4: 'notch',
  5: 'grade-reference',
  6: 'mirror',
  7: 'grain',
  8: 'internal',
  9: 'stripe',
  10: 'plaid',
  11: 'cut-out',
  12: 'blank',
  13: 'drill',
  14: 'sew',
  15: 'note',
  19: 'text',
  26: 'grade-reference',
  80: 'notch',
  81: 'notch',
  82: 'notch',
  83: 'notch',
  84: 'quality',
  85: 'quality',
  86: 'quality',
  87: 'quality',
}

/** Names that old AAMA files give to layers, and what other programs write where the norm has a number. */
const NAMES: Readonly<Record<string, number>> = {
  cut: 1,
  outline: 1,
  boundary: 1,
  cutoutline: 1,
  draw: 8,
  ink: 8,
  drawink: 8,
  internal: 8,
  intcut: 11,
  cutout: 11,
  drill: 13,
  notch: 4,
  notches: 4,
  text: 19,
  ref: 26,
  grain: 7,
  grainline: 7,
  mirror: 6,
  fold: 6,
  sew: 14,
  seam: 14,
  annotation: 15,
}

/** The layer's number, or null where a name says nothing. `1`, `01`, `Layer 1`, `L1` and `CUT/OUTLINE` are all layer 1. */
export const layerNumber = (name: string): number | null => {
  const digits = /^(?:layer|lay|l|capa|astm|aama)?[ _-]*0*(\d{1,4})$/i.exec(name)
  if (digits) return Number(digits[1])
  const word = name.toLowerCase().replace(/[^a-z]/g, '')
  return Object.hasOwn(NAMES, word) ? NAMES[word]! : null
}

export const meansOf = (layer: number | null): LayerMeans => (layer === null ? 'none' : (MEANS[layer] ?? 'none'))
