import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import * as Y from 'yjs'
import { decisionsOf, sheetsOf, stampsOf } from '../../shared/document/read.ts'
import { doneStamp, ROOTS } from '../../shared/document/schema.ts'
import { write } from '../../shared/document/write.ts'
import type { BoardId, PersonId, SheetId, UploadId } from '../../shared/domain/ids.ts'
import type { Pyramid } from '../../shared/domain/sheet.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { Layout } from '../../shared/pattern/layout.ts'
import { packPattern } from '../../shared/pattern/wire.ts'
import { roomOf } from '../../shared/protocol/rooms.ts'
import { plainSheet } from '../http/uploads.ts'
import type { ConversionResult } from '../media/conversion.ts'
import { convert, drawVersion } from '../media/convert/convert.ts'
import type { MediaDisk } from '../media/disk.ts'
import { MEDIA_LIMITS } from '../media/limits.ts'
import type { Log } from '../rooms/ports.ts'
import type { Lease, LoggedUpdate, PatternStore, UpdateLog } from '../store/ports.ts'
import type { Records, Said, StoredSheet, StoredUpload } from '../store/records-port.ts'
import { type Nest, nestOf } from './nests.ts'
import { type Story, type StoryMark, type StorySheet, story } from './story.ts'

export interface SeedNeeds {
  readonly records: Records
  readonly updates: UpdateLog
  readonly versions: PatternStore
  readonly disk: MediaDisk
  readonly said: Said
  now(): Instant
  newId(): string
  random(n: number): Uint8Array
  readonly log: Log
}

type Nests = ReadonlyMap<SheetId, Nest>

const ASSETS = join(import.meta.dirname, 'assets')
const CONVERTER = join(import.meta.dirname, '..', 'media', 'convert')
/** Converted once per machine: the same file with the same converter gives the same tiles. */
const CACHE = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'puntada-demo')
const LINES = [join(import.meta.dirname, '..', 'pattern'), join(import.meta.dirname, '..', '..', 'shared', 'pattern')]
const NOTE = 'result.json'

/** The demo's sheets while they are drawn, beside a server that answers already. */
export interface Drawing {
  /** Resolves when the sheet's picture is there, or will not come. */
  drawn(sheet: SheetId): Promise<void>
  stop(): Promise<void>
}

/**
 * Tells the story into an empty data folder: through the same converter, the same log and the same records that a real group
 * has, with the times of the story counted back from now. Pictures are drawn after it returns, one for each board first;
 * a second start on one machine finds them drawn.
 */
export const seedDemo = (needs: SeedNeeds): Drawing => {
  const { records, said } = needs
  const told = story(needs.now())
  const nests: Nests = new Map(
    told.sheets.filter(({ kind }) => kind === 'pattern').map((sheet) => [sheet.id, nestOf(told, sheet)]),
  )
  const sheets = told.sheets.map((sheet) => storedSheet(told, sheet, nests.get(sheet.id)))
  records.together(() => {
    addPeople(records, told)
    for (const sheet of told.sheets) records.putUpload(uploadOf(told, sheet, nests.get(sheet.id)))
    records.addSheets(sheets)
    for (const { versions } of nests.values()) for (const version of versions) needs.versions.add(version)
  })
  for (const board of told.boards) {
    const marks = told.marks.filter((mark) => mark.board === board.id)
    logBoard(
      needs,
      board.id,
      board.by,
      sheets.filter((s) => s.board === board.id),
      marks,
      nests,
    )
  }
  for (const [key, at] of lastWords(told)) {
    const [person, board] = key.split(' ') as [PersonId, BoardId]
    said.look(person, board, at)
  }
  return drawAll(needs, told, nests)
}

const addPeople = (records: Records, told: Story): void => {
  const first = Math.min(...told.collections.map((c) => c.at)) as Instant
  records.addGroup(told.group.name, first)
  for (const { about: _, ...firm } of told.firms) records.addFirm(firm, first)
  for (const { trade: _, ...person } of told.people) records.addPerson(person, first)
  for (const circle of told.circles) records.putCircle(circle, first)
  for (const collection of told.collections) records.addCollection(collection)
  for (const { by: _, ...board } of told.boards) records.addBoard(board)
}

