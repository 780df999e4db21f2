import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partsOf } from '../../client/app/mention-text.ts'
import { fromTyped, movedOnBoard, offered, POINTS, shapeThrough, toTyped } from '../../client/panels/coordinates.ts'
import { fitting, mentionables, queryBefore, toKept, toWritten } from '../../client/panels/mentions.ts'
import { inReadingOrder } from '../../client/panels/reading-order.ts'
import { point, toBoard } from '../../shared/domain/geometry.ts'
import { firmId, markId, personId, sheetId } from '../../shared/domain/ids.ts'
import { MARK_KINDS, type Mark, mentions, pointsOf } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { mm } from '../../shared/domain/units.ts'

const sheet = (id: string, order: number, part: Partial<Sheet> = {}): Sheet => ({
  id: sheetId(id),
  kind: 'pdf',
  name: id,
  firm: firmId('altamira'),
  width: 300,
  height: 400,
  mmPerUnit: 1,
  scale: 'true-size',
  place: { x: mm(0), y: mm(0), turn: 0 },
  away: false,
  order,
  ...part,
})
const pin = (id: string, on: string, x: number, y: number): Mark => ({
  id: markId(`tao_${id}`),
  author: personId('tao'),
  sheet: sheetId(on),
  shape: { kind: 'pin', at: point(x, y) },
  words: { says: 'noto', text: id },
  replies: [],
  change: null,
  version: null,
  decision: null,
  resolved: null,
  at: null,
  edited: null,
})
const texts = (marks: readonly Mark[]): string[] => marks.map(({ words }) => words.text)

describe('reading order', () => {
  it('goes down the sheet, and along a line from left to right', () => {
    const marks = [
      pin('last1', 's1', 10, 390),
      pin('right', 's1', 250, 12),
      pin('left1', 's1', 20, 20),
      pin('middle', 's1', 100, 200),
    ]
    expect(texts(inReadingOrder([sheet('s1', 1)], marks)[0]?.marks ?? [])).toEqual([
      'left1',
      'right',
      'middle',
      'last1',
    ])
  })

  it('reads a turned sheet as it lies', () => {
    const turned = sheet('s1', 1, { place: { x: mm(0), y: mm(0), turn: 2 } })
    const marks = [pin('aaaa', 's1', 10, 10), pin('bbbb', 's1', 10, 390)]
    expect(texts(inReadingOrder([turned], marks)[0]?.marks ?? [])).toEqual(['bbbb', 'aaaa'])
  })

  it('keeps the order of the sheets, shows those without marks, and leaves no mark out', () => {
    const sheets = [sheet('s2', 2), sheet('s1', 1), sheet('s3', 3)]
    const marks = [pin('two1', 's2', 1, 1), pin('one1', 's1', 1, 1), pin('two2', 's2', 1, 300)]
    const read = inReadingOrder(sheets, marks)
    expect(read.map(({ sheet: { id } }) => id)).toEqual(['s1', 's2', 's3'])
    expect(read.flatMap((one) => texts(one.marks))).toEqual(['one1', 'two1', 'two2'])
  })
})

const people = mentionables([
  { id: personId('ines'), name: 'Inés Robles', firm: 'Mezclillas Altamira' },
  { id: personId('ines2'), name: 'Inés Robles Luna', firm: 'Punto Tejamaya' },
  { id: personId('tao'), name: 'Tao Ramírez', firm: 'Taller Dedal' },
  { id: personId('tao2'), name: 'Tao Ramírez', firm: 'Punto Tejamaya' },
])

