import { keyLengths, lengthOf, nearestOn } from '../curve.ts'
import type { EdgeId, Notch, NotchId, NotchPlace, PieceId, Run, Vec } from '../model.ts'
import { placeOf } from '../place.ts'
import { notchesOf, type RawNotch, type Rules } from './features.ts'
import type { Group, Say } from './group.ts'
import { alike } from './outline.ts'
import { NEAR, near, Places } from './points.ts'
import { linesOn, pointsOn, type Raw } from './raw.ts'

const NOTCH_RULES = [4, 80, 81, 82, 83]

interface Spot {
  readonly edge: number
  readonly place: NotchPlace
  readonly distance: number
  /** Index of the key it lies on, −1 between two. */
  readonly key: number
}

/** Arc lengths at the keys of a run, worked out once. */
class Lengths {
  private readonly known = new Map<Run, readonly number[]>()
  of(run: Run): readonly number[] {
    const known = this.known.get(run)
    if (known) return known
    const fresh = keyLengths(run, true)
    this.known.set(run, fresh)
    return fresh
  }
}

/** More than any notch lies off an edge, mm. */
const FAR = 50

type KeyPlace = Vec & { readonly edge: number; readonly key: number }

/** The edge that a place lies on, or is nearest to; `before` decides where two meet. */
const spotOf = (
  runs: readonly Run[],
  keys: Places<KeyPlace>,
  lengths: Lengths,
  p: Vec,
  before: Vec | undefined,
  work: { left: number },
): Spot => {
  const choose = (ties: readonly Spot[]): Spot | undefined => {
    if (!before || ties.length < 2) return ties.find(({ place }) => place.s <= NEAR) ?? ties[0]
    const toBefore = ({ edge }: Spot): number => nearestOn(runs[edge]!, before).distance
    return ties.reduce((a, b) => (toBefore(b) < toBefore(a) ? b : a))
  }
  const exact = keys.at(p).filter(({ x, y }) => x === p.x && y === p.y)
  if (exact.length > 0) {
    // At a corner the notch belongs to the edge that begins there, unless the file says otherwise.
    const spots = exact.map(({ edge, key }) => {
      const place = { s: lengths.of(runs[edge]!)[key]!, off: 0 }
      return { edge, place, distance: 0, key }
    })
    return choose(spots)!
  }
  let best = { edge: 0, distance: Infinity, rank: Infinity }
  const ties: number[] = []
  for (const [edge, run] of runs.entries()) {
    work.left -= 3 * (run.drawn ?? run.keys).length
    const { s, distance } = nearestOn(run, p)
    // Beside an edge before past one's end: there no place on it gives the point back.
    const past = distance > NEAR && (s === 0 || s === lengthOf(run))
    const rank = distance + (past ? FAR : 0)
    if (rank < best.rank - 1e-9) best = { edge, distance, rank }
    if (distance <= NEAR) ties.push(edge)
  }
  const spot = (edge: number): Spot => {
    const place = placeOf(runs[edge]!, p)
    return { edge, place, distance: Math.abs(place.off), key: runs[edge]!.keys.findIndex((key) => near(key, p)) }
  }
  return choose(ties.map(spot)) ?? { ...spot(best.edge), distance: best.distance }
}

/** A place that is worked out when somebody looks: arc lengths of every size of a nest cost more than reading it, and few are asked for. */
const later = (search: () => NotchPlace): NotchPlace => {
  let find: (() => NotchPlace) | null = search
  let found: NotchPlace = { s: 0, off: 0 }
  const place = (): NotchPlace => {
    if (find) found = find()
    // What it was found with is the whole drawing, and needn't stay.
    find = null
    return found
  }
  return {
    get s() {
      return place().s
    },
    get off() {
      return place().off
    },
    get slip() {
      return place().slip
    },
  }
}

/** The same place on the same edge of another size: at the same key, or at the same share of the way between two keys. */
const carried = (from: Run, to: Run, { place, key }: Spot, lengths: Lengths): NotchPlace => {
  const of = lengths.of(from)
  const ofTo = lengths.of(to)
  const n = of.length
  if (n !== ofTo.length) {
    const long = lengthOf(from)
    return { s: long > 0 ? (place.s / long) * lengthOf(to) : 0, off: place.off }
  }
  if (key >= 0) return { s: ofTo[key]!, off: place.off }
  let k = 0
  while (k + 2 < n && of[k + 1]! <= place.s) k++
  const a = of[k]!
  const b = of[k + 1]!
  const c = ofTo[k]!
  const d = ofTo[k + 1]!
  return { s: c + (b > a ? (place.s - a) / (b - a) : 0) * (d - c), off: place.off }
}

