import type { DrillId, Edge, EdgeId, InternalId, Piece, PieceId, Run, Shape, Vec } from '../model.ts'
import {
  drillsOf,
  type Flags,
  flagsOf,
  grainLines,
  internalsOf,
  marksOf,
  type RawDrill,
  type RawInternal,
  type Rules,
  referenceLines,
  runOf,
} from './features.ts'
import type { Group, Say } from './group.ts'
import { textsIn } from './labels.ts'
import { notchesIn } from './notches.ts'
import { alike, cornersOf, listsAlike, type Marks, nothings, type Plan, planAs, planOf, runsOf } from './outline.ts'
import { near, Places } from './points.ts'
import { linesOn, pointsOn, type Raw, type RawLine, type RawPoint } from './raw.ts'
import { allowancesOf } from './sewlines.ts'

/** Steps of a search for places in one file: far more than any nest takes, and half a second of work. */
export const MOST_WORK = 5e7

/**
 * One piece of every size with the direction of its grade reference line in degrees, or null where no outline could be made of it.
 * `apart`: the sizes whose edges are others, left for a piece of their own. `work` counts down what searching may still cost.
 */
export const pieceOf = (
  group: Group,
  id: PieceId,
  base: number,
  say: Say,
  work: { left: number },
): { piece: Piece; axes: number; apart: Group['sizes'] | null } | null => {
  const present = group.sizes.filter((raw) => raw !== null)
  const marked = (raw: Raw): number => pointsOn(raw, 2).length + pointsOn(raw, 3).length
  const baseRaw = group.sizes[base] ?? present[0]!
  const flagged = marked(baseRaw) > 0 ? baseRaw : present.reduce((a, b) => (marked(b) > marked(a) ? b : a), baseRaw)
  const listed = group.sizes.map((raw) => raw !== null && alike(raw.outline, flagged.outline))
  const ignored = nothings(group.sizes.filter((_, i) => listed[i]).map((raw) => raw!.outline))
  const { marks, rules } = marksOf(flagged)
  const mirrorOf = (raw: Raw): readonly [Vec, Vec] | null => {
    const line = linesOn(raw, 6)[0]
    return line ? [line.points[0]!, line.points.at(-1)!] : null
  }
  const planned = planOf(flagged, marks, ignored, mirrorOf(flagged))
  if (!planned) return null
  const { plan } = planned
  const corners = present.length > 1 ? cornersOf(flagged, plan) : []
  const same = group.sizes.map(
    (raw, i) => raw === flagged || (listed[i]! && raw !== null && listsAlike(raw, plan, corners)),
  )
  if (planned.gap > 0) say('open-outline', 1, { piece: id })
  if (planned.byAngle) say('turns-by-angle', 1, { piece: id })
  const inFile = ignored.size * listed.filter((is) => is).length
  if (inFile > 0) say('zero-runs', inFile, { piece: id })

  // Outlines, size by size: by index where a size lists its lines as the marked one does, else on its own.
  const apart = new Set<Raw>()
  let lost = 0
  let handles = 0
  let turned = 0
  const runs: (readonly Run[] | null)[] = group.sizes.map((raw, i) => {
    if (!raw) return null
    let own: Plan = plan
    if (!same[i]) {
      const alone = planOf(raw, marksOf(raw).marks, nothings([raw.outline]), mirrorOf(raw))
      const as = alone && planAs(raw, alone.plan, plan, corners, work)
      if (!as) {
        say('size-apart', 1, { piece: id })
        apart.add(raw)
        return null
      }
      say('sizes-differ', 1, { piece: id })
      own = as
    }
    const made = runsOf(raw, own)
    lost += made.apart
    handles += made.handles
    if (made.area < 0 !== own.clockwise) turned++
    for (const line of raw.outline) line.origin.fate = planned.gap > 0 ? 'guessed' : 'read'
    for (const line of linesOn(raw, 84)) line.origin.fate = made.apart > 0 ? 'guessed' : 'read'
    return made.runs
  })
  if (handles > 0) say('keys-off-curve', handles, { piece: id })
  if (lost > 0) say('quality-line-apart', lost, { piece: id })
  if (turned > 0) say('clockwise-differs', turned, { piece: id })

  const edges = plan.starts.map((_, i) => `${id}.e${i + 1}` as EdgeId)
  const holes = planned.others.map(({ links }) => links.map(({ index }) => flagged.outline[index]!))
  if (holes.length > 0) say('extra-outline', holes.length, { piece: id })

  const inside = insideOf(group, flagged, id, marks, rules, holes.flat(), plan.fold >= 0, say)
  const drills = drillsIn(group, flagged, id, rules)
  const notches = notchesIn(group, flagged, runs, edges, id, rules, work, say)
  tellMarks(group, inside.all)
  const sew = sewIn(group, flagged, marks, rules)
  const baseIndex = group.sizes.indexOf(baseRaw)
  const baseRuns = runs[baseIndex] ?? runs.find((list) => list !== null)
  if (!baseRuns) return null
  const allowances = allowancesOf(baseRuns, sew[baseIndex] ?? [], plan.fold, work)
  if (allowances.uneven > 0) say('allowance-uneven', allowances.uneven, { piece: id })
  const mirror = mirrorOf(flagged)
  if (mirror && plan.fold < 0) say('mirror-inside', 1, { piece: id })
  for (const raw of present) {
    const [line] = linesOn(raw, 6)
    if (line) line.origin.fate = plan.fold >= 0 ? 'read' : 'guessed'
  }

  const texts = textsIn(group, flagged, id, inside.labels, drills.labels, say)
  const shapes = group.sizes.map((raw, i): Shape | null => {
    const own = runs[i]
    if (!raw || !own) return null
    const reference = referenceLines(raw).main
    const line = grainLines(raw).main ?? reference
    if (reference) reference.origin.fate = 'read'
    if (line) line.origin.fate = 'read'
    const ends = line && ([line.points[0]!, line.points.at(-1)!] as const)
    return {
      runs: own,
      notches: notches.places[i]!,
      drills: drills.places[i]!,
      internals: inside.runs[i]!,
      grain: ends && [at(ends[0]), at(ends[1])],
      sew: sew[i]!,
    }
  })
  const edge = (edgeId: EdgeId, i: number): Edge => ({
    id: edgeId,
    name: '',
    allowance: i === plan.fold ? null : (allowances.mm[i] ?? null),
    corner: 'mitre',
    hem: null,
    sewing: null,
  })
  const piece: Piece = {
    id,
    name: group.name,
    ring: flagged.outline[0]!.layer === 14 ? 'sew' : sew[baseIndex]!.length > 0 ? 'cut' : null,
    edges: edges.map(edge),
    clockwise: plan.clockwise,
    notches: notches.list,
    drills: drills.list,
    internals: inside.list,
    notes: texts.notes,
    fold: plan.fold >= 0 ? edges[plan.fold]! : null,
    quantity: texts.quantity,
    material: texts.material,
    category: texts.category,
    annotation: texts.annotation,
    info: texts.info,
    shapes,
  }
  const left = apart.size > 0 ? group.sizes.map((raw) => (raw && apart.has(raw) ? raw : null)) : null
  return { piece, axes: axesOf(flagged), apart: left }
}

