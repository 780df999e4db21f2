import { type EdgeId, edgeOf, type Link, type Pattern, type Piece, type Seam } from './model.ts'

export type Side = 'a' | 'b'
export const SIDES: readonly Side[] = ['a', 'b']
/** The two sides of a seam, whatever else is known of it. */
export type Sides = Pick<Seam, Side>

export const sideWith = (seam: Sides, edge: EdgeId): Side | null =>
  SIDES.find((side) => seam[side].some((link) => link.edge === edge)) ?? null
export const edgesOf = (chain: readonly Link[]): readonly EdgeId[] => chain.map(({ edge }) => edge)

/** Which hand of its piece a link is, false or true: those of one hand lie in the same half of the garment. */
export const handOf = (side: Side, { back }: Link): boolean => (side === 'a') === back

/** A chain walked from its other end. */
export const turned = (chain: readonly Link[]): readonly Link[] =>
  chain.map(({ edge, back }) => ({ edge, back: !back })).reverse()

/** A seam in which each link is what `change` makes of it, in walking order. */
export const withLinks = <S extends Sides>(seam: S, change: (link: Link, side: Side) => readonly Link[]): S => ({
  ...seam,
  a: seam.a.flatMap((link) => change(link, 'a')),
  b: seam.b.flatMap((link) => change(link, 'b')),
})

export const sameChain = (p: readonly Link[], q: readonly Link[]): boolean =>
  p.length === q.length && p.every(({ edge, back }, i) => edge === q[i]?.edge && back === q[i]?.back)

const sameEdges = (p: readonly Link[], q: readonly Link[]): boolean =>
  edgesOf(p).toSorted().join(' ') === edgesOf(q).toSorted().join(' ')
/** Two seams with the same two sides, whichever is called a and in whatever way they are walked, are one seam. */
export const sameSides = (p: Sides, q: Sides): boolean =>
  (sameEdges(p.a, q.a) && sameEdges(p.b, q.b)) || (sameEdges(p.a, q.b) && sameEdges(p.b, q.a))

/** The edge beyond the end (+1) or before the start (−1) of a link as it is walked. */
export const beyond = (piece: Piece, { edge, back }: Link, step: 1 | -1): EdgeId | undefined => {
  const index = piece.edges.findIndex(({ id }) => id === edge)
  return piece.edges.at((index + (back ? -step : step)) % piece.edges.length)?.id
}

/** Whether two edges run on into each other where a seam crosses them: they are sewn to each other, or called the same. */
const meet = (pattern: Pattern, one: EdgeId | undefined, two: EdgeId | undefined): boolean => {
  const [p, q] = [one && edgeOf(pattern, one), two && edgeOf(pattern, two)]
  if (!p || !q || !one || !two) return false
  const isSewn = pattern.seams.some((seam) => {
    const [s, t] = [sideWith(seam, one), sideWith(seam, two)]
    return s !== null && t !== null && s !== t
  })
  const name = (text: string): string => text.trim().toLowerCase()
  return isSewn || (p.piece !== q.piece && name(p.edge.name) !== '' && name(p.edge.name) === name(q.edge.name))
}

/**
 * One side of a seam with one more edge, walked as the rest of it lets one suppose; a person may turn it. A neighbour in the ring goes on where the chain ends or comes before its
 * start; an edge that is there already goes on through its mirror image; one of another piece begins at the corner where the two pieces are sewn together. Where nothing
 * tells, it is of the hand of what is there. An edge that is there both ways changes nothing.
 */
export const linked = (pattern: Pattern, seam: Sides, side: Side, edge: EdgeId): readonly Link[] => {
  const chain = seam[side]
  const other = seam[side === 'a' ? 'b' : 'a']
  const had = chain.filter((link) => link.edge === edge)
  if (had.length > 1) return chain
  if (had[0]) return [...chain, { edge, back: !had[0].back }]
  const mate = other.find((link) => link.edge === edge)
  if (mate) return [...chain, { edge, back: mate.back }]
  const [first, last] = [chain[0], chain.at(-1)]
  if (!first || !last) return [{ edge, back: other[0] ? !other[0].back : side === 'b' }]
  const piece = edgeOf(pattern, edge)?.piece
  const [head, tail] = [edgeOf(pattern, first.edge)?.piece, edgeOf(pattern, last.edge)?.piece]
  if (!piece || !head || !tail) return chain
  if (piece === tail && beyond(tail, last, 1) === edge) return [...chain, { edge, back: last.back }]
  if (piece === head && beyond(head, first, -1) === edge) return [{ edge, back: first.back }, ...chain]
  const begins = [false, true].filter((back) => meet(pattern, beyond(tail, last, 1), beyond(piece, { edge, back }, -1)))
  return [...chain, { edge, back: begins.length === 1 && begins[0] !== undefined ? begins[0] : last.back }]
}
