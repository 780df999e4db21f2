import type { MarkKind } from '../../../shared/domain/mark.ts'
import { area } from './area.ts'
import { arrow } from './arrow.ts'
import type { FigureKind } from './figure.ts'
import { pen } from './pen.ts'
import { pin } from './pin.ts'
import { proposal } from './proposal.ts'
import { tape } from './tape.ts'

/** Kind of mark → figure; a kind without one does not compile. */
export const FIGURES: Record<MarkKind, FigureKind> = { pin, arrow, pen, area, tape, proposal }

/** What lies below what: areas under lines, pins on top. */
export const RANKS: Record<MarkKind, number> = { area: 0, pen: 1, arrow: 1, tape: 1, pin: 2, proposal: 2 }