const at = ({ x, y }: Vec): Vec => ({ x, y })

/** Direction of the grade reference line, degrees; 0 where there is none. */
const axesOf = (raw: Raw): number => {
  const line = referenceLines(raw).main
  if (!line) return 0
  const from = line.points[0]!
  const to = line.points.at(-1)!
  return (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI
}

/** Things of one size put beside those of another: by index where there are as many, else each to the next one that is like it. */
const beside = <T>(base: readonly T[], other: readonly T[], like: (a: T, b: T) => boolean): (T | null)[] => {
  if (base.length === other.length) return [...other]
  let next = 0
  return base.map((thing) => {
    for (let i = next; i < other.length; i++) {
      if (like(thing, other[i]!)) {
        next = i + 1
        return other[i]!
      }
    }
    return null
  })
}

const insideOf = (
  group: Group,
  flagged: Raw,
  id: PieceId,
  marks: Marks,
  rules: Rules,
  holes: readonly RawLine[],
  folded: boolean,
  say: Say,
) => {
  const base = internalsOf(flagged, holes, folded)
  const flags = base.map(({ line, layer }) => flagsOf(line, marks, rules, layer))
  const like = (a: RawInternal, b: RawInternal): boolean =>
    a.layer === b.layer && a.line.points.length === b.line.points.length && a.line.closed === b.line.closed
  let differ = 0
  const all: RawInternal[][] = []
  const runs = group.sizes.map((raw): (Run | null)[] => {
    if (!raw) return base.map(() => null)
    const own = raw === flagged ? base : internalsOf(raw, holesLike(raw, flagged, holes), folded)
    all.push(own)
    const put = raw === flagged ? own : beside(base, own, like)
    if (own.length !== base.length) differ += Math.abs(own.length - base.length)
    const flagsHere = ownFlags(raw)
    const out = put.map((thing, i): Run | null => {
      if (!thing) return null
      tellLine(thing.line, thing.guessed ? 'guessed' : 'read')
      if (thing.quality) tellLine(thing.quality, 'read')
      const own =
        thing.line.points.length === base[i]!.line.points.length ? flags[i]! : flagsHere(thing.line, thing.layer)
      return runOf(thing.line, thing.quality, own)
    })
    return out
  })
  if (differ > 0) say('internals-differ', differ, { piece: id })
  const list = base.map(({ kind, label }, i) => ({
    id: `${id}.i${i + 1}` as InternalId,
    kind,
    label,
    oneSide: false,
  }))
  /** Where labels look for their line. */
  const labels = new Places<Vec & { readonly index: number; readonly layer: number }>()
  for (const [index, { line, layer }] of base.entries())
    for (const { x, y } of line.points) labels.add({ x, y, index, layer })
  return { list, runs, labels: { places: labels, list }, all }
}

const tellLine = ({ origin, others }: RawLine, fate: 'read' | 'guessed'): void => {
  origin.fate = fate
  if (others) for (const other of others) other.fate = fate
}

/** Flags of lines that the marked size lists otherwise: by the marks of their own size, or corners alone. */
const ownFlags = (raw: Raw): ((line: RawLine, layer: number) => Flags) => {
  let own: ReturnType<typeof marksOf> | null = null
  return (line, layer) => {
    own ??= marksOf(raw)
    return own.marks.any
      ? flagsOf(line, own.marks, own.rules, layer)
      : { turns: line.points.map(() => true), rules: [] }
  }
}
const holesLike = (raw: Raw, flagged: Raw, holes: readonly RawLine[]): RawLine[] =>
  alike(raw.outline, flagged.outline) ? holes.map((hole) => raw.outline[flagged.outline.indexOf(hole)]!) : []

const drillsIn = (group: Group, flagged: Raw, id: PieceId, rules: Rules) => {
  const base = drillsOf(flagged)
  const list = base.map((drill, i) => {
    const rule = rules.at(drill, [13])
    const own = { id: `${id}.d${i + 1}` as DrillId, diameter: drill.diameter, label: '' }
    return rule === undefined ? own : { ...own, rule }
  })
  const places = group.sizes.map((raw): (Vec | null)[] => {
    if (!raw) return base.map(() => null)
    const own = raw === flagged ? base : beside<RawDrill>(base, drillsOf(raw), () => true)
    for (const drill of own) if (drill) drill.origin.fate = 'read'
    return own.map((drill) => drill && at(drill))
  })
  const labels = new Places(base.map(({ x, y }, index) => ({ x, y, index })))
  return { list, places, labels: { places: labels, list } }
}

const sewIn = (group: Group, flagged: Raw, marks: Marks, rules: Rules): Run[][] => {
  if (flagged.outline[0]!.layer === 14) return group.sizes.map(() => [])
  const linesIn = (raw: Raw): readonly RawLine[] => {
    const own = linesOn(raw, 14)
    return own.length > 0 ? own : linesOn(raw, 87)
  }
  const base = linesIn(flagged)
  const flags = base.map((line) => flagsOf(line, marks, rules, 14))
  return group.sizes.map((raw) => {
    if (!raw) return []
    const own = linesIn(raw)
    const copies = linesOn(raw, 14).length > 0 ? linesOn(raw, 87) : []
    const paired = copies.length === own.length
    const byPlace = paired ? null : new Places(copies.map((line) => ({ ...line.points[0]!, line })))
    const listed = alike(own, base)
    const flagsHere = ownFlags(raw)
    return own.map((line, i) => {
      line.origin.fate = 'read'
      const copy = paired ? copies[i]! : (byPlace!.at(line.points[0]!)[0]?.line ?? null)
      if (copy) copy.origin.fate = 'read'
      const ends = copy && near(copy.points.at(-1)!, line.points.at(-1)!) ? copy : null
      return runOf(line, ends, listed ? flags[i]! : flagsHere(line, 14))
    })
  })
}

/** Points of layers 1, 2 and 3 are read where they lie on any line, notch or drill of the piece. */
const tellMarks = (group: Group, internals: readonly (readonly RawInternal[])[]): void => {
  let next = 0
  for (const raw of group.sizes) {
    if (!raw) continue
    const own = internals[next++]!
    const marks = pointsOn(raw, 1).concat(pointsOn(raw, 2), pointsOn(raw, 3))
    if (marks.length === 0) continue
    tellNear(marks, [raw.outline, own.map(({ line }) => line), linesOn(raw, 14)], [])
    const others = marks.filter(({ origin }) => origin.fate === 'skipped')
    if (others.length === 0) continue
    const copies = own.flatMap(({ quality }) => quality ?? [])
    const lines = [copies, ...[84, 87, 5, 6, 7].map((layer) => linesOn(raw, layer))]
    tellNear(
      others,
      lines,
      [4, 13, 80, 81, 82, 83].map((layer) => pointsOn(raw, layer)),
    )
  }
}

const tellNear = (
  marks: readonly RawPoint[],
  lines: readonly (readonly RawLine[])[],
  points: readonly (readonly RawPoint[])[],
): void => {
  let room = 0
  for (const list of lines) for (const line of list) room += line.points.length
  const places = new Places<Vec>([], room)
  for (const list of lines) for (const line of list) for (const p of line.points) places.add(p)
  for (const list of points) for (const p of list) places.add(p)
  for (const mark of marks) if (places.has(mark)) mark.origin.fate = 'read'
}
