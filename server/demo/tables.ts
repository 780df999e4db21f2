import { type BoardId, boardId, type SheetId, sheetId } from '../../shared/domain/ids.ts'
import { ASSUMED_LONG_SIDE_MM, type Place, type ScaleSource, type SheetKind } from '../../shared/domain/sheet.ts'
import { mm } from '../../shared/domain/units.ts'

/** A sheet as it was laid on its table. */
export interface Laid {
  readonly id: SheetId
  readonly board: BoardId
  readonly file: string
  readonly kind: SheetKind
  readonly name: string
  readonly width: number
  readonly height: number
  readonly mmPerUnit: number
  readonly scale: ScaleSource
  readonly place: Place
  readonly order: number
}

/** Sizes of the files in sheet units: millimetres of a drawing, pixels of a photo. The test reads the files and compares. */
const SIZES = {
  'flats/camisa-escolar.svg': [420, 297],
  'flats/chamarra.svg': [420, 297],
  'flats/falda-tableada.svg': [420, 297],
  'flats/overol.svg': [420, 297],
  'flats/pantalon.svg': [420, 297],
  'flats/polo-deportiva.svg': [420, 297],
  'patterns/blusa-base-t32.svg': [1001, 657],
  'patterns/camisa-escolar-t16.svg': [1345, 870],
  'patterns/camisa-mezclilla-t40.svg': [1572, 1081],
  'patterns/falda-tableada-t14.svg': [1072, 704],
  'patterns/pantalon-mezclilla-habilitado-t32.svg': [927, 746],
  'patterns/playera-deportiva-m.svg': [1069, 756],
  'patterns/playera-sin-mangas-m.svg': [592, 724],
  'patterns/torso-base-t40.svg': [1110, 720],
  'photos/bastilla-mezclilla.webp': [2400, 1600],
  'photos/bastilla-punto.webp': [2400, 1600],
  'photos/bolsa-trasera.webp': [2400, 1680],
  'photos/costura-cargada.webp': [2400, 1600],
  'photos/tabla-escolar.webp': [1680, 2400],
} as const
type File = keyof typeof SIZES
/** Graded patterns, and the size of their sheets with the newest version, mm. */
const PATTERNS = {
  'patterns/blusa-graduada.json': [1086.63, 661.799252],
  'patterns/playera-graduada.json': [803.64, 1034.136873],
} as const

/** A tape measure lies in the photos: 20 pixels to the millimetre. */
const MEASURED = 0.05

const at = (x: number, y: number): Place => ({ x: mm(x), y: mm(y), turn: 0 })

const drawing = (board: string, id: string, order: number, file: File, name: string, place: Place): Laid => ({
  id: sheetId(id),
  board: boardId(board),
  file,
  kind: 'drawing',
  name,
  width: SIZES[file][0],
  height: SIZES[file][1],
  mmPerUnit: 1,
  scale: 'true-size',
  place,
  order,
})

const pattern = (
  board: string,
  id: string,
  order: number,
  file: keyof typeof PATTERNS,
  name: string,
  place: Place,
): Laid => ({
  id: sheetId(id),
  board: boardId(board),
  file,
  kind: 'pattern',
  name,
  width: PATTERNS[file][0],
  height: PATTERNS[file][1],
  mmPerUnit: 1,
  scale: 'true-size',
  place,
  order,
})

/** A photo whose scale somebody took from the tape in it, or, without one, laid down as large as the table assumes. */
const photo = (
  board: string,
  id: string,
  order: number,
  file: File,
  name: string,
  place: Place,
  scale: 'measured' | 'assumed' = 'measured',
): Laid => {
  const [width, height] = SIZES[file]
  const mmPerUnit = scale === 'measured' ? MEASURED : ASSUMED_LONG_SIDE_MM / Math.max(width, height)
  return {
    id: sheetId(id),
    board: boardId(board),
    file,
    kind: 'photo',
    name,
    width,
    height,
    mmPerUnit,
    scale,
    place,
    order,
  }
}

export const tables: readonly Laid[] = [
  drawing('chamarra', 'chamarraplano', 1, 'flats/chamarra.svg', 'Dibujo técnico', at(0, 0)),
  photo(
    'chamarra',
    'chamarrafoto',
    2,
    'photos/costura-cargada.webp',
    'Costadillo, primera muestra',
    at(450, 0),
    'assumed',
  ),

  drawing('pantalon', 'pantalonplano', 1, 'flats/pantalon.svg', 'Dibujo técnico', at(0, 0)),
  photo('pantalon', 'bolsafoto', 2, 'photos/bolsa-trasera.webp', 'Esquina de bolsa trasera', at(450, 0)),
  photo('pantalon', 'bastillafoto', 3, 'photos/bastilla-mezclilla.webp', 'Bastilla después de lavar', at(450, 104)),
  drawing(
    'pantalon',
    'pantalonpiezas',
    4,
    'patterns/pantalon-mezclilla-habilitado-t32.svg',
    'Bolsas, bata y pretina',
    at(600, 0),
  ),

  drawing('camisamez', 'camisamezpatron', 1, 'patterns/camisa-mezclilla-t40.svg', 'Patrón, talla 40', at(0, 0)),

  drawing('overol', 'overolplano', 1, 'flats/overol.svg', 'Dibujo técnico', at(0, 0)),

  drawing('camisaesc', 'camisaescplano', 1, 'flats/camisa-escolar.svg', 'Dibujo técnico', at(0, 0)),
  drawing('camisaesc', 'camisaescpatron', 2, 'patterns/camisa-escolar-t16.svg', 'Patrón, talla 16', at(450, 0)),

  drawing('falda', 'faldaplano', 1, 'flats/falda-tableada.svg', 'Dibujo técnico', at(0, 0)),
  photo('falda', 'tablafoto', 2, 'photos/tabla-escolar.webp', 'Tabla cosida, segunda muestra', at(70, 320), 'assumed'),
  drawing('falda', 'faldapatron', 3, 'patterns/falda-tableada-t14.svg', 'Patrón, talla 14', at(450, 0)),

  drawing('polo', 'poloplano', 1, 'flats/polo-deportiva.svg', 'Dibujo técnico', at(0, 0)),

  photo('playera', 'playerafoto', 1, 'photos/bastilla-punto.webp', 'Bastilla en collareta', at(0, 0)),
  drawing('playera', 'playerapatron', 2, 'patterns/playera-deportiva-m.svg', 'Patrón, talla M', at(150, 0)),
  pattern('playera', 'playeranido', 3, 'patterns/playera-graduada.json', 'Graduado, CH a XXG', at(1260, 0)),

  drawing('sinmangas', 'sinmangaspatron', 1, 'patterns/playera-sin-mangas-m.svg', 'Patrón, talla M', at(0, 0)),

  drawing('blusa', 'blusapatron', 1, 'patterns/blusa-base-t32.svg', 'Molde base, talla 32', at(0, 0)),
  pattern('blusa', 'blusanido', 2, 'patterns/blusa-graduada.json', 'Graduado, 28 a 36', at(1040, 0)),

  drawing('filipina', 'filipinapatron', 1, 'patterns/torso-base-t40.svg', 'Molde base de torso', at(0, 0)),
]
