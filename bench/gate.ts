import * as Y from 'yjs'
import { admit, apply, newBoardDoc } from '../server/rooms/gate.ts'
import { marksOf, sheetsOf } from '../shared/document/read.ts'
import { type Intent, write } from '../shared/document/write.ts'
import { point } from '../shared/domain/geometry.ts'
import { type MarkId, markId, replyId } from '../shared/domain/ids.ts'
import type { Shape } from '../shared/domain/mark.ts'
import type { Actor } from '../shared/domain/people.ts'
import { board, NOON, sheet, tao } from '../tests/support/people.ts'
import { type Chance, chance } from '../tests/support/seeds.ts'
import { type Row, type RunOptions, round as rounded } from './row.ts'

const SIZES = [10_000, 100_000]
/** Client ids that a document has seen: ids are lent again, so that there are few. */
const CLIENTS = 20
const SAMPLES = 400
const WARM_UP = 300
const WRITER = 77

const stroke = (random: Chance, i: number): Shape =>
  i % 2 === 0
    ? { kind: 'pin', at: point(random.below(400), random.below(600)) }
    : {
        kind: 'pen',
        points: Array.from({ length: 24 }, () => ({ ...point(random.below(400), random.below(600)), pressure: 0.5 })),
      }

const newMark = (random: Chance, id: MarkId, i: number): Intent => ({
  do: 'add',
  mark: {
    id,
    sheet: sheet.id,
    shape: stroke(random, i),
    words: { says: 'sugiero', text: 'Bajar el escote un centímetro y rematar con pespunte.' },
    done: false,
    replies: [],
  },
})

const build = (marks: number, random: Chance): Uint8Array => {
  const doc = newBoardDoc()
  sheetsOf(doc).set(sheet.id, { ...sheet, place: { ...sheet.place } })
  for (let client = 0; client < CLIENTS; client++) {
    doc.clientID = 1000 + client
    doc.transact(() => {
      for (let i = client; i < marks; i += CLIENTS)
        write(doc, newMark(random, markId(`otro_${i.toString(36).padStart(6, '0')}`), i), null)
    })
  }
  return Y.encodeStateAsUpdate(doc)
}

/** The updates of one writer: marks added, then each moved, replied to and deleted, in groups of one kind. */
const script = (state: Uint8Array, random: Chance, actor: Actor): Map<string, Uint8Array[]> => {
  const doc = newBoardDoc()
  Y.applyUpdate(doc, state)
  doc.clientID = WRITER
  const kinds = new Map<string, Uint8Array[]>()
  let kind = ''
  doc.on('update', (update: Uint8Array) => kinds.get(kind)?.push(update))
  const group = (name: string, intent: (i: number) => Intent): void => {
    kind = name
    kinds.set(name, [])
    for (let i = 0; i < SAMPLES + WARM_UP; i++) write(doc, intent(i), null)
  }
  const own = (i: number): MarkId => markId(`${actor.id}_${i.toString(36).padStart(6, '0')}`)
  const others = [...marksOf(doc).keys()].filter((id) => id.startsWith('otro')) as MarkId[]
  group('add', (i) => newMark(random, own(i), i))
  group('move', (i) => ({ do: 'move', mark: own(i), shape: stroke(random, i) }))
  group('reply', (i) => ({
    do: 'reply',
    mark: others[(i * 7919) % others.length] as MarkId,
    reply: replyId(`${actor.id}_${i.toString(36).padStart(6, '0')}`),
    text: 'De acuerdo, lo probamos el martes.',
  }))
  group('delete', (i) => ({ do: 'delete', mark: own(i) }))
  return kinds
}

const percentile = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] as number
}

/**
 * One update judged and applied against `Y.applyUpdate` alone, on two equal documents, in turn for each update, in
 * microseconds. `ratio` is the quotient of the medians, for `ours` of the worse size; `growth` is what the larger document costs
 * more.
 */
export async function* run(options: RunOptions): AsyncIterable<Row> {
  const rows: Row[] = []
  for await (const row of sizes(options)) {
    rows.push(row)
    yield row
  }
  for (let round = 1; round <= options.rounds; round++) {
    const of = (metric: string): number[] =>
      SIZES.map((size) => {
        const found = rows.find((r) => r.subject === `ours ${size}` && r.metric === metric && r.round === round)
        return found?.value ?? Number.NaN
      })
    const p50 = of('p50')
    const row = (metric: string, value: number): Row => ({
      bench: 'gate',
      subject: 'ours',
      metric,
      value: rounded(value),
      unit: 'x',
      round,
    })
    yield row('ratio', Math.max(...of('ratio')))
    yield row('growth', p50.at(-1)! / p50[0]!)
  }
}

async function* sizes({ rounds }: RunOptions): AsyncIterable<Row> {
  for (const size of SIZES) {
    const state = build(size, chance(size))
    const actor: Actor = { ...tao }
    for (let round = 1; round <= rounds; round++) {
      const judged = newBoardDoc()
      const bare = newBoardDoc()
      Y.applyUpdate(judged, state)
      Y.applyUpdate(bare, state)
      const all: [ours: number, alone: number][] = []
      for (const [kind, updates] of script(state, chance(round), actor)) {
        const times: [ours: number, alone: number][] = []
        const ours = (update: Uint8Array): number => {
          const began = performance.now()
          const admission = admit(judged, update, { client: WRITER, actor, board, now: NOON, swatch: () => null })
          if (!admission.ok || !apply(judged, admission, WRITER, null)) throw new Error(`refused: ${kind}`)
          return (performance.now() - began) * 1000
        }
        const alone = (update: Uint8Array): number => {
          const began = performance.now()
          Y.applyUpdate(bare, update, null)
          return (performance.now() - began) * 1000
        }
        updates.forEach((update, i) => {
          if (i % 2 === 0) {
            const first = ours(update)
            times.push([first, alone(update)])
          } else {
            const first = alone(update)
            times.push([ours(update), first])
          }
        })
        times.splice(0, WARM_UP)
        all.push(...times)
        yield* lines(times, size, `${kind} `, round)
      }
      yield* lines(all, size, '', round)
    }
  }
}

function* lines(times: readonly [number, number][], size: number, kind: string, round: number): Iterable<Row> {
  const line = (who: string, metric: string, value: number, unit: string): Row => ({
    bench: 'gate',
    subject: `${who} ${size}`,
    metric: `${kind}${metric}`,
    value: rounded(value),
    unit,
    round,
  })
  const ours = times.map(([one]) => one)
  const alone = times.map(([, one]) => one)
  yield line('ours', 'p50', percentile(ours, 0.5), 'µs')
  yield line('ours', 'p95', percentile(ours, 0.95), 'µs')
  yield line('yjs', 'p50', percentile(alone, 0.5), 'µs')
  yield line('yjs', 'p95', percentile(alone, 0.95), 'µs')
  yield line('ours', 'ratio', percentile(ours, 0.5) / percentile(alone, 0.5), 'x')
}