/** When each person last said something on a board: that far they have seen it. */
const lastWords = (told: Story): Map<string, Instant> => {
  const last = new Map<string, Instant>()
  const speak = (person: PersonId, board: BoardId, at: Instant): void => {
    const key = `${person} ${board}`
    if ((last.get(key) ?? 0) < at) last.set(key, at)
  }
  for (const board of told.boards) speak(board.by, board.id, board.at)
  for (const mark of told.marks) {
    speak(mark.author, mark.board, mark.at)
    for (const reply of mark.replies) speak(reply.author, mark.board, reply.at)
    if (mark.resolved) speak(mark.resolved.by, mark.board, mark.resolved.at)
    if (mark.proposal?.decision) speak(mark.proposal.decision.by, mark.board, mark.proposal.decision.at)
  }
  return last
}

const uploadIdOf = (sheet: SheetId): UploadId => `o${sheet}`.slice(0, 32) as UploadId
const boardOf = (told: Story, sheet: StorySheet): Story['boards'][number] => {
  const board = told.boards.find((b) => b.id === sheet.board)
  if (!board) throw new Error(`${sheet.id} lies on no board`)
  return board
}
/** Nothing is drawn of it yet. */
const BLANK: Pyramid = { tile: 512, levels: 0, width: 1, height: 1 }
const storedSheet = (told: Story, sheet: StorySheet, nest: Nest | undefined): StoredSheet => {
  const { id: board, firm } = boardOf(told, sheet)
  const newest = nest?.versions.at(-1)
  const version = newest ? { version: newest.version, ...sizeOf(newest) } : {}
  const plain = plainSheet({ ...sheet, firm, away: false, ...version })
  return { ...plain, board, upload: uploadIdOf(sheet.id), pyramid: BLANK }
}
const sizeOf = ({ layout }: { layout: Layout }) => ({ width: layout.width, height: layout.height })
const uploadOf = (told: Story, sheet: StorySheet, nest: Nest | undefined): StoredUpload => ({
  id: uploadIdOf(sheet.id),
  board: sheet.board,
  firm: boardOf(told, sheet).firm,
  person: sheet.by,
  name: nest?.file.name ?? basename(sheet.file),
  bytes: nest?.file.bytes.byteLength ?? statSync(join(ASSETS, sheet.file)).size,
  state: 'done',
  report: [],
  refusal: null,
  at: sheet.at,
  ask: null,
})

const drawAll = ({ records, disk, log }: SeedNeeds, told: Story, nests: Nests): Drawing => {
  const fingerprint = fingerprintOf(CONVERTER)
  // What a pattern's picture is drawn with besides.
  const fingerprints = nests.size === 0 ? '' : [fingerprint, ...LINES.map(fingerprintOf)].join()
  const controller = new AbortController()
  const { signal } = controller
  const one = async ({ id, file }: StorySheet): Promise<void> => {
    const upload = uploadIdOf(id)
    const nest = nests.get(id)
    const bytes = nest ? [nest.file.bytes] : createReadStream(join(ASSETS, file))
    const received = await disk.receive(upload, streamed(bytes), MEDIA_LIMITS.bytes)
    if (!received.ok) throw new Error(received.refusal.code)
    const newest = nest?.versions.at(-1)
    const result = newest
      ? await drawnVersion(disk, upload, newest, fingerprints, signal)
      : await converted(disk, upload, file, fingerprint, signal)
    if (!result.ok) throw new Error(result.refusal.code)
    const [drawn] = result.sheets
    if (!drawn) throw new Error('no sheet')
    const version = newest && newest.version > 1 ? newest.version : undefined
    const kept = await disk.keepSheet(drawn.folder, id, version)
    if (!kept.ok) throw new Error(kept.refusal.code)
    await disk.dropJob(upload)
    // Asked for again: somebody may have moved it meanwhile.
    const [sheet, known] = [records.sheet(id), records.upload(upload)]
    if (signal.aborted || !sheet || !known) return
    records.putUpload({ ...known, report: result.report })
    records.putSheets([{ ...sheet, pyramid: { ...drawn.pyramid, ...(version === undefined ? {} : { version }) } }])
  }
  const firsts = new Set<BoardId>()
  const rank = new Map(
    told.sheets.map((sheet) => {
      const first = !firsts.has(sheet.board)
      firsts.add(sheet.board)
      return [sheet.id, first ? 0 : 1]
    }),
  )
  const drawn = new Map<SheetId, Promise<void>>()
  for (const sheet of [...told.sheets].sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0)))
    drawn.set(
      sheet.id,
      one(sheet).catch((error: unknown) => {
        if (!signal.aborted) log.error({ file: sheet.file, error: String(error) }, 'sheet of the demo not drawn')
      }),
    )
  return {
    drawn: (sheet) => drawn.get(sheet) ?? Promise.resolve(),
    async stop() {
      controller.abort()
      await Promise.all(drawn.values())
    },
  }
}