/** Notches of a piece by the marked size, and their places in each: on the edge they lie on, or are nearest to. */
export const notchesIn = (
  group: Group,
  flagged: Raw,
  runs: readonly (readonly Run[] | null)[],
  edges: readonly EdgeId[],
  id: PieceId,
  rules: Rules,
  work: { left: number },
  say: Say,
): { list: Notch[]; places: (NotchPlace | null)[][] } => {
  for (const raw of group.sizes) for (const link of raw?.links ?? []) link.origin.fate = 'read'
  if (NOTCH_RULES.every((layer) => pointsOn(flagged, layer).length + linesOn(flagged, layer).length === 0))
    return { list: [], places: group.sizes.map(() => []) }
  const flaggedIndex = group.sizes.indexOf(flagged)
  const baseRuns = runs[flaggedIndex] ?? runs.find((list) => list !== null) ?? []
  const keys = new Places<KeyPlace>()
  for (const [edge, run] of baseRuns.entries())
    for (const [key, { x, y }] of run.keys.entries()) keys.add({ x, y, edge, key })
  const toOutline =
    (own: readonly Run[]) =>
    (p: Vec): number => {
      let least = Infinity
      for (const run of own) {
        work.left -= (run.drawn ?? run.keys).length
        least = Math.min(least, nearestOn(run, p).distance)
      }
      return least
    }
  const base = notchesOf(flagged, toOutline(baseRuns))
  const lengths = new Lengths()
  const list: Notch[] = []
  const spots: Spot[] = []
  const linked = base.map((notch) => flagged.links.findIndex((link) => near(link.notch, notch)))
  let off = 0
  for (const [i, notch] of base.entries()) {
    if (work.left < 0) break
    notch.origin.fate = notch.guessed ? 'guessed' : 'read'
    const spot = spotOf(baseRuns, keys, lengths, notch, flagged.links[linked[i]!]?.before, work)
    spots.push(spot)
    if (spot.distance > NEAR) off++
    const rule = rules.at(notch, NOTCH_RULES, notch)
    const { kind, depth, width, angle } = notch
    const own = { id: `${id}.n${i + 1}` as NotchId, edge: edges[spot.edge]!, kind, depth, width, angle }
    list.push(rule === undefined ? own : { ...own, rule })
  }
  if (off > 0) say('notch-off-edge', off, { piece: id })
  // Notches of a sew line go with its points.
  const sewBase = linesOn(flagged, 14)
  const sewPlaces = new Places<Vec & { readonly line: number; readonly index: number }>()
  for (const [line, { points }] of sewBase.entries())
    for (const [index, { x, y }] of points.entries()) sewPlaces.add({ x, y, line, index })

  let guessed = 0
  const places = group.sizes.map((raw, size): (NotchPlace | null)[] => {
    const own = runs[size]
    if (!raw || !own) return list.map(() => null)
    if (raw === flagged) return spots.map(({ place }) => place)
    const given = notchesOf(raw, toOutline(own))
    const linksGo = raw.links.length === flagged.links.length
    const sew = linesOn(raw, 14)
    const sewGoes = alike(sew, sewBase)
    const onEdge = (spot: Spot, p: Vec): NotchPlace => {
      work.left -= (own[spot.edge]!.drawn ?? own[spot.edge]!.keys).length
      return placeOf(own[spot.edge]!, p)
    }
    const free = new Set<RawNotch>(given)
    return spots.map((spot, i) => {
      if (work.left < 0) return null
      if (given.length === base.length) {
        given[i]!.origin.fate = 'read'
        return onEdge(spot, given[i]!)
      }
      const link = linked[i]!
      if (linksGo && link >= 0) return later(() => onEdge(spot, raw.links[link]!.notch))
      const onSew = sewGoes ? sewPlaces.at(base[i]!)[0] : undefined
      if (onSew && spot.distance > NEAR) {
        guessed++
        return later(() => onEdge(spot, sew[onSew.line]!.points[onSew.index]!))
      }
      const guess = later(() => carried(baseRuns[spot.edge]!, own[spot.edge]!, spot, lengths))
      for (const notch of free) {
        const place = onEdge(spot, notch)
        if (Math.abs(place.off - guess.off) > 1 || Math.abs(place.s - guess.s) > 25) continue
        free.delete(notch)
        notch.origin.fate = 'read'
        return place
      }
      guessed++
      return guess
    })
  })
  if (guessed > 0) say('notches-by-index', guessed, { piece: id })
  return { list, places }
}
