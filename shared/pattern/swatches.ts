/** Cloths that a look can show, drawn by our own code in `client/proposals/swatches.ts`. */
export const TEXTURES = [
  'mezclilla',
  'gabardina',
  'popelina',
  'manta',
  'jersey',
  'rib',
  'pique',
  'felpa',
  'encaje',
  'cuero',
  'cuadros',
  'rayas',
] as const
/** Trims (*avíos, habilitación*). */
export const TRIMS = ['boton', 'broche', 'cierre', 'resorte', 'ribete', 'etiqueta', 'remache', 'ojillo'] as const

/** A look names a swatch out of this closed list, or none (''): no picture of anybody's travels in a proposal. */
export const SWATCHES = [...TEXTURES, ...TRIMS] as const
export type Swatch = (typeof SWATCHES)[number]

export const isSwatch = (text: unknown): text is Swatch => (SWATCHES as readonly unknown[]).includes(text)
export const isCloth = (swatch: Swatch): boolean => (TEXTURES as readonly Swatch[]).includes(swatch)
