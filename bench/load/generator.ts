import { monitorEventLoopDelay } from 'node:perf_hooks'
import * as Y from 'yjs'
import { readMark } from '../../shared/document/read.ts'
import { write } from '../../shared/document/write.ts'
import { markId, sheetId } from '../../shared/domain/ids.ts'
import type { SheetUnit } from '../../shared/domain/units.ts'
import { awarenessFrame, hear, hello, updateFrame } from './dialect.ts'
import { readDocument } from './document.ts'
import type { Job, Outcome, Seat, Told } from './job.ts'
import { openLedger } from './ledger.ts'
import { pace } from './pace.ts'
import { type OnFrame, openWire, type Wire } from './socket.ts'

/**
 * The load generator, in a process of its own: everybody's hands and eyes. One job, told over IPC, then it ends.
 */
const tell = (told: Told): void => {
  process.send?.(told)
}
const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Resolves when `done` says so, asked every 5 ms, or after `ms`. */
const until = async (done: () => boolean, ms: number): Promise<boolean> => {
  const end = performance.now() + ms
  while (!done()) {
    if (performance.now() > end) return false
    await after(5)
  }
  return true
}

const openAll = async (seats: readonly Seat[], onFrame: (viewer: number) => OnFrame): Promise<Wire[]> => {
  const wires: Wire[] = []
  for (let i = 0; i < seats.length; i += 10)
    wires.push(...(await Promise.all(seats.slice(i, i + 10).map((seat, j) => openWire(seat, onFrame(i + j))))))
  return wires
}

/** What the two kinds of traffic differ in. */
interface Traffic {
  readonly ready: () => Promise<void>
  readonly act: (person: number) => void
  readonly stored: () => Promise<number | null>
}

/** Everything that the kinds of traffic share. */
const perform = async (job: Job): Promise<Outcome> => {
  const people = job.seats.length
  const most = 64 + Math.ceil(job.hz * (job.warm + job.seconds + 2))
  const ledger = openLedger(people, most)
  const wires: Wire[] = []
  const traffic = job.does === 'presence' ? presence(job, ledger, wires) : edits(job, ledger, wires)
  wires.push(...(await openAll(job.seats, traffic.onFrame)))
  for (const wire of wires) for (const frame of hello(job.dialect, job.document)) wire.send(frame)
  await traffic.ready()

  const stop = pace(people, job.hz, traffic.act)
  await after(job.warm * 1000)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const processor = process.cpuUsage()
  const bytes = (of: 'received' | 'sent'): number => wires.reduce((sum, wire) => sum + wire[of], 0)
  const [received, sent] = [bytes('received'), bytes('sent')]
  const begin = performance.now()
  ledger.begin(begin)
  tell({ told: 'begin' })
  await after(job.seconds * 1000)
  const end = performance.now()
  ledger.end(end)
  stop()
  tell({ told: 'end' })
  delay.disable()
  const used = process.cpuUsage(processor)
  const [down, up] = [bytes('received') - received, bytes('sent') - sent]

  await until(() => ledger.upToDate() === ledger.pairs, job.drain * 1000)
  const settled = performance.now() - end
  const upToDate = ledger.upToDate() / ledger.pairs
  const delays = ledger.close(performance.now())
  const stored = await traffic.stored()
  const cut = wires.filter((wire) => wire.ended !== null)
  for (const wire of wires) wire.close()
  const lasted = (end - begin) / 1000
  return {
    p50: delays.quantile(0.5),
    p95: delays.quantile(0.95),
    p99: delays.quantile(0.99),
    max: delays.max,
    sent: ledger.measured,
    samples: delays.count,
    upToDate,
    stored,
    settled,
    down: down / lasted,
    up: up / lasted,
    cut: cut.length,
    cutBecause: cut[0]?.ended ?? null,
    delay: delay.percentile(99) / 1e6,
    busy: (used.user + used.system) / 1000 / (end - begin),
  }
}

type WithFrames = Traffic & { readonly onFrame: (viewer: number) => OnFrame }
type Ledger = ReturnType<typeof openLedger>

