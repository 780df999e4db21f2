import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { Board, Collection, Opening } from '../../../shared/domain/board.ts'
import type {
  BoardId,
  CircleId,
  CollectionId,
  FirmId,
  PersonId,
  SheetId,
  UploadId,
} from '../../../shared/domain/ids.ts'
import type { Actor, Circle, Firm, Person } from '../../../shared/domain/people.ts'
import { type Instant, mm } from '../../../shared/domain/units.ts'
import { MACHINES, STITCH, type Starts, type StitchCode } from '../../../shared/pattern/stitches.ts'
import type { SwatchId } from '../../../shared/pattern/swatches.ts'
import { isAsking, type Records, type StoredSheet, type StoredSwatch, type StoredUpload } from '../records-port.ts'
import { notWritten } from './open.ts'

type Row = Record<string, SQLInputValue>

/** A failed write as the port says it; mistakes of ours stay what they are. */
export const asNotWritten = (error: unknown): unknown => notWritten(error) ?? error

/** Runs `write` in a transaction, or as part of the one that is open. */
export const inTransaction = <T>(db: DatabaseSync, write: () => T): T => {
  if (db.isTransaction) return write()
  try {
    db.exec('BEGIN IMMEDIATE')
    const value = write()
    db.exec('COMMIT')
    return value
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw asNotWritten(error)
  }
}

const all = (statement: StatementSync, ...values: SQLInputValue[]): Row[] => statement.all(...values) as Row[]

/** What memory holds: replaced as a whole when a transaction fails half-way. */
interface Memory {
  group: { readonly name: string } | null
  starts: Starts
  firms: Map<FirmId, Firm>
  people: Map<PersonId, Person>
  actors: Map<PersonId, Actor>
  circles: Map<CircleId, Circle>
  collections: Map<CollectionId, Collection>
  boards: Map<BoardId, Board>
  sheets: Map<SheetId, StoredSheet>
  byBoard: Map<BoardId, StoredSheet[]>
  uploads: Map<UploadId, StoredUpload>
  swatches: Map<SwatchId, StoredSwatch>
}

