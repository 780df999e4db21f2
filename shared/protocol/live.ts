import { z } from 'zod'
import type { Opening } from '../domain/board.ts'
import type { BoardId, CircleId, MarkId, PersonId, SheetId } from '../domain/ids.ts'
import { called, type Refusal, type UploadState } from './api.ts'

/**
 * Socket.IO on `/live`: commands with an acknowledgement, and signals that nobody has to keep. Arguments are strict zod
 * schemas; an unknown event or a malformed argument is a refusal, and a strike.
 */
const id = z.string().regex(/^[a-z0-9]{2,32}$/)
const board = id.transform((text) => text as BoardId)
const sheet = id.transform((text) => text as SheetId)
const circle = id.transform((text) => text as CircleId)
const mark = z
  .string()
  .regex(/^[a-z0-9]{2,32}_[a-z0-9]{4,20}$/)
  .transform((text) => text as MarkId)
const millimetres = z.number().min(-1e6).max(1e6)

export const COMMANDS = {
  /** Looks at a board: signals about it follow, and what is on it counts as seen. */
  'board.enter': z.strictObject({ board }),
  'board.leave': z.strictObject({ board }),
  'board.open': z.strictObject({ board, circle, until: z.number().int().positive() }),
  'board.close': z.strictObject({ board, circle }),
  /** "Look here": asks the willing eyes on the board to come to a mark. */
  'eyes.call': z.strictObject({ board, mark }),
  /** Moves or turns sheets on the table; several at once, so that a tiled pattern is laid together in one act. */
  'sheet.place': z.strictObject({
    board,
    places: z
      .array(
        z.strictObject({
          sheet,
          x: millimetres,
          y: millimetres,
          turn: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
        }),
      )
      .min(1)
      .max(200),
  }),
  /** Says what one sheet unit of a photo measures in millimetres. */
  'sheet.scale': z.strictObject({ board, sheet, mmPerUnit: z.number().min(1e-4).max(1e3) }),
  'sheet.away': z.strictObject({ board, sheet, away: z.boolean() }),
  'sheet.name': z.strictObject({ board, sheet, name: called(120) }),
} as const

export type Command = keyof typeof COMMANDS
export type CommandArgs<C extends Command> = z.input<(typeof COMMANDS)[C]>
export interface CommandAnswers {
  'board.enter': { readonly ok: true }
  'board.leave': { readonly ok: true }
  'board.open': { readonly ok: true; readonly opening: Opening }
  'board.close': { readonly ok: true }
  'eyes.call': { readonly ok: true }
  'sheet.place': { readonly ok: true }
  'sheet.scale': { readonly ok: true }
  'sheet.away': { readonly ok: true }
  'sheet.name': { readonly ok: true }
}
export type Answer<C extends Command> = CommandAnswers[C] | ({ readonly ok: false } & Refusal)

/** What the server tells, unasked. */
export interface Signals {
  /** Somebody asks for eyes at a mark of the board I am on. */
  'eyes.called': (signal: { board: BoardId; mark: MarkId; by: PersonId }) => void
  /** Lists that I see may have changed: boards opened or closed, new acts at my work. Ask again. */
  'home.changed': () => void
  /** Who is who in the group changed, or what I may do. Ask `GET /api/me` again. */
  'people.changed': () => void
  /** Title, openings or audience of a board changed. */
  'board.changed': (signal: { board: BoardId }) => void
  /** My access to a board ended: clear it from the screen at once. */
  'board.ended': (signal: { board: BoardId }) => void
  'upload.moved': (state: UploadState) => void
  /** Signed out elsewhere, or removed. */
  'session.ended': () => void
}
export type CommandEvents = {
  [C in Command]: (args: CommandArgs<C>, acknowledge: (answer: Answer<C>) => void) => void
}
