import { type BoardPoint, toBoard } from '../../shared/domain/geometry.ts'
import type { MarkId, SheetId } from '../../shared/domain/ids.ts'
import type { Point } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { mm } from '../../shared/domain/units.ts'
import type { Me } from '../../shared/protocol/api.ts'
import type { Other } from '../sync/contract.ts'
import type { Laid } from './figures/figure.ts'
import { firmColour } from './looks.ts'
import { GLOW_MS, type Glow, type Guest } from './overlay.ts'

/** A cursor that lies still for so many milliseconds keeps its colour and drops its label, which lies over the work. */
export const LABEL_MS = 4000
/** Part of the way to its place that a cursor goes in each frame. */
const EASE = 0.35

export interface CompanyNeeds {
  readonly me: Me
  sheet(id: SheetId): Sheet | null
  laid(id: MarkId): Laid | null
  /** The person asked for as little motion as can be: no trails, no gliding. */
  isStill(): boolean
}

/** Everybody else as they are drawn, and the trails of light, one's own among them. */
export interface Company {
  see(others: readonly Other[]): void
  /** Light at a point, in milliseconds of the page's clock. */
  shine(who: number | 'own', at: BoardPoint, time: number): void
  /** One frame on; says whether another one is needed. */
  step(time: number, scale: number): boolean
  guests(time: number): readonly Guest[]
  glows(): readonly (readonly Glow[])[]
  clear(): void
}

interface Shown {
  guest: Guest
  /** When the cursor last went somewhere, in milliseconds of the page's clock. */
  movedAt: number
  /** Where the cursor goes; it gets there in a few frames. */
  target: BoardPoint | null
}

export const keepCompany = (needs: CompanyNeeds): Company => {
  const guests = new Map<number, Shown>()
  const glows = new Map<number | 'own', readonly Glow[]>()
  const names = new Map<string, string>(needs.me.people.map(({ id, name }) => [id, name]))
  const firms = new Map<string, string>(needs.me.firms.map(({ id, name }) => [id, name]))

  const shine: Company['shine'] = (who, at, time) => {
    const before = needs.isStill() ? [] : (glows.get(who) ?? [])
    glows.set(who, [...before, { at, time }])
  }
  const dim = (time: number): boolean => {
    for (const [who, trail] of glows) {
      const left = trail.filter((glow) => time - glow.time < GLOW_MS)
      if (left.length > 0) glows.set(who, left)
      else glows.delete(who)
    }
    return glows.size > 0
  }
  const glide = (scale: number): boolean => {
    let moving = false
    for (const shown of guests.values()) {
      const { target } = shown
      const { cursor } = shown.guest
      if (!target || !cursor || (target.x === cursor.x && target.y === cursor.y)) continue
      const dx = target.x - cursor.x
      const dy = target.y - cursor.y
      const isThere = needs.isStill() || Math.hypot(dx, dy) * scale < 0.5
      const next = isThere ? target : { x: mm(cursor.x + dx * EASE), y: mm(cursor.y + dy * EASE) }
      shown.guest = { ...shown.guest, cursor: next }
      moving ||= !isThere
    }
    return moving
  }
  const seeOne = (other: Other): void => {
    const sheet = other.cursor && needs.sheet(other.cursor.sheet)
    // Presence was read as plain numbers within reach; here they become places.
    const target = other.cursor && sheet ? toBoard(sheet, other.cursor as unknown as Point) : null
    const drawn = other.drawing && needs.sheet(other.drawing.sheet)
    const before = guests.get(other.client)
    const moved = target !== null && (before?.target?.x !== target.x || before.target.y !== target.y)
    const time = performance.now()
    if (other.laser && moved) shine(other.client, target, time)
    guests.set(other.client, {
      target,
      movedAt: moved ? time : (before?.movedAt ?? time),
      guest: {
        name: names.get(other.person) ?? '',
        firm: (other.firm && firms.get(other.firm)) ?? '',
        colour: firmColour(other.firm),
        labelled: true,
        cursor: target && (before?.guest.cursor ?? target),
        laser: other.laser,
        drawing: other.drawing && drawn ? { sheet: drawn, shape: other.drawing.shape } : null,
        selected: other.selected ? needs.laid(other.selected) : null,
      },
    })
  }
  return {
    see(others) {
      const here = new Set(others.map(({ client }) => client))
      for (const client of guests.keys()) if (!here.has(client)) guests.delete(client)
      for (const other of others) seeOne(other)
    },
    shine,
    step(time, scale) {
      const gliding = glide(scale)
      const glowing = dim(time)
      return gliding || glowing
    },
    guests: (time) =>
      [...guests.values()].map(({ guest, movedAt }) => ({ ...guest, labelled: time - movedAt < LABEL_MS })),
    glows: () => [...glows.values()],
    clear() {
      guests.clear()
      glows.clear()
    },
  }
}
