import type { Vec } from '../model.ts'
import { dist } from '../vec.ts'
import { boxOf, NEAR, near } from './points.ts'
import type { RawLine } from './raw.ts'

/** Lines joined end to end. `back`: the line is walked from its end to its start. */
export interface Chain {
  readonly links: readonly { readonly index: number; readonly back: boolean }[]
  /** Distance between its two ends, mm; 0 for a closed one. */
  readonly gap: number
}

/** Looks at lines that may follow another, far more than any drawing takes; then what is left stays apart. */
const MOST_STEPS = 2e7

const first = (line: RawLine): Vec => line.points[0]!
const last = (line: RawLine): Vec => line.points[line.points.length - 1]!
const key = (x: number, y: number): string => `${x},${y}`

/** Nothing of any length: what AccuMark writes where two corners fell together. */
export const isNothing = (line: RawLine): boolean => {
  const from = first(line)
  return line.points.every((p) => near(p, from)) && (line.dense ?? []).every((p) => near(p, from))
}

/** Joins lines whose ends meet, in file order where that works. `ignored` lines are left out. */
export const chains = (lines: readonly RawLine[], ignored: ReadonlySet<number>): Chain[] => {
  const used = new Uint8Array(lines.length)
  for (const index of ignored) used[index] = 1
  /** Lines by where they end, for files that list them in any order. */
  let ends: Map<string, number[]> | null = null
  let steps = 0
  const cellsOf = ({ x, y }: Vec): string[] => {
    const left = Math.floor((x - NEAR) / 1)
    const right = Math.floor((x + NEAR) / 1)
    const low = Math.floor((y - NEAR) / 1)
    const high = Math.floor((y + NEAR) / 1)
    const cells = [key(left, low)]
    if (right !== left) cells.push(key(right, low))
    if (high !== low) cells.push(key(left, high))
    if (right !== left && high !== low) cells.push(key(right, high))
    return cells
  }
  const find = (place: Vec): number => {
    if (!ends) {
      ends = new Map()
      for (const [index, line] of lines.entries()) {
        if (line.closed || used[index]) continue
        for (const end of [first(line), last(line)]) {
          const cell = key(Math.floor(end.x), Math.floor(end.y))
          const list = ends.get(cell)
          if (list) list.push(index)
          else ends.set(cell, [index])
        }
      }
      // The first of the file last, where it is taken from.
      for (const list of ends.values()) list.reverse()
    }
    for (const cell of cellsOf(place)) {
      const list = ends.get(cell)
      if (!list) continue
      while (list.length > 0 && used[list.at(-1)!]) list.pop()
      for (let i = list.length - 1; i >= 0 && steps < MOST_STEPS; i--) {
        const index = list[i]!
        steps++
        if (!used[index] && (near(first(lines[index]!), place) || near(last(lines[index]!), place))) return index
      }
    }
    return -1
  }

  const found: Chain[] = []
  for (let start = 0; start < lines.length; start++) {
    if (used[start]) continue
    used[start] = 1
    const links = [{ index: start, back: false }]
    if (lines[start]!.closed) {
      found.push({ links, gap: 0 })
      continue
    }
    let from = first(lines[start]!)
    let to = last(lines[start]!)
    const extend = (): boolean => {
      const after = links[links.length - 1]!.index + 1
      const follows = after < lines.length && !used[after] && !lines[after]!.closed
      const meets = follows && (near(first(lines[after]!), to) || near(last(lines[after]!), to))
      const index = meets ? after : find(to)
      if (index < 0) return false
      used[index] = 1
      const back = !near(first(lines[index]!), to)
      links.push({ index, back })
      to = back ? first(lines[index]!) : last(lines[index]!)
      return true
    }
    while (!near(from, to) && extend()) {}
    if (!near(from, to)) {
      // Nothing goes on at this end; perhaps the chain began in the middle.
      links.reverse()
      for (const [i, link] of links.entries()) links[i] = { index: link.index, back: !link.back }
      ;[from, to] = [to, from]
      while (!near(from, to) && extend()) {}
      if (links[0]!.back) {
        links.reverse()
        for (const [i, link] of links.entries()) links[i] = { index: link.index, back: !link.back }
      }
    }
    found.push({ links, gap: near(from, to) ? 0 : dist(from, to) })
  }
  return found
}

/** The points of a chain in walking order; where two lines meet, the one place once. Closed chains don't repeat their first point. */
export const walked = (lines: readonly RawLine[], chain: Chain, dense: boolean): Vec[] => {
  const out: Vec[] = []
  for (const { index, back } of chain.links) {
    const line = lines[index]!
    const points = (dense && line.dense) || line.points
    const n = points.length
    for (let i = 0; i < n; i++) {
      const p = points[back ? n - 1 - i : i]!
      if (i === 0 && out.length > 0) out[out.length - 1] = p
      else out.push(p)
    }
  }
  if (chain.gap === 0 && out.length > 1) out.pop()
  return out
}

/** Holes drawn in several runs as one closed line each; what does not close stays as it is. */
export const loopsOf = (lines: readonly RawLine[]): readonly RawLine[] => {
  if (lines.filter(({ closed }) => !closed).length < 2) return lines
  return chains(lines, new Set()).flatMap((chain): RawLine[] => {
    const own = chain.links.map(({ index }) => lines[index] as RawLine)
    const [first, ...rest] = own as [RawLine, ...RawLine[]]
    if (chain.gap > 0 || rest.length === 0) return own
    const ring = (dense: boolean): Vec[] => {
      const points = walked(lines, chain, dense)
      return [...points, points[0] as Vec]
    }
    const dense = own.some((line) => line.dense) ? ring(true) : null
    return [{ ...first, points: ring(false), dense, closed: true, others: rest.map(({ origin }) => origin) }]
  })
}

/** By how much room a chain takes. */
export const sizeOf = (lines: readonly RawLine[], chain: Chain): number => {
  let left = Infinity
  let right = -Infinity
  let low = Infinity
  let high = -Infinity
  for (const { index } of chain.links) {
    const box = boxOf(lines[index]!.dense ?? lines[index]!.points)
    left = Math.min(left, box.left)
    right = Math.max(right, box.right)
    low = Math.min(low, box.low)
    high = Math.max(high, box.high)
  }
  return right >= left ? (right - left) * (high - low) : 0
}
