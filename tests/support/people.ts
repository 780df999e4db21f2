import type { SwatchFacts } from '../../shared/access/rules.ts'
import type { Board } from '../../shared/domain/board.ts'
import { boardId, circleId, collectionId, firmId, personId, sheetId } from '../../shared/domain/ids.ts'
import { type Actor, firstLevel } from '../../shared/domain/people.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { instant, mm } from '../../shared/domain/units.ts'

/** The same few people in every test: Inés' firm shows its work to a circle with Tao's; Oru runs the room; Zoe is a stranger. */
export const NOON = instant(Date.UTC(2026, 10, 23, 18))
export const HOUR = 3_600_000

const taller = firmId('taller')
const hilo = firmId('hilo')
const lejos = firmId('lejos')
export const circle = circleId('mezclilla')

const person = (
  id: string,
  firm: typeof taller,
  role: 'mentor' | 'trainee',
  circles: readonly (typeof circle)[],
): Actor => ({
  id: personId(id),
  name: id,
  firm,
  role,
  admin: false,
  level: firstLevel(role),
  circles,
})

/** Mentor, of the firm that owns the board. */
export const ines = person('ines', taller, 'mentor', [circle])
/** Trainee of another firm in the same circle. */
export const tao = person('tao', hilo, 'trainee', [circle])
/** Colleague of Tao. */
export const uma = person('uma', hilo, 'trainee', [circle])
/** Of a firm that the board is not open to. */
export const zoe = person('zoe', lejos, 'mentor', [])
/** Facilitator: runs the room, holds no designs. */
export const oru: Actor = {
  id: personId('oru'),
  name: 'oru',
  firm: null,
  role: 'facilitator',
  admin: false,
  level: null,
  circles: [],
}
export const everybody: readonly Actor[] = [ines, tao, uma, zoe, oru]

export const board: Board = {
  id: boardId('mesa1'),
  collection: collectionId('otono'),
  firm: taller,
  title: 'Falda recta',
  style: 'FR-12',
  at: NOON,
  openings: [{ circle, from: NOON, until: instant(NOON + 8 * HOUR) }],
}

export const sheet: Sheet = {
  id: sheetId('hoja1'),
  kind: 'drawing',
  name: 'Delantero',
  firm: taller,
  width: 400,
  height: 600,
  mmPerUnit: 1,
  scale: 'true-size',
  place: { x: mm(0), y: mm(0), turn: 0 },
  away: false,
  order: 1,
}

/** What was sent as swatches: Tao's linen and Inés' tulle to the board, and corduroy of Tao's firm to another one. */
export const swatches: ReadonlyMap<string, SwatchFacts> = new Map([
  ['lino', { firm: hilo, board: board.id }],
  ['tul', { firm: taller, board: board.id }],
  ['pana', { firm: hilo, board: boardId('mesa2') }],
])

/** A pattern of Inés' firm, at its third version. */
export const patternSheet: Sheet = {
  ...sheet,
  id: sheetId('patron1'),
  kind: 'pattern',
  name: 'Falda recta',
  place: { x: mm(500), y: mm(0), turn: 0 },
  order: 2,
  version: 3,
}
