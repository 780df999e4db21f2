import type { Decision } from '../../shared/domain/decision.ts'
import { point } from '../../shared/domain/geometry.ts'
import { markId, personId, replyId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { EdgeId, PieceId } from '../../shared/pattern/model.ts'
import type { Operation } from '../../shared/pattern/operation.ts'
import { before } from './clock.ts'
import type { Answer } from './hand.ts'
import type { StoryMark } from './story.ts'
import { tables } from './tables.ts'

const edge = (id: string): EdgeId => id as EdgeId
const piece = (id: string): PieceId => id as PieceId

interface Proposed {
  readonly sheet: 'playeranido' | 'blusanido' | 'bolsafoto'
  readonly who: string
  readonly key: string
  readonly daysAgo: number
  /** The version that it was made on. */
  readonly version: number
  /** Where its badge stands, sheet mm, or pixels of a photo: the middle of what it is about. */
  readonly at: readonly [number, number]
  readonly text: string
  readonly change: Operation
  readonly answers?: readonly Answer[]
  readonly decided?: {
    readonly is: 'accepted' | 'declined' | 'asked'
    readonly by: string
    readonly daysAgo: number
    readonly reason?: string
    readonly version?: number
  }
}

const proposed: readonly Proposed[] = [
  {
    sheet: 'playeranido',
    who: 'consuelo',
    key: 'largocuerpo',
    daysAgo: 6.4,
    version: 1,
    at: [194, 724],
    text: 'Largo de cuerpo: al levantar los brazos se sale del short. Alargar 2 cm delantero y espalda, por abajo de la sisa para no mover el costado de arriba.',
    change: { op: 'lengthen', pieces: [piece('delantero'), piece('espalda')], at: 0.6, by: 20 },
    answers: [
      ['dario', 6.1, '¿En todas las tallas o nada más de la G para arriba?'],
      ['consuelo', 5.9, 'En todas. En la CH también se sale.'],
    ],
    decided: { is: 'accepted', by: 'dario', daysAgo: 5.6, reason: 'Probado en la cancha con la M. Va.', version: 2 },
  },
  {
    sheet: 'playeranido',
    who: 'rogelio',
    key: 'entalle',
    daysAgo: 5.2,
    version: 2,
    at: [337, 494],
    text: 'Costado del delantero: cae como tubo. Entallar 0.5 cm en la parte media.',
    change: {
      op: 'ease',
      edge: edge('delantero.costado'),
      from: 0.2,
      to: 0.8,
      atFrom: -5,
      atTo: -5,
    },
    answers: [['chema', 5.0, 'Ojo: la espalda se queda como está y los costados ya no casan.']],
    decided: {
      is: 'declined',
      by: 'dario',
      daysAgo: 4.6,
      reason:
        'La de entrenamiento va recta: encima llevan casaca y se les pega. Además habría que entallar también la espalda.',
    },
  },
  {
    sheet: 'playeranido',
    who: 'chema',
    key: 'collareta',
    daysAgo: 3.3,
    version: 2,
    at: [250, 980],
    text: 'Bastillas de cuerpo y manga: se ondulan en jersey y sobra 1 cm de tela por dentro. Collareta de dos agujas a 6.4 mm, 12 puntadas por pulgada, y el margen de 3 cm baja a 2.',
    change: {
      op: 'stitch',
      edges: [edge('delantero.bastilla'), edge('espalda.bastilla'), edge('manga.bastilla')],
      stitch: '406',
      seam: 6,
      spi: 12,
      needles: 2,
      gauge: 6.4,
      thread: 'Tex 27',
      allowance: 20,
    },
    answers: [
      ['dario', 3.0, '¿Con 2 cm alcanza a doblar en tu máquina?'],
      ['chema', 2.9, 'Sí, mi guía es de 1.9. Con 3 se me hace bolsa.'],
    ],
  },
  {
    sheet: 'playeranido',
    who: 'ines',
    key: 'escotealto',
    daysAgo: 1.6,
    version: 2,
    at: [126, 113],
    text: 'Escote del delantero: sigue quedando hondo al agacharse. Subirlo 0.8 cm al centro, sin mover el hombro.',
    change: { op: 'neckline', edge: edge('delantero.escote'), drop: -8, widen: 0, centre: 'end' },
    answers: [['marisol', 1.1, 'En nuestra prueba también se abría. Con eso basta.']],
  },
  {
    sheet: 'playeranido',
    who: 'berta',
    key: 'mangacolor',
    daysAgo: 0.7,
    version: 2,
    at: [252, 880],
    text: 'Mangas: con el cuerpo blanco se pierde el número desde la banca. Azul rey en las dos.',
    change: {
      op: 'look',
      piece: piece('manga'),
      kind: 'color',
      colour: '#1f4e9a',
      swatch: '',
      words: 'Azul rey, mismo jersey',
    },
  },
  {
    sheet: 'blusanido',
    who: 'consuelo',
    key: 'pinzacorta',
    daysAgo: 4.8,
    version: 1,
    at: [500, 318],
    text: 'Pinza de costado: la punta llega casi al vértice y hace pico. Acortarla 2 cm.',
    change: {
      op: 'dartLength',
      in: edge('delantero.pinza-costado'),
      out: edge('delantero.pinza-costado-2'),
      by: -20,
    },
    answers: [['lupita', 4.5, 'Sí se nota al planchar. Corta la puedo coser al ras.']],
    decided: {
      is: 'accepted',
      by: 'tao',
      daysAgo: 4.2,
      reason: 'Gracias, la corté en manta y ya no hace pico.',
      version: 2,
    },
  },
  {
    sheet: 'blusanido',
    who: 'rogelio',
    key: 'mangamas',
    daysAgo: 3.5,
    version: 2,
    at: [848, 470],
    text: 'Largo de manga: al estirar el brazo se sube 3 cm. Alargar 2 cm.',
    change: { op: 'lengthen', pieces: [piece('manga')], at: 0.5, by: 20 },
    decided: {
      is: 'declined',
      by: 'tao',
      daysAgo: 3.1,
      reason: 'Todavía le falta el puño de 5 cm. Con 2 más quedaría sobre la mano.',
    },
  },
  {
    sheet: 'blusanido',
    who: 'marisol',
    key: 'overcinco',
    daysAgo: 2.2,
    version: 2,
    at: [584, 250],
    text: 'Costados: recta y overlock aparte son dos pasadas. Cerrar en over de 5 hilos, 10 puntadas por pulgada, con margen de 1.2 cm.',
    change: {
      op: 'stitch',
      edges: [edge('delantero.costado'), edge('delantero.costado-2'), edge('espalda.costado')],
      stitch: '516',
      seam: 1,
      spi: 10,
      needles: 2,
      gauge: 5,
      thread: 'Tex 40',
      allowance: 12,
    },
    answers: [['lupita', 1.9, 'Nuestra over es de 3. ¿Aguanta recta con over de 3 y el mismo margen?']],
  },
  {
    sheet: 'blusanido',
    who: 'berta',
    key: 'cierrecentro',
    daysAgo: 1.7,
    version: 2,
    at: [33, 244],
    text: 'Centro de espalda: con 1 cm no se alcanza a pegar el cierre sin que se vea la orilla. Margen de 2 cm.',
    change: { op: 'allowance', edges: [edge('espalda.centro')], allowance: 20, corner: 'mitre' },
    decided: { is: 'asked', by: 'tao', daysAgo: 1.4, reason: '¿Pensabas en cierre invisible o a la vista?' },
  },
  {
    sheet: 'blusanido',
    who: 'ines',
    key: 'escotebajo',
    daysAgo: 0.9,
    version: 2,
    at: [364, 77],
    text: 'Escote del delantero: aprieta al abotonar el cuello. Bajarlo 1 cm al centro.',
    change: { op: 'neckline', edge: edge('delantero.escote'), drop: 10, widen: 0, centre: 'end' },
  },
  {
    sheet: 'bolsafoto',
    who: 'efrain',
    key: 'remachecobre',
    daysAgo: 1.2,
    version: 1,
    at: [1200, 840],
    text: 'Esquina de bolsa: con remache de cobre se refuerza y combina con el pespunte. Uno en cada esquina.',
    change: {
      op: 'lookArea',
      area: [0.4, 0.4, 0.6, 0.4, 0.6, 0.6, 0.4, 0.6],
      kind: 'habilitacion',
      colour: '',
      swatch: 'remache',
      words: 'Cobre viejo, 9 mm',
    },
    answers: [['rogelio', 0.8, '¿Aguanta la lavada con piedra sin manchar?']],
  },
]

const written = (now: Instant, one: Proposed): StoryMark => {
  const laid = tables.find(({ id }) => id === one.sheet)
  if (!laid) throw new RangeError(one.sheet)
  const { decided } = one
  const decision: Decision | null = decided
    ? {
        is: decided.is,
        at: before(now, decided.daysAgo),
        by: personId(decided.by),
        reason: decided.reason ?? null,
        until: null,
        version: decided.version ?? null,
        change: null,
      }
    : null
  return {
    id: markId(`${one.who}_${one.key}`),
    board: laid.board,
    sheet: laid.id,
    author: personId(one.who),
    at: before(now, one.daysAgo),
    shape: { kind: 'proposal', at: point(...one.at) },
    words: { says: 'sugiero', text: one.text },
    replies: (one.answers ?? []).map(([who, daysAgo, text], i) => ({
      id: replyId(`${who}_${one.key}${i + 1}`),
      author: personId(who),
      at: before(now, daysAgo),
      text,
    })),
    resolved: null,
    proposal: { change: one.change, version: one.version, decision },
  }
}

/** What was proposed on the demo's patterns. */
export const proposals = (now: Instant): readonly StoryMark[] => proposed.map((one) => written(now, one))
