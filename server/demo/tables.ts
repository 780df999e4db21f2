import { type BoardId, boardId, type SheetId, sheetId } from '../../shared/domain/ids.ts'
import type { Place, ScaleSource, SheetKind } from '../../shared/domain/sheet.ts'
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

/** Sizes of the files in sheet units; the test reads the files and compares. */
const SIZES: Record<string, readonly [number, number]> = {
  'patterns/camisa-escolar-t16.svg': [1345, 870],
  'patterns/camisa-mezclilla-t40.svg': [1572, 1081],
  'patterns/playera-deportiva-m.svg': [1069, 756],
  'patterns/playera-sin-mangas-m.svg': [592, 724],
  'patterns/blusa-base-t32.svg': [1001, 657],
  'patterns/torso-base-t40.svg': [1110, 720],
  'patterns/falda-tableada-t14.svg': [1072, 704],
  'patterns/pantalon-mezclilla-habilitado-t32.svg': [927, 746],
}

const at = (x: number, y: number): Place => ({ x: mm(x), y: mm(y), turn: 0 })

const drawing = (board: string, id: string, order: number, file: string, name: string, place: Place): Laid => ({
  id: sheetId(id),
  board: boardId(board),
  file,
  kind: 'drawing',
  name,
  width: SIZES[file]![0],
  height: SIZES[file]![1],
  mmPerUnit: 1,
  scale: 'true-size',
  place,
  order,
})

export const tables: readonly Laid[] = [
  drawing(
    'pantalon',
    'pantalonpiezas',
    1,
    'patterns/pantalon-mezclilla-habilitado-t32.svg',
    'Bolsas, bata y pretina',
    at(0, 0),
  ),
  drawing('camisamez', 'camisamezpatron', 1, 'patterns/camisa-mezclilla-t40.svg', 'Patrón, talla 40', at(0, 0)),
  drawing('camisaesc', 'camisaescpatron', 1, 'patterns/camisa-escolar-t16.svg', 'Patrón, talla 16', at(0, 0)),
  drawing('falda', 'faldapatron', 1, 'patterns/falda-tableada-t14.svg', 'Patrón, talla 14', at(0, 0)),
  drawing('playera', 'playerapatron', 1, 'patterns/playera-deportiva-m.svg', 'Patrón, talla M', at(0, 0)),
  drawing('sinmangas', 'sinmangaspatron', 1, 'patterns/playera-sin-mangas-m.svg', 'Patrón, talla M', at(0, 0)),
  drawing('blusa', 'blusapatron', 1, 'patterns/blusa-base-t32.svg', 'Molde base, talla 32', at(0, 0)),
  drawing('filipina', 'filipinapatron', 1, 'patterns/torso-base-t40.svg', 'Molde base de torso', at(0, 0)),
]