/**
 * Everybody moves their pointer. The count of a position travels as its x, in whole sheet units, so that a server may leave
 * positions out as long as the newest arrives.
 */
const presence = (job: Job, ledger: Ledger, wires: readonly Wire[]): WithFrames => {
  const { seats, dialect, document, sheet } = job
  const counts = new Int32Array(seats.length)
  const personOf = new Map(seats.map((seat, i) => [seat.client, i]))
  const needle = Buffer.from(`"at":["${sheet}",`)
  let usual = 0
  /** The x of a state, read off its JSON without parsing it; 0 where it has none. */
  const xOf = (bytes: Uint8Array, from: number, to: number): number => {
    let at = from + usual
    for (let i = 0; i < needle.length; i++)
      if (bytes[at + i] !== needle[i]) {
        const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)
        usual = Math.max(0, text.indexOf(needle))
        at = from + usual
        if (text.indexOf(needle) < 0) return 0
        break
      }
    let x = 0
    for (at += needle.length; at < to; at++) {
      const digit = bytes[at]! - 48
      if (digit < 0 || digit > 9) break
      x = x * 10 + digit
    }
    return x
  }
  const fronts = seats.map(({ user }) => (user === null ? '{' : `{"user":${JSON.stringify(user)},`))
  const act = (person: number): void => {
    const n = ++counts[person]!
    const state = `${fronts[person]}"at":["${sheet}",${n},${(n * 7) % 800}]}`
    ledger.sent(person, n, performance.now())
    wires[person]!.send(awarenessFrame(dialect, document, seats[person]!.client, n, state))
  }
  return {
    onFrame(viewer) {
      let now = 0
      const heard = {
        update() {},
        state(client: number, bytes: Uint8Array, from: number, to: number): void {
          const person = personOf.get(client)
          if (person !== undefined) ledger.seen(viewer, person, xOf(bytes, from, to), now)
        },
      }
      return (frame) => {
        now = performance.now()
        hear(dialect, frame, heard)
      }
    },
    async ready() {
      for (let person = 0; person < seats.length; person++) {
        act(person)
        if (person % 10 === 9) await after(20)
      }
      if (!(await until(() => ledger.upToDate() === ledger.pairs, 10_000)))
        throw new Error(
          `before the traffic ${ledger.upToDate()} of ${ledger.pairs} saw each other; cut: ${ended(wires)}`,
        )
    },
    act,
    stored: async () => null,
  }
}

const ended = (wires: readonly Wire[]): string => wires.find((wire) => wire.ended !== null)?.ended ?? 'none'

/** Client ids of an update with the last clock that it has of each. */
type Ends = readonly (readonly [client: number, clock: number])[]

const endsOf = (update: Uint8Array): Ends => {
  const ends = new Map<number, number>()
  for (const { id, length } of Y.decodeUpdate(update).structs)
    ends.set(id.client, Math.max(ends.get(id.client) ?? 0, id.clock + length))
  return [...ends]
}

/** The same bytes again, as they come to a hundred viewers, are taken apart once: found by a few of them, known by all. */
const recogniser = (): ((update: Uint8Array) => Ends) => {
  const SLOTS = 8192
  const slots: ({ readonly bytes: Buffer; readonly ends: Ends } | undefined)[] = new Array(SLOTS)
  return (update) => {
    let hash = update.length
    for (let i = 0; i < 16 && i < update.length; i++) hash = (Math.imul(hash, 31) + update[i]!) | 0
    const slot = (hash >>> 0) % SLOTS
    const entry = slots[slot]
    if (entry?.bytes.equals(update)) return entry.ends
    const ends = endsOf(update)
    slots[slot] = { bytes: Buffer.from(update), ends }
    return ends
  }
}

/**
 * Everybody moves a mark of their own. The count is the clock of Yjs: a viewer that has received clock `n` of a writer has
 * everything that the writer did up to there. A frame that goes to many viewers is taken apart once and recognised by its bytes.
 */
