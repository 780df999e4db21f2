import { fieldsOf, type Operation } from '../../shared/pattern/operation.ts'
import type { Handle } from '../proposals/handles.ts'

/** The numbers that a handle changes, as they stand beside it: lengths in the person's unit, turns in degrees; a place is seen. */
export const sayHandle = (operation: Operation, handle: Handle, length: (mm: number) => string): string => {
  const fields = fieldsOf(operation.op)
  const values = operation as unknown as Readonly<Record<string, unknown>>
  return handle.fields
    .flatMap((name) => {
      const value = values[name]
      const field = fields[name]
      if (typeof value !== 'number' || !field) return []
      if (field.is === 'mm') return [length(value)]
      if (field.is === 'degrees') return [`${Math.round(value * 10) / 10}°`]
      return []
    })
    .join(' · ')
}