export const openRecords = (db: DatabaseSync): Records => {
  let memory = load(db)

  const write = (run: () => void, remember: () => void): void => {
    inTransaction(db, run)
    remember()
  }
  const put = (sql: string): ((...values: SQLInputValue[]) => void) => {
    const statement = db.prepare(sql)
    return (...values) => {
      statement.run(...values)
    }
  }
  const sql = {
    group: put('INSERT INTO groups (one, name, at) VALUES (1, ?, ?)'),
    firm: put('INSERT INTO firms (id, name, role, machines, at) VALUES (?, ?, ?, ?, ?)'),
    machines: put('UPDATE firms SET machines = ? WHERE id = ?'),
    person: put('INSERT INTO people (id, name, firm, role, admin, level, at) VALUES (?, ?, ?, ?, ?, ?, ?)'),
    start: put(
      `INSERT INTO stitch_starts (stitch, allowance, spi, gauge, by, at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (stitch) DO UPDATE SET allowance = excluded.allowance, spi = excluded.spi, gauge = excluded.gauge,
         by = excluded.by, at = excluded.at`,
    ),
    noStart: put('DELETE FROM stitch_starts WHERE stitch = ?'),
    level: put('UPDATE people SET level = ? WHERE id = ?'),
    circle: put(
      'INSERT INTO circles (id, name, at) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
    ),
    noFirms: put('DELETE FROM circle_firms WHERE circle = ?'),
    circleFirm: put('INSERT INTO circle_firms (circle, firm) VALUES (?, ?)'),
    noCircle: put('DELETE FROM circles WHERE id = ?'),
    noOpenings: put('DELETE FROM openings WHERE circle = ?'),
    collection: put('INSERT INTO collections (id, firm, name, about, at) VALUES (?, ?, ?, ?, ?)'),
    board: put('INSERT INTO boards (id, collection, firm, title, style, at) VALUES (?, ?, ?, ?, ?, ?)'),
    rename: put('UPDATE boards SET title = ?, style = ? WHERE id = ?'),
    opening: put(
      `INSERT INTO openings (board, circle, from_at, until_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (board, circle) DO UPDATE SET from_at = excluded.from_at, until_at = excluded.until_at`,
    ),
    noOpening: put('DELETE FROM openings WHERE board = ? AND circle = ?'),
    upload: put(
      `INSERT INTO uploads (id, board, firm, person, name, bytes, state, report, refusal, at, ask, swatch)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes, state = excluded.state, report = excluded.report,
       refusal = excluded.refusal, ask = excluded.ask`,
    ),
    swatch: put(
      `INSERT INTO swatches (id, board, firm, pyramid, unnamed) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET unnamed = excluded.unnamed`,
    ),
    noSwatch: put('DELETE FROM swatches WHERE id = ?'),
    noSheet: put('DELETE FROM sheets WHERE id = ?'),
    sheet: put(
      `INSERT INTO sheets (id, board, firm, upload, kind, name, width, height, mm_per_unit, scale, x, y, turn, away, ord,
         pyramid, version, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, mm_per_unit = excluded.mm_per_unit, scale = excluded.scale,
         x = excluded.x, y = excluded.y, turn = excluded.turn, away = excluded.away, ord = excluded.ord, pyramid = excluded.pyramid,
         width = excluded.width, height = excluded.height, version = excluded.version`,
    ),
  }
  const rememberCircle = (): void => {
    memory.actors = actorsOf(memory.people, memory.circles)
  }
  const setBoard = (id: BoardId, change: (board: Board) => Board): void => {
    const board = memory.boards.get(id)
    if (board) memory.boards.set(id, change(board))
  }
  const saveSheets = (sheets: readonly StoredSheet[]): void =>
    write(
      () => {
        for (const s of sheets)
          sql.sheet(
            ...[s.id, s.board, s.firm, s.upload, s.kind, s.name, s.width, s.height, s.mmPerUnit, s.scale],
            ...[s.place.x, s.place.y, s.place.turn, s.away ? 1 : 0, s.order, JSON.stringify(s.pyramid)],
            s.version ?? null,
          )
      },
      () => {
        for (const sheet of sheets) memory.sheets.set(sheet.id, sheet)
        for (const board of new Set(sheets.map((s) => s.board)))
          memory.byBoard.set(board, sheetsOn(memory.sheets, board))
      },
    )

  return {
    group: () => memory.group,
    starts: () => memory.starts,
    firms: () => [...memory.firms.values()],
    firm: (id) => memory.firms.get(id) ?? null,
    people: () => [...memory.people.values()],
    person: (id) => memory.people.get(id) ?? null,
    actor: (id) => memory.actors.get(id) ?? null,
    circles: () => [...memory.circles.values()],
    circle: (id) => memory.circles.get(id) ?? null,
    collections: () => [...memory.collections.values()],
    collection: (id) => memory.collections.get(id) ?? null,
    boards: () => [...memory.boards.values()],
    board: (id) => memory.boards.get(id) ?? null,
    sheetsOf: (board) => memory.byBoard.get(board) ?? [],
    sheet: (id) => memory.sheets.get(id) ?? null,
    upload: (id) => memory.uploads.get(id) ?? null,
    sheetsOfUpload: (id) =>
      [...memory.sheets.values()].filter((s) => s.upload === id).sort((a, b) => a.order - b.order),
    swatch: (id) => memory.swatches.get(id) ?? null,
    swatches: () => [...memory.swatches.values()],
    used(firm, since) {
      let bytes = 0
      let files = 0
      for (const upload of memory.uploads.values()) {
        if (upload.firm !== firm) continue
        if (upload.at >= since) files++
        if (upload.state !== 'refused' && upload.state !== 'cancelled') bytes += upload.bytes
      }
      return { bytes, files }
    },
    uploadsUnderWay: () =>
      [...memory.uploads.values()].filter((u) => ['receiving', 'waiting', 'converting'].includes(u.state)),
    uploadsOf: (board, person, since) =>
      [...memory.uploads.values()]
        .filter((u) => u.board === board && u.person === person && (u.at >= since || isAsking(u)))
        .sort((a, b) => a.at - b.at),

    addGroup: (name, at) =>
      write(
        () => sql.group(name, at),
        () => {
          memory.group = { name }
        },
      ),
    addFirm: (firm, at) =>
      write(
        () => sql.firm(firm.id, firm.name, firm.role, firm.machines ? JSON.stringify(firm.machines) : null, at),
        () => memory.firms.set(firm.id, firm),
      ),
    addPerson: (person, at) =>
      write(
        () => sql.person(person.id, person.name, person.firm, person.role, person.admin ? 1 : 0, person.level, at),
        () => {
          memory.people.set(person.id, person)
          memory.actors.set(person.id, actorOf(person, memory.circles))
        },
      ),
    setLevel: (id, level) =>
      write(
        () => sql.level(level, id),
        () => {
          const person = memory.people.get(id)
          if (person?.firm == null) return
          const raised = { ...person, level }
          memory.people.set(id, raised)
          memory.actors.set(id, actorOf(raised, memory.circles))
        },
      ),
    setMachines: (id, machines) =>
      write(
        () => sql.machines(machines.length > 0 ? JSON.stringify(machines) : null, id),
        () => {
          const firm = memory.firms.get(id)
          if (!firm) return
          const { machines: _, ...rest } = firm
          memory.firms.set(id, machines.length > 0 ? { ...rest, machines } : rest)
        },
      ),
    setStart: (stitch, start, by, at) =>
      write(
        () => {
          if (start) sql.start(stitch, start.allowance, start.spi, start.gauge, by, at)
          else sql.noStart(stitch)
        },
        () => {
          const { [stitch]: _, ...others } = memory.starts
          memory.starts = start ? { ...others, [stitch]: start } : others
        },
      ),
    putCircle: (circle, at) =>
      write(
        () => {
          sql.circle(circle.id, circle.name, at)
          sql.noFirms(circle.id)
          for (const firm of circle.firms) sql.circleFirm(circle.id, firm)
        },
        () => {
          memory.circles.set(circle.id, circle)
          rememberCircle()
        },
      ),
    dropCircle: (id) =>
      write(
        () => {
          sql.noOpenings(id)
          sql.noFirms(id)
          sql.noCircle(id)
        },
        () => {
          memory.circles.delete(id)
          rememberCircle()
          for (const board of memory.boards.keys())
            setBoard(board, (b) => ({ ...b, openings: b.openings.filter((o) => o.circle !== id) }))
        },
      ),
    addCollection: (c) =>
      write(
        () => sql.collection(c.id, c.firm, c.name, c.about, c.at),
        () => memory.collections.set(c.id, c),
      ),
    addBoard: (b) =>
      write(
        () => {
          sql.board(b.id, b.collection, b.firm, b.title, b.style, b.at)
          for (const o of b.openings) sql.opening(b.id, o.circle, o.from, o.until)
        },
        () => memory.boards.set(b.id, b),
      ),
    renameBoard: (id, title, style) =>
      write(
        () => sql.rename(title, style, id),
        () => setBoard(id, (b) => ({ ...b, title, style })),
      ),
    putOpening: (board, opening) =>
      write(
        () => sql.opening(board, opening.circle, opening.from, opening.until),
        () => setBoard(board, (b) => ({ ...b, openings: withOpening(b.openings, opening) })),
      ),
    dropOpening: (board, circle) =>
      write(
        () => sql.noOpening(board, circle),
        () => setBoard(board, (b) => ({ ...b, openings: b.openings.filter((o) => o.circle !== circle) })),
      ),
    putUpload: (u) =>
      write(
        () =>
          sql.upload(
            ...[u.id, u.board, u.firm, u.person, u.name, u.bytes, u.state],
            ...[JSON.stringify(u.report), u.refusal === null ? null : JSON.stringify(u.refusal), u.at],
            ...[u.ask === null ? null : JSON.stringify(u.ask), u.swatch ? 1 : 0],
          ),
        () => memory.uploads.set(u.id, u),
      ),
    addSheets: saveSheets,
    putSheets: saveSheets,
    dropSheets: (ids) =>
      write(
        () => {
          for (const id of ids) sql.noSheet(id)
        },
        () => {
          const boards = new Set(ids.flatMap((id) => memory.sheets.get(id)?.board ?? []))
          for (const id of ids) memory.sheets.delete(id)
          for (const board of boards) memory.byBoard.set(board, sheetsOn(memory.sheets, board))
        },
      ),
    putSwatch: (s) =>
      write(
        () => sql.swatch(s.id, s.board, s.firm, JSON.stringify(s.pyramid), s.unnamed),
        () => memory.swatches.set(s.id, s),
      ),
    dropSwatch: (id) =>
      write(
        () => sql.noSwatch(id),
        () => memory.swatches.delete(id),
      ),
    reload() {
      memory = load(db)
    },
    together(run) {
      if (db.isTransaction) return run()
      try {
        return inTransaction(db, run)
      } catch (error) {
        memory = load(db)
        throw error
      }
    },
  }
}

