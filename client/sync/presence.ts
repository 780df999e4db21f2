import type { Awareness } from 'y-protocols/awareness'
import { packShape, unpackShape } from '../../shared/document/shape.ts'
import type { Shape } from '../../shared/domain/mark.ts'
import { PRESENCE_CAPS, type Presence, parseStamped } from '../../shared/protocol/presence.ts'
import type { Other, OwnPresence, Watched } from './contract.ts'
import { cell } from './watched.ts'

/** Frames a second: the usual, and over a line where they would drown what matters. */
export const RATES = { full: PRESENCE_CAPS.hz, low: 5 } as const
/** A round trip longer than this, in milliseconds, is a thin line. */
export const THIN_LINE_MS = 250

const round = (n: number): number => Math.round(n * 100) / 100
/** Points of an unfinished stroke that travel: of a longer one, its end and a thinned beginning. */
const MOST_POINTS = PRESENCE_CAPS.shape / 3

const thinned = (shape: Shape): Shape => {
  if (shape.kind !== 'pen' || shape.points.length <= MOST_POINTS) return shape
  const every = Math.ceil(shape.points.length / (MOST_POINTS - 1))
  const last = shape.points.length - 1
  return { kind: 'pen', points: shape.points.filter((_, i) => i % every === 0 || i === last) }
}

/** As it travels: short keys, rounded numbers, nothing that is absent. */
export const toWire = (own: OwnPresence): Presence => ({
  ...(own.cursor ? { at: [own.cursor.sheet, round(own.cursor.x), round(own.cursor.y)] as const } : {}),
  ...(own.laser ? { laser: true } : {}),
  ...(own.selected ? { sel: own.selected } : {}),
  ...(own.drawing
    ? {
        draw: {
          kind: own.drawing.shape.kind,
          sheet: own.drawing.sheet,
          shape: packShape(thinned(own.drawing.shape)),
        },
      }
    : {}),
  ...(own.view
    ? { view: [round(own.view.cx), round(own.view.cy), round(own.view.width), round(own.view.height)] as const }
    : {}),
})

/** @returns null for what the server has not vouched for or what is not presence. */
export const fromWire = (client: number, state: unknown): Other | null => {
  const stamped = parseStamped(state)
  if (!stamped) return null
  const { by, firm, at, laser, sel, draw, view } = stamped
  const shape = draw ? unpackShape(draw.kind, draw.shape) : null
  return {
    client,
    person: by,
    firm,
    cursor: at ? { sheet: at[0], x: at[1], y: at[2] } : null,
    laser: laser ?? false,
    selected: sel ?? null,
    drawing: draw && shape ? { sheet: draw.sheet, shape } : null,
    view: view ? { cx: view[0], cy: view[1], width: view[2], height: view[3] } : null,
  }
}

export interface PresenceKeeper {
  readonly others: Watched<readonly Other[]>
  /** Adds to what is shown of oneself; what is left out stays. */
  show(presence: OwnPresence): void
  /** From now on through this connection; what was shown last is shown there. */
  attach(awareness: Awareness): void
  setRate(hz: number): void
  close(): void
}

/** Own presence out, coalesced: the first at once, then the latest at most `hz` times a second. Others' in, strictly read. */
export const keepPresence = (hz: number): PresenceKeeper => {
  const others = cell<readonly Other[]>([])
  /** By client; read again only when that client's state is another object. */
  let read = new Map<number, { state: unknown; other: Other | null }>()
  let own: OwnPresence = {}
  let awareness: Awareness | null = null
  let detach = (): void => {}
  let gap = 1000 / hz
  let timer: ReturnType<typeof setTimeout> | null = null
  let pending = false

  const send = (): void => {
    pending = false
    awareness?.setLocalState(toWire(own))
  }
  const soon = (): void => {
    if (timer !== null) {
      pending = true
      return
    }
    send()
    timer = setTimeout(() => {
      timer = null
      if (pending) soon()
    }, gap)
  }
  const readAll = (): void => {
    if (!awareness) return
    const next = new Map<number, { state: unknown; other: Other | null }>()
    const list: Other[] = []
    for (const [client, state] of awareness.getStates()) {
      if (client === awareness.clientID) continue
      const before = read.get(client)
      const entry = before?.state === state ? before : { state, other: fromWire(client, state) }
      next.set(client, entry)
      if (entry.other) list.push(entry.other)
    }
    read = next
    others.set(list)
  }
  return {
    others,
    show(presence) {
      own = { ...own, ...presence }
      soon()
    },
    attach(next) {
      detach()
      awareness = next
      next.on('change', readAll)
      detach = () => next.off('change', readAll)
      next.setLocalState(toWire(own))
      readAll()
    },
    setRate(hz) {
      gap = 1000 / hz
    },
    close() {
      detach()
      if (timer !== null) clearTimeout(timer)
      timer = null
      awareness = null
      others.set([])
    },
  }
}
