/** What stands on printed patterns. Counts and names come from the pattern. */
export interface PaperWords {
  readonly size: string
  readonly sizes: string
  readonly cut: (drawn: number, mirrored: number, onFold: boolean) => string
  readonly material: string
  readonly grain: string
  readonly fold: string
  readonly page: (page: number, pages: number) => string
  readonly square: string
  readonly squareHelp: string
  readonly join: string
  readonly map: string
  readonly cutLine: string
  readonly sewLine: string
  readonly printed: string
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

export const PAPER_WORDS: Readonly<Record<'es' | 'en', PaperWords>> = {
  es: {
    size: 'Talla',
    sizes: 'Tallas',
    cut: (drawn, mirrored, onFold) =>
      `Cortar ${count(drawn + mirrored, 'pieza', 'piezas')}${onFold ? ' al doblez' : ''}${mirrored > 0 ? ` (${mirrored} en espejo)` : ''}`,
    material: 'Tela',
    grain: 'hilo de la tela',
    fold: 'doblez',
    page: (page, pages) => `Hoja ${page} de ${pages}`,
    square: '10 cm',
    squareHelp: 'Este cuadro mide 10 × 10 cm. Imprime al 100 %, sin ajustar a la hoja, y mídelo antes de cortar.',
    join: 'Encima cada hoja sobre la marca de su vecina hasta que los rombos coincidan, y pégalas por renglones.',
    map: 'Plano de las hojas',
    cutLine: 'línea de corte',
    sewLine: 'línea de costura',
    printed: 'Hecho con Puntada',
  },
  en: {
    size: 'Size',
    sizes: 'Sizes',
    cut: (drawn, mirrored, onFold) =>
      `Cut ${drawn + mirrored}${onFold ? ' on the fold' : ''}${mirrored > 0 ? ` (${mirrored} mirrored)` : ''}`,
    material: 'Fabric',
    grain: 'grain',
    fold: 'fold',
    page: (page, pages) => `Page ${page} of ${pages}`,
    square: '10 cm',
    squareHelp:
      'This square measures 10 × 10 cm. Print at 100 %, without fitting to the page, and measure it before you cut.',
    join: 'Lay each page over the mark of its neighbour until the diamonds meet, and glue row by row.',
    map: 'Map of the pages',
    cutLine: 'cut line',
    sewLine: 'sew line',
    printed: 'Made with Puntada',
  },
}