async function* streamed(parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* parts
}

const converted = (
  disk: MediaDisk,
  upload: UploadId,
  asset: string,
  fingerprint: string,
  signal: AbortSignal,
): Promise<ConversionResult> => {
  const file = disk.originalPath(upload)
  const folder = disk.jobFolder(upload)
  return keptOr(asset, file, folder, fingerprint, signal, () =>
    convert({ file, name: basename(asset), folder, signal }),
  )
}

const drawnVersion = async (
  disk: MediaDisk,
  upload: UploadId,
  { sheet, pattern, layout }: Nest['versions'][number],
  fingerprint: string,
  signal: AbortSignal,
): Promise<ConversionResult> => {
  const folder = disk.jobFolder(upload)
  const file = join(folder, 'version.json')
  await mkdir(folder, { recursive: true })
  await writeFile(file, JSON.stringify({ pattern: packPattern(pattern), layout }))
  return keptOr(sheet, file, folder, fingerprint, signal, () => drawVersion({ file, folder, signal }))
}

/** A conversion as it was kept, or fresh and then kept. */
const keptOr = async (
  asset: string,
  file: string,
  folder: string,
  fingerprint: string,
  signal: AbortSignal,
  make: () => Promise<ConversionResult>,
): Promise<ConversionResult> => {
  const key = createHash('sha256')
    .update(fingerprint)
    .update(asset)
    .update(await readFile(file))
    .digest('hex')
  const cache = join(CACHE, key.slice(0, 32))
  const kept = await readKept(cache)
  if (kept) {
    const sheets = kept.sheets.map((sheet, i) => ({ ...sheet, folder: join(folder, String(i)) }))
    await mkdir(folder, { recursive: true })
    // Tiles are only ever read: the cache itself serves, and a link is removed without what it points to.
    for (const [i, { folder: to }] of sheets.entries()) await symlink(join(cache, String(i)), to)
    return { ...kept, sheets }
  }
  const result = await make()
  if (!result.ok) return result
  // A cache that cannot be written is no reason not to start.
  await keepForNextTime(cache, result, signal).catch(() => {})
  return result
}

type Kept = Extract<ConversionResult, { ok: true }>
const readKept = async (cache: string): Promise<Kept | null> => {
  try {
    return JSON.parse(await readFile(join(cache, NOTE), 'utf8')) as Kept
  } catch {
    return null
  }
}

/**
 * Whole or not at all, and nothing more once the server is told to stop: whoever runs `npm ci` next must not find folders
 * that fill while they are removed, nor get `node_modules` back by our hand.
 */
const keepForNextTime = async (cache: string, result: Kept, signal: AbortSignal): Promise<void> => {
  for (const folder of [dirname(CACHE), CACHE]) await mkdir(folder).catch(() => {})
  const part = `${cache}.${process.pid}`
  try {
    await mkdir(part)
    for (const [i, { folder }] of result.sheets.entries()) {
      await mkdir(join(part, String(i)))
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        signal.throwIfAborted()
        const from = join(entry.parentPath, entry.name)
        const to = join(part, String(i), relative(folder, from))
        await (entry.isDirectory() ? mkdir(to) : copyFile(from, to))
      }
    }
    await writeFile(join(part, NOTE), JSON.stringify(result))
    signal.throwIfAborted()
    // Whoever was first stays.
    await rename(part, cache)
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}

const fingerprintOf = (folder: string): string => {
  const hash = createHash('sha256')
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort((a, b) =>
    join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1,
  ))
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)))
  return hash.digest('hex')
}

interface Happening {
  readonly at: Instant
  readonly person: PersonId
  readonly action: string
  readonly about: string
  readonly run: (doc: Y.Doc) => void
  readonly stamp?: (stamps: Y.Map<unknown>) => void
  /** A command: the server writes its outcome. */
  readonly byServer?: true
}

