import { area } from './area.ts'
import { arrow } from './arrow.ts'
import { hand } from './hand.ts'
import { laser } from './laser.ts'
import { pen } from './pen.ts'
import { pin } from './pin.ts'
import { propose } from './propose.ts'
import { scale } from './scale.ts'
import { select } from './select.ts'
import { tape } from './tape.ts'
import type { Tool, ToolId } from './tool.ts'

/** The tools there are, in the order of the toolbar. Their states differ; the host hands each its own back. */
export const TOOLS: readonly Tool<never>[] = [select, hand, pin, arrow, pen, area, tape, propose, scale, laser] as never

export const toolOf = (id: ToolId): Tool<unknown> => TOOLS.find((tool) => tool.id === id) as Tool<unknown>

/** Tool under a key as `KeyboardEvent.key` tells it, or null. The page asks only while single-key shortcuts are on. */
export const toolOfKey = (key: string): ToolId | null =>
  TOOLS.find((tool) => tool.key === key.toLowerCase())?.id ?? null

/** Tools that leave something behind, so that a page can grey them out together. */
export const leavesMarks = (id: ToolId): boolean => !['select', 'hand', 'laser', 'scale', 'propose'].includes(id)
