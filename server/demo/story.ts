import type { Decision } from '../../shared/domain/decision.ts'
import {
  type BoardId,
  boardId,
  type CircleId,
  type CollectionId,
  circleId,
  collectionId,
  type FirmId,
  firmId,
  type MarkId,
  type PersonId,
  personId,
  type ReplyId,
  type SheetId,
} from '../../shared/domain/ids.ts'
import type { Shape, Words } from '../../shared/domain/mark.ts'
import { type FirmRole, firstLevel, type OfficeRole } from '../../shared/domain/people.ts'
import type { Place, ScaleSource, SheetKind } from '../../shared/domain/sheet.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { Level, Operation } from '../../shared/pattern/operation.ts'
import type { Machine } from '../../shared/pattern/stitches.ts'
import { before } from './clock.ts'
import { proposals } from './proposals.ts'
import { type Laid, tables } from './tables.ts'
import { voices } from './voices.ts'

/** The group that a fresh machine opens on: invented firms, invented people, invented styles. */
export interface Story {
  readonly group: { readonly name: string; readonly about: string }
  readonly firms: readonly StoryFirm[]
  readonly people: readonly StoryPerson[]
  readonly circles: readonly StoryCircle[]
  readonly collections: readonly StoryCollection[]
  readonly boards: readonly StoryBoard[]
  readonly sheets: readonly StorySheet[]
  readonly marks: readonly StoryMark[]
}

export interface StoryFirm {
  readonly id: FirmId
  readonly name: string
  readonly role: FirmRole
  /** What it does, in a line. */
  readonly about: string
  readonly machines: readonly Machine[]
}

export type StoryPerson =
  | {
      readonly id: PersonId
      readonly name: string
      readonly firm: FirmId
      readonly role: FirmRole
      readonly admin: boolean
      readonly level: Level | null
      readonly trade: string
    }
  | {
      readonly id: PersonId
      readonly name: string
      readonly firm: null
      readonly role: OfficeRole
      readonly admin: false
      readonly level: null
      readonly trade: string
    }

export interface StoryCircle {
  readonly id: CircleId
  readonly name: string
  readonly firms: readonly FirmId[]
}

export interface StoryCollection {
  readonly id: CollectionId
  readonly firm: FirmId
  readonly name: string
  readonly about: string
  readonly at: Instant
}

export interface StoryBoard {
  readonly id: BoardId
  readonly collection: CollectionId
  readonly firm: FirmId
  readonly title: string
  readonly style: string
  /** Who of the firm laid it out. */
  readonly by: PersonId
  readonly at: Instant
  readonly openings: readonly { readonly circle: CircleId; readonly from: Instant; readonly until: Instant }[]
}

export interface StorySheet {
  readonly id: SheetId
  readonly board: BoardId
  /** Path under `server/demo/assets`. */
  readonly file: string
  readonly kind: SheetKind
  readonly name: string
  /** Who of the owning firm brought it. */
  readonly by: PersonId
  /** Size in sheet units, as the file says: mm for a drawing, pixels for a photo; of a pattern's newest version, mm. */
  readonly width: number
  readonly height: number
  /** Real millimetres in one sheet unit: 1 for a drawing. */
  readonly mmPerUnit: number
  readonly scale: ScaleSource
  readonly place: Place
  readonly order: number
  readonly at: Instant
}

export interface StoryMark {
  readonly id: MarkId
  readonly board: BoardId
  readonly sheet: SheetId
  readonly author: PersonId
  readonly at: Instant
  readonly shape: Shape
  readonly words: Words
  readonly replies: readonly StoryReply[]
  readonly resolved: { readonly by: PersonId; readonly at: Instant } | null
  /** Of a proposal: what it asks for, on which version, and what the owner said. */
  readonly proposal: StoryProposal | null
}

export interface StoryProposal {
  readonly change: Operation
  readonly version: number
  readonly decision: Decision | null
}

export interface StoryReply {
  readonly id: ReplyId
  readonly author: PersonId
  readonly at: Instant
  readonly text: string
}

const firm = (id: string, name: string, role: FirmRole, about: string, ...machines: Machine[]): StoryFirm => ({
  id: firmId(id),
  name,
  role,
  about,
  machines,
})