const edits = (job: Job, ledger: Ledger, wires: readonly Wire[]): WithFrames => {
  const { seats, dialect, document } = job
  const personOf = new Map(seats.map((seat, i) => [seat.client, i]))
  const sheet = sheetId(job.sheet)
  const docs = seats.map(({ client }) => {
    const doc = new Y.Doc()
    doc.clientID = client
    return doc
  })
  const marks = seats.map(({ person }, i) => markId(`${person}_bench${i.toString(36).padStart(4, '0')}`))
  const moves = new Int32Array(seats.length)
  const bases = new Int32Array(seats.length)
  const whole = new Set<number>()
  const recognised = recogniser()
  const pin = (n: number) =>
    ({ kind: 'pin', at: { x: (n % 5000) as SheetUnit, y: ((n * 7) % 5000) as SheetUnit } }) as const
  const send = (person: number, change: () => void): void => {
    const doc = docs[person]!
    let update: Uint8Array | null = null
    const keep = (bytes: Uint8Array): void => {
      update = bytes
    }
    doc.on('update', keep)
    change()
    doc.off('update', keep)
    if (update === null) throw new Error('the change changed nothing')
    const at = performance.now()
    const clock = Y.getState(doc.store, seats[person]!.client)
    ledger.sent(person, clock - bases[person]!, at)
    wires[person]!.send(updateFrame(dialect, document, update))
  }
  const act = (person: number): void => {
    const n = ++moves[person]!
    send(person, () => write(docs[person]!, { do: 'move', mark: marks[person]!, shape: pin(n) }, null))
  }
  return {
    onFrame(viewer) {
      let now = 0
      const heard = {
        update(update: Uint8Array, all: boolean): void {
          if (all) {
            // What is there already, as any client takes it; the writer's clock goes on from it where the id was lent before.
            Y.applyUpdate(docs[viewer]!, update)
            // Yjs takes another id when it hears of its own; ours was lent, with what was written under it before.
            docs[viewer]!.clientID = seats[viewer]!.client
            bases[viewer] = Y.getState(docs[viewer]!.store, seats[viewer]!.client)
            whole.add(viewer)
            return
          }
          for (const [client, clock] of recognised(update)) {
            const person = personOf.get(client)
            if (person !== undefined) ledger.seen(viewer, person, clock - bases[person]!, now)
          }
        },
        state() {},
      }
      return (frame) => {
        now = performance.now()
        hear(dialect, frame, heard)
      }
    },
    async ready() {
      if (!(await until(() => whole.size === seats.length, 15_000)))
        throw new Error(`${whole.size} of ${seats.length} were given the document; cut: ${ended(wires)}`)
      for (let person = 0; person < seats.length; person++) {
        const mark = {
          id: marks[person]!,
          sheet,
          shape: pin(0),
          words: { says: 'noto', text: 'Una marca que se mueve' },
          done: false,
          replies: [],
        } as const
        send(person, () => write(docs[person]!, { do: 'add', mark }, null))
        if (person % 10 === 9) await after(20)
      }
      if (!(await until(() => ledger.upToDate() === ledger.pairs, 15_000)))
        throw new Error(
          `before the traffic ${ledger.upToDate()} of ${ledger.pairs} had each other's; cut: ${ended(wires)}`,
        )
    },
    act,
    async stored() {
      const read = await readDocument(dialect, document, job.newcomer).catch(() => null)
      if (read === null) return 0
      const same = marks.filter((id, person) => {
        const shape = readMark(read.doc, id)?.shape
        const last = pin(moves[person]!).at
        return shape?.kind === 'pin' && shape.at.x === last.x && shape.at.y === last.y
      })
      return same.length / marks.length
    },
  }
}

// The leash lets go of the channel; here it is what keeps the process alive until the job is done.
process.channel?.ref()
process.once('message', (job: Job) => {
  perform(job).then(
    (outcome) => {
      tell({ told: 'done', outcome })
      process.disconnect?.()
    },
    (error: unknown) => {
      tell({ told: 'failed', why: error instanceof Error ? error.message : String(error) })
      process.disconnect?.()
    },
  )
})
