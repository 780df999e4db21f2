import fc from 'fast-check'
import { apply } from '../../shared/pattern/apply.ts'
import type { Pattern } from '../../shared/pattern/model.ts'
import { type FieldOf, fieldsOf, type Operation, type OperationName } from '../../shared/pattern/operation.ts'
import { draft } from './blouses.ts'

const rounded = (min: number, max: number, digits: number) =>
  fc.double({ min, max, noNaN: true }).map((n) => Number(n.toFixed(digits)))

/** Any value that a field may take, of the things that the pattern has. Lengths stay near what people ask for. */
const anyOf = (field: FieldOf, pattern: Pattern): fc.Arbitrary<unknown> => {
  const edges = pattern.pieces.flatMap((piece) => piece.edges.map(({ id }) => id))
  // Half of all edges are of one piece, so that two that are asked for often lie on it.
  const edge = fc.oneof(fc.constantFrom(...edges), fc.constantFrom(...edges.filter((id) => id.startsWith('d.'))))
  switch (field.is) {
    case 'piece':
      return fc.constantFrom(...pattern.pieces.map(({ id }) => id))
    case 'pieces':
      return fc.uniqueArray(fc.constantFrom(...pattern.pieces.map(({ id }) => id)), { minLength: 1, maxLength: 2 })
    case 'edge':
      return edge
    case 'edges':
      return fc.uniqueArray(edge, { minLength: 1, maxLength: 4 })
    case 'notch':
      return fc.constantFrom(...pattern.pieces.flatMap(({ notches }) => notches.map(({ id }) => id)), 'none')
    case 'drill':
      return fc.constantFrom(...pattern.pieces.flatMap(({ drills }) => drills.map(({ id }) => id)))
    case 'internal':
      return fc.constantFrom(...pattern.pieces.flatMap(({ internals }) => internals.map(({ id }) => id)))
    case 'mm':
    case 'degrees':
      return fc.oneof(
        rounded(Math.max(field.min, -40), Math.min(field.max, 60), 3),
        rounded(field.min, field.max, 3),
        fc.constantFrom(field.start, field.min, field.max),
      )
    case 'share':
      return fc.oneof(rounded(0, 1, 6), fc.constantFrom(0, 1, field.start))
    case 'count':
      return fc.integer({ min: field.min, max: field.max })
    case 'choice':
      return fc.constantFrom(...field.of)
    case 'yes':
      return fc.boolean()
    case 'text':
      return fc.constantFrom('', 'Canesú')
    case 'path':
      return fc.constantFrom([], [0.5, 0.5], [0.3, 0.4, 0.6, 0.5], [1.2, -0.3])
    case 'area':
      return fc.constantFrom([0, 0, 1, 0, 1, 1], [0.2, 0.3, 0.8, 0.3, 0.8, 0.9, 0.2, 0.9])
    case 'swatch':
      return fc.constantFrom('', 'mezclilla', 'boton')
    case 'colour':
      return fc.constantFrom('', '#aabbcc')
  }
}

/** Any operation of a kind on a pattern of `draft`. `darted`: its front has the dart of `change`. */
export const operationOf = (name: OperationName, pattern: Pattern, darted: boolean): fc.Arbitrary<Operation> =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(fieldsOf(name)).map(([key, field]) => [
          key,
          // A dart's legs are what a person points at.
          darted && (key === 'in' || key === 'out') ? fc.constant(`d.bajo${key}`) : anyOf(field, pattern),
        ]),
      ),
    )
    .map((fields) => ({ op: name, ...fields }) as unknown as Operation)

const DART = { op: 'dartAdd', edge: 'd.bajo', at: 0.5, width: 24, length: 120, tilt: 0 } as unknown as Operation

/** A blouse, some with a dart in the front's hem, and an operation on it. */
export const change = (name: OperationName) =>
  fc.tuple(draft(), fc.boolean()).chain(([bare, wanted]) => {
    const added = wanted || name.startsWith('dart') ? apply(bare, DART) : null
    const darted = added?.ok === true && name !== 'dartAdd'
    const pattern = darted && added?.ok ? added.pattern : bare
    return fc.tuple(fc.constant(pattern), operationOf(name, pattern, darted))
  })
