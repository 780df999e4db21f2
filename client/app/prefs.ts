import { create } from 'zustand'
import type { Unit } from '../words/format.ts'

interface Kept {
  readonly unit: Unit
  /** Single-key shortcuts (WCAG 2.1.4): on unless turned off. */
  readonly shortcuts: boolean
}
interface Prefs extends Kept {
  setUnit(unit: Unit): void
  setShortcuts(on: boolean): void
}

const KEY = 'puntada.prefs'

const stored = (): Kept => {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Record<keyof Kept, unknown>>
    return { unit: value.unit === 'in' ? 'in' : 'cm', shortcuts: value.shortcuts !== false }
  } catch {
    return { unit: 'cm', shortcuts: true }
  }
}

const keep = ({ unit, shortcuts }: Kept): void => {
  try {
    localStorage.setItem(KEY, JSON.stringify({ unit, shortcuts }))
  } catch {
    // Nothing is kept, then; it holds for this visit.
  }
}

/** How this person likes to work on this device. */
export const usePrefs = create<Prefs>()((set, get) => ({
  ...stored(),
  setUnit(unit) {
    set({ unit })
    keep(get())
  },
  setShortcuts(shortcuts) {
    set({ shortcuts })
    keep(get())
  },
}))