/** Everything that happened on a board, each under its author's own client id and with its time, oldest first. */
const logBoard = (
  needs: SeedNeeds,
  board: BoardId,
  owner: PersonId,
  sheets: readonly StoredSheet[],
  marks: readonly StoryMark[],
  nests: Nests,
): void => {
  const room = roomOf(board)
  const doc = new Y.Doc({ gc: true })
  for (const root of Object.values(ROOTS)) doc.getMap(root)
  const leases = new Map<PersonId | null, Lease>()
  const taken = new Set<number>()
  const leaseOf = (person: PersonId | null, seen: Instant): Lease => {
    const known = leases.get(person)
    if (known) return known
    let client = 0
    while (client === 0 || taken.has(client)) client = Buffer.from(needs.random(4)).readUInt32LE()
    taken.add(client)
    const grant = Buffer.from(needs.random(18)).toString('base64url')
    const lease: Lease = { room, client, person, grant, state: person === null ? 'open' : 'released', seen, epoch: 1 }
    leases.set(person, lease)
    return lease
  }
  const decided = (mark: StoryMark) => decisionOn(mark, sheets, nests)
  const happenings: Happening[] = [...marks.flatMap(happeningsOf), ...marks.flatMap(decided)].sort(
    (a, b) => a.at - b.at,
  )
  const made: Uint8Array[] = []
  doc.on('update', (bytes: Uint8Array) => made.push(bytes))
  const updates: LoggedUpdate[] = []
  const commit = (at: Instant, person: PersonId, client: number | null, action: string, about: string): void => {
    const bytes = Y.mergeUpdates(made.splice(0))
    updates.push({ room, at, bytes, acts: [{ person, client, action, about }] })
  }
  const asServer = (at: Instant): void => {
    doc.clientID = leaseOf(null, at).client
  }
  if (sheets.length > 0) {
    const at = Math.min(...happenings.map((h) => h.at), needs.now()) as Instant
    asServer(at)
    doc.transact(() => {
      for (const sheet of sheets) sheetsOf(doc).set(sheet.id, plainSheet(asBrought(sheet, nests)))
    })
    commit(at, owner, null, 'sheet.add', board)
  }
  for (const { at, person, action, about, run, stamp, byServer } of happenings) {
    const { client } = leaseOf(byServer ? null : person, at)
    doc.clientID = client
    run(doc)
    if (stamp) {
      asServer(at)
      doc.transact(() => stamp(stampsOf(doc)))
    }
    commit(at, person, byServer ? null : client, action, about)
  }
  if (updates.length > 0) needs.updates.append(updates, [...leases.values()])
  doc.destroy()
}

/** A pattern as it lay on the board before anything was decided. */
const asBrought = (sheet: StoredSheet, nests: Nests): StoredSheet => {
  const first = nests.get(sheet.id)?.versions[0]
  return first ? { ...sheet, version: 1, ...sizeOf(first) } : sheet
}

/** What the owner said to a proposal, and the version that it made. */
const decisionOn = (mark: StoryMark, sheets: readonly StoredSheet[], nests: Nests): Happening[] => {
  const decision = mark.proposal?.decision
  if (!decision) return []
  const sheet = sheets.find(({ id }) => id === mark.sheet)
  const made = nests.get(mark.sheet)?.versions.find(({ version }) => version === decision.version)
  return [
    {
      at: decision.at,
      person: decision.by,
      action: 'proposal.decide',
      about: mark.id,
      byServer: true,
      run: (doc) =>
        doc.transact(() => {
          decisionsOf(doc).set(mark.id, { ...decision })
          if (sheet && made)
            sheetsOf(doc).set(sheet.id, plainSheet({ ...sheet, version: made.version, ...sizeOf(made) }))
        }),
    },
  ]
}

const happeningsOf = (mark: StoryMark): Happening[] => {
  const { id, author, sheet, shape, words, at, resolved, proposal } = mark
  const asks = proposal ? { proposal: { change: proposal.change, version: proposal.version } } : {}
  const happenings: Happening[] = [
    {
      at,
      person: author,
      action: proposal ? 'proposal.add' : 'mark.add',
      about: id,
      run: (doc) =>
        write(doc, { do: 'add', mark: { id, sheet, shape, words, done: false, replies: [], ...asks } }, null),
      stamp: (stamps) => stamps.set(id, [at, 0]),
    },
  ]
  for (const reply of mark.replies)
    happenings.push({
      at: reply.at,
      person: reply.author,
      action: 'reply.add',
      about: reply.id,
      run: (doc) => write(doc, { do: 'reply', mark: id, reply: reply.id, text: reply.text }, null),
      stamp: (stamps) => stamps.set(reply.id, [reply.at, 0]),
    })
  if (resolved)
    happenings.push({
      at: resolved.at,
      person: resolved.by,
      action: 'mark.settle',
      about: id,
      run: (doc) => write(doc, { do: 'settle', mark: id, done: true }, null),
      stamp: (stamps) => stamps.set(doneStamp(id), [resolved.at, resolved.by]),
    })
  return happenings
}
