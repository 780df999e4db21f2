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

/** Names that old AAMA files give to layers, and what other programs and people write where the norm has a number, in English and Spanish. */
const NAMES: Readonly<Record<string, number>> = Object.fromEntries(
  (
    [
      [1, 'cut outline boundary cutoutline cutline cutting contour perimeter corte lineadecorte contorno'],
      [4, 'notch notches piquete piquetes muesca muescas'],
      [6, 'mirror mirrorline fold foldline espejo lineadeespejo doblez'],
      [7, 'grain grainline baseline hilo hilodelatela lineadehilo'],
      [8, 'draw ink drawink internal internals internalline internallines interna internas interno internos dibujo'],
      [11, 'intcut cutout cutouts internalcut calado calados'],
      [13, 'drill drills drillhole drillholes button buttons perforacion perforaciones taladro taladros'],
      [14, 'sew sewline sewing seam seamline stitch costura lineadecostura'],
      [15, 'annotation annotations note notes nota notas'],
      [19, 'text texts texto textos'],
      [26, 'ref'],
    ] as const
  ).flatMap(([layer, words]) => words.split(' ').map((word) => [word, layer])),
)

/** The layer's number, or null where a name says nothing. `1`, `01`, `Layer 1`, `L1` and `CUT/OUTLINE` are all layer 1. */
export const layerNumber = (name: string): number | null => {
  const digits = /^(?:layer|lay|l|capa|astm|aama)?[ _-]*0*(\d{1,4})$/i.exec(name)
  if (digits) return Number(digits[1])
  const word = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, '')
  return Object.hasOwn(NAMES, word) ? NAMES[word]! : null
}

export const meansOf = (layer: number | null): LayerMeans => (layer === null ? 'none' : (MEANS[layer] ?? 'none'))