describe('mentions', () => {
  it('are kept by id, and the longer of two names is not taken for the shorter', () => {
    const kept = toKept('Pregúntale a @Inés Robles Luna, no a @Inés Robles.', people)
    expect(kept).toBe('Pregúntale a @[ines2], no a @[ines].')
    expect(mentions(kept)).toEqual(['ines2', 'ines'])
  })

  it('tell two of the same name apart by their firm', () => {
    expect(toKept('@Tao Ramírez (Punto Tejamaya)', people)).toBe('@[tao2]')
  })

  it('come back as they were written', () => {
    const handle = (id: string) => people.find((one) => one.id === id)?.handle ?? '—'
    for (const { handle: name } of people) {
      const text = `Mira, @${name}: así.`
      expect(toWritten(toKept(text, people), handle)).toBe(text)
    }
  })

  it('and links to marks of this house are cut out of a text; an address of another stays as it is', () => {
    const here = 'https://mesa.example'
    const way = '/mesas/pantalon?marca=tao_x7k2'
    expect(partsOf(`Mira ${here}${way}, @[ines]; no http://mesa.example${way} ni ${here}/grupo`, here)).toEqual([
      { text: 'Mira ' },
      { board: 'pantalon', mark: 'tao_x7k2' },
      { text: ', ' },
      { person: 'ines' },
      { text: `; no http://mesa.example${way} ni ${here}/grupo` },
    ])
    fc.assert(
      fc.property(fc.string(), (text) => {
        const back = partsOf(text, here).map((part) =>
          'text' in part
            ? part.text
            : 'person' in part
              ? `@[${part.person}]`
              : `${here}/mesas/${part.board}?marca=${part.mark}`,
        )
        expect(back.join('')).toBe(text)
      }),
    )
  })

  it('are offered after an @ that begins a word, accents or not', () => {
    const asked = (text: string) => queryBefore(text, text.length, people)
    expect(asked('hola @in')).toEqual({ from: 5, query: 'in' })
    expect(asked('correo@in')).toBeNull()
    // The name is whole, and the sentence goes on; or it was no name.
    const [{ handle } = { handle: '' }] = people
    expect(asked(`hola @${handle}`)?.query).toBe(handle)
    expect(asked(`hola @${handle} esto no`)).toBeNull()
    expect(asked('@nadie esto')?.query).toBe('nadie esto')
    expect(asked('@nadie esto no cierra ya')).toBeNull()
    expect(asked(`@${'a '.repeat(20_000)}`)).toBeNull()
    expect(fitting(people, 'ines').map(({ id }) => id)).toEqual(['ines', 'ines2'])
    expect(fitting(people, 'punto').map(({ id }) => id)).toEqual(['ines2', 'tao2'])
  })
})

describe('a place typed as numbers', () => {
  const anySheet = fc
    .record({
      turn: fc.constantFrom(0, 1, 2, 3),
      mmPerUnit: fc.constantFrom(0.1, 0.25, 1, 2),
      x: fc.integer({ min: -500, max: 500 }),
    })
    .map(({ turn, mmPerUnit, x }) =>
      sheet('s1', 1, { mmPerUnit, place: { x: mm(x), y: mm(-x), turn: turn as Sheet['place']['turn'] } }),
    )

  it('is where it is shown: typed again, it stays within the grain of what is typed', () => {
    fc.assert(
      fc.property(
        anySheet,
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom('cm', 'in'),
        (s, x, y, unit) => {
          const typed = toTyped(s, unit as 'cm', point(x, y))
          const back = fromTyped(s, unit as 'cm', Number(typed.x), Number(typed.y))
          const [a, b] = [toBoard(s, point(x, y)), toBoard(s, back ?? point(1e9, 1e9))]
          // Two decimals of an inch are 0.254 mm; half of that, in each direction.
          expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeLessThan(0.2)
        },
      ),
    )
  })

  it('counts from the corner of the sheet as it lies', () => {
    const s = sheet('s1', 1, { place: { x: mm(100), y: mm(50), turn: 1 } })
    const at = fromTyped(s, 'cm', 1, 2)
    expect(at && toBoard(s, at)).toEqual({ x: 110, y: 70 })
  })

  it('counts pixels of a photo that nobody has measured', () => {
    const photo = sheet('s1', 1, { kind: 'photo', scale: 'assumed', mmPerUnit: 0.1, width: 4000, height: 3000 })
    expect(fromTyped(photo, 'cm', 120, 80)).toEqual({ x: 120, y: 80 })
  })

  it('is refused where a number is missing or beyond any sheet', () => {
    expect(fromTyped(sheet('s1', 1), 'cm', Number.NaN, 1)).toBeNull()
    expect(fromTyped(sheet('s1', 1), 'cm', 1e7, 1)).toBeNull()
  })

  it('offers as many points as each kind needs', () => {
    for (const kind of MARK_KINDS) {
      const points = offered(sheet('s1', 1), kind)
      expect(points).toHaveLength(POINTS[kind][0])
      expect(shapeThrough(kind, points)?.kind).toBe(kind)
      expect(shapeThrough(kind, points.slice(1))).toBeNull()
    }
  })

  it('moves a whole mark to the right and down, however its sheet is turned', () => {
    fc.assert(
      fc.property(anySheet, fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), (s, right, down) => {
        const shape = { kind: 'tape', points: [point(10, 10), point(60, 90)] } as const
        const after = movedOnBoard(s, shape, right, down)
        const before = pointsOf(shape).map((p) => toBoard(s, p))
        const now = after ? pointsOf(after).map((p) => toBoard(s, p)) : []
        expect(now).toHaveLength(2)
        now.forEach((p, i) => {
          expect(p.x - (before[i]?.x ?? 0)).toBeCloseTo(right, 1)
          expect(p.y - (before[i]?.y ?? 0)).toBeCloseTo(down, 1)
        })
      }),
    )
  })
})