const firms: readonly StoryFirm[] = [
  firm(
    'altamira',
    'Mezclillas Altamira',
    'mentor',
    'Pantalón, chamarra y overol de mezclilla',
    'recta',
    'recta2',
    'cadeneta',
    'codo',
    'over5',
    'invisible',
  ),
  firm(
    'jacari',
    'Uniformes Jacarí',
    'mentor',
    'Uniforme escolar, del kínder a la prepa',
    'recta',
    'zigzag',
    'over3',
    'over5',
    'invisible',
  ),
  firm(
    'tejamaya',
    'Punto Tejamaya',
    'mentor',
    'Playera y ropa de cancha en tejido de punto',
    'recta',
    'over3',
    'over4',
    'collareta',
    'flatseamer',
  ),
  firm(
    'dedal',
    'Taller Dedal de Plata',
    'trainee',
    'Maquila de camisa y blusa, doce máquinas',
    'recta',
    'over3',
    'over5',
    'mano',
  ),
  firm('jaltomate', 'Costuras Jaltomate', 'trainee', 'Maquila de falda, playera y polo', 'recta', 'over4', 'collareta'),
  firm(
    'barranca',
    'Maquila Barranca Honda',
    'trainee',
    'Armado y acabado de pantalón',
    'recta',
    'recta2',
    'codo',
    'over5',
  ),
]

const worker = (id: string, name: string, of: string, trade: string, admin = false, raised?: Level): StoryPerson => {
  const { id: firm, role } = firms.find((f) => f.id === of)!
  return { id: personId(id), name, firm, role, admin, level: raised ?? firstLevel(role), trade }
}
const office = (id: string, name: string, role: OfficeRole, trade: string): StoryPerson => ({
  id: personId(id),
  name,
  firm: null,
  role,
  admin: false,
  level: null,
  trade,
})

const people: readonly StoryPerson[] = [
  worker('ines', 'Inés Robles', 'altamira', 'Patronista', true),
  worker('rogelio', 'Rogelio Cárdenas', 'altamira', 'Jefe de corte'),
  worker('consuelo', 'Consuelo Ibarra', 'jacari', 'Diseño y muestras', true),
  worker('berta', 'Berta Solórzano', 'jacari', 'Control de calidad'),
  worker('dario', 'Darío Quintero', 'tejamaya', 'Desarrollo de producto', true),
  worker('tao', 'Tao Ramírez', 'dedal', 'Muestrista', true, 'corte'),
  worker('lupita', 'Lupita Ramírez', 'dedal', 'Recta y ojaladora'),
  worker('marisol', 'Marisol Anguiano', 'jaltomate', 'Encargada de taller', true),
  worker('chema', 'José María Becerra', 'jaltomate', 'Overlock y collareta'),
  worker('efrain', 'Efraín Orozco', 'barranca', 'Encargado de línea', true, 'diseno'),
  office('amparo', 'Amparo Villaseñor', 'facilitator', 'Universidad, facilita el grupo'),
  office('gilberto', 'Gilberto Nuño', 'association', 'Cámara del vestido'),
  office('oru', 'Oru Castellanos', 'observer', 'Secretaría de Desarrollo Económico'),
]

const circle = (id: string, name: string, ...members: string[]): StoryCircle => ({
  id: circleId(id),
  name,
  firms: members.map(firmId),
})

const circles: readonly StoryCircle[] = [
  circle('mezclilla', 'Mezclilla', 'altamira', 'dedal', 'barranca'),
  circle('escolar', 'Uniformes escolares', 'jacari', 'dedal', 'jaltomate', 'barranca'),
  circle('punto', 'Punto deportivo', 'tejamaya', 'jaltomate', 'altamira', 'jacari'),
]

