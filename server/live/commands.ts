import type { z } from 'zod'
import type { Action } from '../../shared/access/actions.ts'
import { judge } from '../../shared/access/rules.ts'
import { readMark, readSheet, sheetsOf } from '../../shared/document/read.ts'
import { overlaps, sizeOnBoard } from '../../shared/domain/geometry.ts'
import type { BoardId, PersonId, SheetId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { type Instant, mm } from '../../shared/domain/units.ts'
import { COMMANDS, type Command, type CommandAnswers } from '../../shared/protocol/live.ts'
import { layOut, plainSheet } from '../http/uploads.ts'
import { Refused } from '../refused.ts'
import type { Rooms } from '../rooms/registry.ts'
import { NotWritten } from '../store/ports.ts'
import type { Records, Said, StoredSheet } from '../store/records-port.ts'
import type { Openings } from './openings.ts'
import type { Tell } from './signals.ts'

type Args<C extends Command> = z.output<(typeof COMMANDS)[C]>
type Handlers = { [C in Command]: (person: PersonId, args: Args<C>) => CommandAnswers[C] | Promise<CommandAnswers[C]> }

/** The right that each command needs on its board; there is none without. */
const RIGHTS: Record<Command, Action> = {
  'board.enter': 'board.read',
  'board.leave': 'board.read',
  'board.open': 'board.open',
  'board.close': 'board.open',
  'eyes.call': 'eyes.call',
  'sheet.place': 'sheet.place',
  'sheet.scale': 'sheet.place',
  'sheet.away': 'sheet.place',
  'sheet.name': 'sheet.place',
}

/** Carries out what was asked over `/live`. Every command may come twice: saying it again changes nothing more. */
export const openCommands = (needs: {
  readonly records: Records
  readonly said: Said
  readonly openings: Openings
  readonly rooms: Rooms
  readonly tell: Tell
  now(): Instant
}): ((person: PersonId, command: string, args: unknown) => Promise<{ readonly ok: true }>) => {
  const { records, said, openings, rooms, tell } = needs

  /** Disk first, then memory and document; a document that could not be written puts the records back. */
  const change = async (
    person: PersonId,
    board: BoardId,
    ids: readonly SheetId[],
    edit: (sheet: StoredSheet) => StoredSheet,
  ): Promise<{ readonly ok: true }> => {
    const room = await rooms.get(board)
    const before = [...new Set(ids)].map((id) => {
      const sheet = records.sheet(id)
      if (!sheet || sheet.board !== board) throw new Refused('not-found')
      return sheet
    })
    records.putSheets(before.map(edit))
    try {
      await room.serverWrite((doc) => {
        const root = sheetsOf(doc)
        // Edited as it lies there in this turn: a new version of a pattern may have come in between.
        for (const sheet of before) {
          const there = readSheet(doc, sheet.id)
          root.set(sheet.id, plainSheet(edit(there ? { ...sheet, ...there } : sheet)))
        }
      }, person)
    } catch (error) {
      records.putSheets(
        before.map(({ id, place, mmPerUnit, scale, away, name, ...was }) => {
          const now = records.sheet(id) ?? { id, place, mmPerUnit, scale, away, name, ...was }
          return { ...now, place, mmPerUnit, scale, away, name }
        }),
      )
      throw error
    }
    return { ok: true }
  }

  /** What counts as seen is a comfort: a full disk keeps nobody from a board. */
  const look = (person: PersonId, board: BoardId): void => {
    try {
      said.look(person, board, needs.now())
    } catch (error) {
      if (!(error instanceof NotWritten)) throw error
    }
  }

  const handlers: Handlers = {
    'board.enter'(person, { board }) {
      look(person, board)
      tell.homeChanged([person])
      return { ok: true }
    },
    'board.leave'(person, { board }) {
      look(person, board)
      return { ok: true }
    },
    'board.open': (_person, { board, circle, until }) => ({
      ok: true,
      opening: openings.open(board, circle, until as Instant),
    }),
    'board.close'(_person, { board, circle }) {
      openings.close(board, circle)
      return { ok: true }
    },
    async 'eyes.call'(person, { board, mark }) {
      const room = await rooms.get(board)
      if (!readMark(room.doc, mark)) throw new Refused('not-found')
      const here = new Set(room.present().map((p) => p.person))
      if (!here.has(person)) throw new Refused('not-here')
      here.delete(person)
      tell.eyesCalled(board, mark, person, here)
      return { ok: true }
    },
    'sheet.place'(person, { board, places }) {
      const to = new Map(places.map((p) => [p.sheet, p]))
      const ids = places.map((p) => p.sheet)
      return change(person, board, ids, (sheet) => {
        const p = to.get(sheet.id)
        const place: Sheet['place'] = p ? { x: mm(p.x), y: mm(p.y), turn: p.turn } : sheet.place
        return { ...sheet, place }
      })
    },
    'sheet.scale'(person, { board, sheet, mmPerUnit }) {
      const others = records.sheetsOf(board).filter(({ id, away }) => id !== sheet && !away)
      return change(person, board, [sheet], (s) => {
        // What comes at true size has its scale from its file.
        if (s.kind !== 'photo') return refuse('bad-request')
        const scaled = { ...s, mmPerUnit, scale: 'measured' } as const
        const covers = others.some((one) => areOver(one, scaled) && !areOver(one, s))
        if (!covers) return scaled
        const [free = s.place] = layOut(others, [{ ...sizeOnBoard(scaled), mmPerUnit: 1 }])
        return { ...scaled, place: { ...free, turn: s.place.turn } }
      })
    },
    'sheet.away': (person, { board, sheet, away }) => change(person, board, [sheet], (s) => ({ ...s, away })),
    'sheet.name': (person, { board, sheet, name }) => change(person, board, [sheet], (s) => ({ ...s, name })),
  }

  return async (person, command, raw) => {
    if (!Object.hasOwn(COMMANDS, command)) throw new Refused('unknown-command')
    const name = command as Command
    const parsed = COMMANDS[name].safeParse(raw)
    if (!parsed.success) throw new Refused('bad-request')
    const { board } = parsed.data
    const actor = records.actor(person)
    const about = records.board(board)
    if (!actor || !about) throw new Refused('not-found')
    const verdict = judge(RIGHTS[name], { actor, now: needs.now(), board: about })
    if (!verdict.ok) throw new Refused(verdict.reason)
    // The argument was parsed with this very command's schema.
    const handle = handlers[name] as (person: PersonId, args: unknown) => Promise<{ readonly ok: true }>
    return handle(person, parsed.data)
  }
}

/** Whether one of two sheets lies on the other. */
const areOver = (a: Sheet, b: Sheet): boolean =>
  overlaps({ ...a.place, ...sizeOnBoard(a) }, { ...b.place, ...sizeOnBoard(b) })

const refuse = (code: 'bad-request'): never => {
  throw new Refused(code)
}