const withOpening = (openings: readonly Opening[], opening: Opening): Opening[] => [
  ...openings.filter((o) => o.circle !== opening.circle),
  opening,
]

const actorOf = (person: Person, circles: ReadonlyMap<CircleId, Circle>): Actor => ({
  ...person,
  circles:
    person.firm === null ? [] : [...circles.values()].filter((c) => c.firms.includes(person.firm)).map((c) => c.id),
})
const actorsOf = (
  people: ReadonlyMap<PersonId, Person>,
  circles: ReadonlyMap<CircleId, Circle>,
): Map<PersonId, Actor> => new Map([...people].map(([id, person]) => [id, actorOf(person, circles)]))

const sheetsOn = (sheets: ReadonlyMap<SheetId, StoredSheet>, board: BoardId): StoredSheet[] =>
  [...sheets.values()].filter((s) => s.board === board).sort((a, b) => a.order - b.order)

/** Those that there still are, in our order. */
const machinesIn = (json: string): Firm['machines'] => {
  const kept: unknown[] = JSON.parse(json)
  return MACHINES.filter((machine) => kept.includes(machine))
}

const load = (db: DatabaseSync): Memory => {
  const rows = (sql: string): Row[] => all(db.prepare(sql))
  const group = rows('SELECT name FROM groups')[0]
  const firms = new Map(
    rows('SELECT id, name, role, machines FROM firms ORDER BY at, rowid').map(({ machines, ...r }) => [
      r.id as FirmId,
      { ...r, ...(machines === null ? {} : { machines: machinesIn(machines as string) }) } as unknown as Firm,
    ]),
  )
  const starts = Object.fromEntries(
    rows('SELECT stitch, allowance, spi, gauge FROM stitch_starts')
      .filter(({ stitch }) => Object.hasOwn(STITCH, stitch as StitchCode))
      .map(({ stitch, allowance, spi, gauge }) => [stitch, { allowance, spi, gauge }]),
  ) as Starts
  const people = new Map(
    rows('SELECT id, name, firm, role, admin, level FROM people ORDER BY at, rowid').map((r) => [
      r.id as PersonId,
      { ...r, admin: r.admin === 1 } as unknown as Person,
    ]),
  )
  const circleFirms = rows('SELECT circle, firm FROM circle_firms ORDER BY rowid')
  const circles = new Map(
    rows('SELECT id, name FROM circles ORDER BY at, rowid').map((r) => [
      r.id as CircleId,
      {
        id: r.id as CircleId,
        name: r.name as string,
        firms: circleFirms.filter((f) => f.circle === r.id).map((f) => f.firm as FirmId),
      },
    ]),
  )
  const collections = new Map(
    rows('SELECT id, firm, name, about, at FROM collections ORDER BY at, rowid').map((r) => [
      r.id as CollectionId,
      { ...r } as unknown as Collection,
    ]),
  )
  const openings = rows('SELECT board, circle, from_at, until_at FROM openings ORDER BY rowid')
  const boards = new Map(
    rows('SELECT id, collection, firm, title, style, at FROM boards ORDER BY at, rowid').map((r) => [
      r.id as BoardId,
      {
        ...r,
        openings: openings
          .filter((o) => o.board === r.id)
          .map((o) => ({ circle: o.circle as CircleId, from: o.from_at as Instant, until: o.until_at as Instant })),
      } as unknown as Board,
    ]),
  )
  const sheets = new Map(rows('SELECT * FROM sheets').map((r) => [r.id as SheetId, sheetOf(r)]))
  const byBoard = new Map([...boards.keys()].map((board) => [board, sheetsOn(sheets, board)]))
  const uploads = new Map(
    rows('SELECT * FROM uploads').map(({ swatch, ...r }) => [
      r.id as UploadId,
      {
        ...r,
        ...(swatch === 1 ? { swatch: true } : {}),
        report: JSON.parse(r.report as string),
        refusal: r.refusal === null ? null : JSON.parse(r.refusal as string),
        ask: r.ask === null ? null : JSON.parse(r.ask as string),
      } as unknown as StoredUpload,
    ]),
  )
  const swatches = new Map(
    rows('SELECT id, board, firm, pyramid, unnamed FROM swatches').map((r) => [
      r.id as SwatchId,
      { ...r, pyramid: JSON.parse(r.pyramid as string) } as unknown as StoredSwatch,
    ]),
  )
  return {
    group: group ? { name: group.name as string } : null,
    starts,
    firms,
    people,
    actors: actorsOf(people, circles),
    circles,
    collections,
    boards,
    sheets,
    byBoard,
    uploads,
    swatches,
  }
}

const sheetOf = (r: Row): StoredSheet => ({
  id: r.id as SheetId,
  board: r.board as BoardId,
  firm: r.firm as FirmId,
  upload: r.upload as UploadId | null,
  kind: r.kind as StoredSheet['kind'],
  name: r.name as string,
  width: r.width as number,
  height: r.height as number,
  mmPerUnit: r.mm_per_unit as number,
  scale: r.scale as StoredSheet['scale'],
  place: { x: mm(r.x as number), y: mm(r.y as number), turn: r.turn as 0 | 1 | 2 | 3 },
  away: r.away === 1,
  order: r.ord as number,
  pyramid: JSON.parse(r.pyramid as string),
  ...(r.version === null ? {} : { version: r.version as number }),
})