const collections = (now: Instant): readonly StoryCollection[] => [
  {
    id: collectionId('trabajo'),
    firm: firmId('altamira'),
    name: 'Mezclilla de trabajo',
    about: 'Ropa que aguanta el turno completo: costuras cargadas, bolsas que no se rasgan, mezclilla de 12 onzas.',
    at: before(now, 34),
  },
  {
    id: collectionId('clases'),
    firm: firmId('jacari'),
    name: 'Regreso a clases',
    about: 'Camisa, falda y playera polo para primaria y secundaria. Que crezcan con el niño y se dejen planchar.',
    at: before(now, 29),
  },
  {
    id: collectionId('cancha'),
    firm: firmId('tejamaya'),
    name: 'Línea de cancha',
    about: 'Playeras de entrenamiento en jersey y malla. Buscamos bastillas que no se ondulen.',
    at: before(now, 26),
  },
  {
    id: collectionId('propia'),
    firm: firmId('dedal'),
    name: 'Primera línea propia',
    about: 'Nuestras primeras muestras con nombre propio. Queremos que nos digan todo.',
    at: before(now, 18),
  },
  {
    id: collectionId('filipinas'),
    firm: firmId('barranca'),
    name: 'Filipinas',
    about: 'Molde base para probar antes de ofrecer.',
    at: before(now, 12),
  },
]

const board = (
  now: Instant,
  id: string,
  collection: string,
  by: string,
  title: string,
  style: string,
  daysAgo: number,
  /** Circle, opened so many days ago (negative: still to come), open for so many days. */
  openings: readonly (readonly [circle: string, daysAgo: number, days: number])[],
): StoryBoard => ({
  id: boardId(id),
  collection: collectionId(collection),
  firm: people.find((p) => p.id === by)!.firm!,
  title,
  style,
  by: personId(by),
  at: before(now, daysAgo),
  openings: openings.map(([id, from, days]) => ({
    circle: circleId(id),
    from: before(now, from),
    until: before(now, from - days),
  })),
})

const boards = (now: Instant): readonly StoryBoard[] => [
  board(now, 'chamarra', 'trabajo', 'ines', 'Chamarra: frente, bolsas y pretina', 'CH-204', 16, [
    ['mezclilla', 14, 30],
  ]),
  board(now, 'pantalon', 'trabajo', 'ines', 'Pantalón cinco bolsas: trasero', 'PT-118', 15, [['mezclilla', 13, 30]]),
  board(now, 'camisamez', 'trabajo', 'rogelio', 'Camisa de mezclilla, talla 40', 'CM-031', 12, [
    ['mezclilla', 11, 21],
    ['punto', 4, 10],
  ]),
  board(now, 'overol', 'trabajo', 'ines', 'Overol: apenas en papel', 'OV-009', 6, []),
  board(now, 'camisaesc', 'clases', 'consuelo', 'Camisa escolar manga corta', 'UE-16', 15, [['escolar', 14, 28]]),
  board(now, 'falda', 'clases', 'consuelo', 'Falda tableada de secundaria', 'UE-22', 14, [['escolar', 12, 28]]),
  board(now, 'polo', 'clases', 'berta', 'Playera polo, uniforme de deportes', 'UE-31', 10, [
    ['escolar', 9, 21],
    ['punto', 6, 14],
  ]),
  board(now, 'playera', 'cancha', 'dario', 'Playera de entrenamiento', 'LC-05', 13, [['punto', 13, 26]]),
  board(now, 'sinmangas', 'cancha', 'dario', 'Playera sin mangas', 'LC-07', 16, [['punto', 15, 11]]),
  board(now, 'blusa', 'propia', 'tao', 'Blusa de trabajo, primera muestra', 'DP-01', 9, [
    ['mezclilla', 8, 20],
    ['escolar', 8, 20],
  ]),
  board(now, 'filipina', 'filipinas', 'efrain', 'Molde base para filipina', '', 5, [['mezclilla', -2, 14]]),
]

/**
 * The demo's whole living group as plain data, with times counted back from `now`; the same `now` gives the same story.
 * Whoever speaks on a board in it could read that board when they spoke: `tests/shared/story.test.ts` holds it to that.
 */
export const story = (now: Instant): Story => {
  const opened = boards(now)
  const laid: readonly Laid[] = tables
  return {
    group: {
      name: 'Grupo Guadalajara 2026',
      about: 'Seis empresas de la costura que se revisan el trabajo unas a otras.',
    },
    firms,
    people,
    circles,
    collections: collections(now),
    boards: opened,
    sheets: laid.map(({ board, ...sheet }) => {
      const on = opened.find((b) => b.id === board)!
      return { ...sheet, board, by: on.by, at: on.at }
    }),
    marks: [...voices(now), ...proposals(now)].sort((a, b) => a.at - b.at),
  }
}
