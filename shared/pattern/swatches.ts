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

/** The swatches that are drawn: a look names one of this closed list, an own one, or none (''). */
export const SWATCHES = [...TEXTURES, ...TRIMS] as const
export type Swatch = (typeof SWATCHES)[number]

declare const sent: unique symbol
/** Names a picture that somebody sent as a swatch: 2 to 32 of [a-z0-9], made by the server. */
export type SwatchId = string & { readonly [sent]: 'swatch' }

/** A swatch that somebody brings: a picture of their firm's. A proposal carries its name and size; the picture is asked for by its id. */
export interface OwnSwatch {
  readonly own: SwatchId
  /** What it is, in one line: for the list, and for who doesn't see the picture. */
  readonly name: string
  /** How wide what the picture shows is on the cloth, mm. */
  readonly across: number
}
/** Longest name; narrowest and widest, mm; and how wide one lies until somebody says. */
export const OWN_SWATCH = { name: 80, min: 2, max: 3000, start: 100 } as const

export const isSwatch = (text: unknown): text is Swatch => (SWATCHES as readonly unknown[]).includes(text)
export const isCloth = (swatch: Swatch): boolean => (TEXTURES as readonly Swatch[]).includes(swatch)
export const isOwnSwatch = (swatch: Swatch | OwnSwatch | ''): swatch is OwnSwatch => typeof swatch === 'object'
