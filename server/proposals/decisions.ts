import { judge } from '../../shared/access/rules.ts'
import { changeOf, decisionOf, decisionsOf, marksOf, readMark, sheetsOf, treeOf } from '../../shared/document/read.ts'
import { KEYS, parseBorn } from '../../shared/document/schema.ts'
import { packShape, unpackShape } from '../../shared/document/shape.ts'
import { type Decision, isClosed } from '../../shared/domain/decision.ts'
import { moved, point } from '../../shared/domain/geometry.ts'
import { authorOf, type BoardId, type MarkId, type PersonId, type SheetId } from '../../shared/domain/ids.ts'
import { pointsOf } from '../../shared/domain/mark.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { Applied, OperationRefusal } from '../../shared/pattern/apply.ts'
import type { Details } from '../../shared/pattern/details.ts'
import type { Pattern } from '../../shared/pattern/model.ts'
import { isSameOperation, type Operation, ownSwatchOf } from '../../shared/pattern/operation.ts'
import type { VersionRow } from '../../shared/protocol/pattern.ts'
import type { Decide, DecisionMade } from '../../shared/protocol/proposal.ts'
import { plainSheet } from '../http/uploads.ts'
import { Refused } from '../refused.ts'
import type { Rooms } from '../rooms/registry.ts'
import type { Room } from '../rooms/room.ts'
import type { PatternStore, StoredVersion } from '../store/ports.ts'
import type { Records } from '../store/records-port.ts'
import type { Kernel } from './kernel.ts'
import { openLines } from './lines.ts'

/** What decides about patterns: the only way to a new version of one. */
export interface Decisions {
  /**
   * Carries the owner's answer to a proposal out. The caller has judged `proposal.decide`; it is judged once more when it is
   * written.
   *
   * @throws {Refused} `not-found`, `decided`, `changed`, `not-applied`, `foreign-swatch`, `bad-until`. Nothing has changed then.
   */
  decide(by: PersonId, board: BoardId, mark: MarkId, answer: Decide): Promise<DecisionMade>
  /** A new version equal to an earlier one. The caller has judged `version.make`. */
  restore(by: PersonId, sheet: SheetId, version: number): Promise<VersionRow>
  /**
   * What its owner tells of a pattern: a new version, or the newest as it is where nothing changes. The caller has judged `version.make`.
   *
   * @throws {Refused} `not-found`, `not-told`. Nothing has changed then.
   */
  tell(by: PersonId, sheet: SheetId, details: Details): Promise<VersionRow>
}

const DAY = 24 * 60 * 60_000
/** Longest that an answer may be put off. */
const MOST_DAYS = 90
/** Open proposals that are tried on a new version; of more, the rest tell when they are decided. */
const MOST_TRIED = 200
/** Times that work is done anew because the proposal changed under it. */
const TRIES = 5

/** One step of a pattern: what the next version is and what goes with it. */
interface Step {
  readonly sheet: SheetId
  readonly from: StoredVersion
  readonly to: Pick<StoredVersion, 'pattern' | 'layout'>
  readonly by: PersonId
  readonly why: VersionRow['why']
  /** Right that it takes. */
  readonly action: 'proposal.decide' | 'version.make'
  /** Open proposals are tried on it. What moves no line and takes nothing away leaves them as they are. */
  readonly tries: boolean
  /** The proposal that it carries out, and its decision. */
  readonly decided: { readonly mark: MarkId; readonly seen: Operation; readonly decision: Decision } | null
}

export const openDecisions = (needs: {
  readonly records: Records
  readonly versions: PatternStore
  readonly rooms: Rooms
  kernel(): Promise<Kernel>
  /** Told after a version is on disk: its picture is drawn beside. */
  redraw(sheet: SheetId): void
  now(): Instant
}): Decisions => {
  const { records, versions, rooms } = needs
  const inLine = openLines<SheetId>()

  const mayStill = (action: Step['action'], by: PersonId, id: BoardId): boolean => {
    const [actor, board] = [records.actor(by), records.board(id)]
    return actor !== null && board !== null && judge(action, { actor, board, now: needs.now() }).ok
  }

  /** Whether an answer names no swatch, that of the proposal, or one that the decider's firm sent here. */
  const mayName = (by: PersonId, id: BoardId, operation: Operation, seen: Operation): boolean => {
    const named = ownSwatchOf(operation)?.own
    if (named === undefined || named === ownSwatchOf(seen)?.own) return true
    const [actor, board] = [records.actor(by), records.board(id)]
    if (!actor || !board) return false
    return judge('swatch.name', { actor, board, now: needs.now(), swatch: records.swatch(named) }).ok
  }

  /** Open proposals on a sheet, but one, each with what it asks for. */
  const openOn = (doc: Room['doc'], sheet: SheetId, but: MarkId | null): { mark: MarkId; change: Operation }[] => {
    const open: { mark: MarkId; change: Operation }[] = []
    for (const id of marksOf(doc).keys() as Iterable<MarkId>) {
      const born = parseBorn(treeOf(doc, id)?.get(KEYS.born))
      if (id === but || born?.kind !== 'proposal' || born.sheet !== sheet || isClosed(decisionOf(doc, id))) continue
      const change = changeOf(doc, id)
      if (change) open.push({ mark: id, change })
    }
    return open
  }

  /** Those of them that cannot be carried out on another pattern, and why. */
  const staleOn = async (
    kernel: Kernel,
    room: Room,
    step: Step,
  ): Promise<{ mark: MarkId; change: Operation; code: string }[]> => {
    const stale: { mark: MarkId; change: Operation; code: string }[] = []
    const open = openOn(room.doc, step.sheet, step.decided?.mark ?? null)
    for (const { mark, change } of open.slice(0, MOST_TRIED)) {
      const applied = kernel.apply(step.to.pattern, change)
      if (!applied.ok) stale.push({ mark, change, code: applied.refusal.code })
      // One can take a while on a large nest, and others are waiting for the thread.
      await new Promise((resolve) => setImmediate(resolve))
    }
    return stale
  }

  const isAsItWas = (doc: Room['doc'], mark: MarkId, seen: Operation): boolean => {
    const change = changeOf(doc, mark)
    return change !== null && isSameOperation(change, seen) && !isClosed(decisionOf(doc, mark))
  }

  /**
   * Writes a version: row, sheet, decision, what becomes stale and where marks lie, in one transaction. All of it or nothing.
   *
   * @returns null where the proposal is not what it was when the work began.
   */
  const write = async (room: Room, step: Step): Promise<{ stale: MarkId[]; at: Instant } | null> => {
    const { sheet: id, from, to, decided, by } = step
    const kernel = await needs.kernel()
    const found = step.tries ? await staleOn(kernel, room, step) : []
    const goes = kernel.follow(from, to)
    const version = from.version + 1
    const at = needs.now()
    const stale: MarkId[] = []
    const before = records.sheet(id)
    if (!before) throw new Refused('not-found')
    let after = before
    try {
      const written = await room.serverWrite(
        (doc) => {
          if (decided && !isAsItWas(doc, decided.mark, decided.seen)) return false
          const sheet = records.sheet(id)
          if (sheet?.version !== from.version || !mayStill(step.action, by, sheet.board)) return false
          after = { ...sheet, version, width: to.layout.width, height: to.layout.height }
          sheetsOf(doc).set(id, plainSheet(after))
          if (decided) decisionsOf(doc).set(decided.mark, plainDecision(decided.decision))
          for (const { mark, change, code } of found) {
            if (!isAsItWas(doc, mark, change)) continue
            const decision: Decision = { is: 'stale', at, by, reason: code, until: null, version: null, change: null }
            decisionsOf(doc).set(mark, decision)
            stale.push(mark)
          }
          for (const mark of marksOf(doc).keys() as Iterable<MarkId>) {
            const tree = treeOf(doc, mark)
            const born = parseBorn(tree?.get(KEYS.born))
            const shape = tree && born?.sheet === id ? unpackShape(born.kind, tree.get(KEYS.shape)) : null
            const step = shape && goes(pointsOf(shape))
            if (!tree || !shape || !step) continue
            const packed = packShape(moved(shape, point(step.x, step.y)))
            if (unpackShape(shape.kind, packed)) tree.set(KEYS.shape, packed)
          }
          return true
        },
        by,
        {
          alongside() {
            versions.add({ sheet: id, version, at, by, why: step.why, ...to })
            records.putSheets([after])
          },
          acts: () =>
            [...(decided ? [decided.mark] : []), ...stale].map((mark) => ({ action: 'proposal.decide', mark })),
        },
      )
      if (!written) return null
      needs.redraw(id)
      return { stale, at }
    } catch (error) {
      // Memory was told within a transaction that came to nothing.
      records.reload()
      throw error
    }
  }

  /** An answer that makes no version. */
  const answer = async (
    room: Room,
    by: PersonId,
    mark: MarkId,
    seen: Operation,
    decision: Decision,
  ): Promise<boolean> =>
    room.serverWrite(
      (doc) => {
        if (!isAsItWas(doc, mark, seen) || !mayStill('proposal.decide', by, room.board)) return false
        decisionsOf(doc).set(mark, plainDecision(decision))
        return true
      },
      by,
      { acts: () => [{ action: 'proposal.decide', mark }] },
    )

  const decideOnce = async (room: Room, by: PersonId, mark: MarkId, said: Decide): Promise<DecisionMade | null> => {
    const proposal = readMark(room.doc, mark)
    if (!proposal?.change) throw new Refused('not-found')
    if (isClosed(proposal.decision)) throw new Refused('decided')
    if (said.seen && !isSameOperation(said.seen, proposal.change)) throw new Refused('changed')
    const at = needs.now()
    const { change: seen } = proposal
    const decision: Decision = {
      is: said.is,
      at,
      by,
      reason: said.reason ?? null,
      until: said.is === 'thinking' ? (said.until as Instant) : null,
      version: null,
      change: null,
    }
    if (said.is === 'thinking' && (said.until <= at || said.until > at + MOST_DAYS * DAY))
      throw new Refused('bad-until', { most: MOST_DAYS })
    const isMade = said.is === 'accepted' || said.is === 'part'
    const sheet = records.sheet(proposal.sheet)
    const from = isMade && sheet?.version !== undefined ? versions.newest(sheet.id) : null
    const operation = said.is === 'part' ? said.change : seen
    if (operation.op !== seen.op) throw new Refused('bad-request', { where: 'change' })
    if (!mayName(by, room.board, operation, seen)) throw new Refused('foreign-swatch')
    const whole = said.is === 'part' ? { ...decision, change: operation } : decision
    if (!from) return (await answer(room, by, mark, seen, whole)) ? { decision: whole, stale: [] } : null
    const kernel = await needs.kernel()
    const applied = kernel.apply(from.pattern, operation)
    if (!applied.ok) throw new Refused('not-applied', reasonOf(applied.refusal))
    // A look changes no line, and so makes no version.
    if (applied.pattern === from.pattern)
      return (await answer(room, by, mark, seen, whole)) ? { decision: whole, stale: [] } : null
    const broken = newlyBroken(kernel, from.pattern, applied)
    if (broken) throw new Refused('not-applied', reasonOf(broken))
    const made = { ...whole, version: from.version + 1 }
    const written = await write(room, {
      sheet: proposal.sheet,
      from,
      to: { pattern: applied.pattern, layout: kernel.layOut(applied.pattern, from.layout) },
      by,
      why: { is: 'proposal', mark, author: authorOf(mark) },
      action: 'proposal.decide',
      tries: true,
      decided: { mark, seen, decision: made },
    })
    return written && { decision: made, stale: written.stale }
  }

  return {
    async decide(by, board, mark, said) {
      const room = await rooms.get(board)
      const sheet = readMark(room.doc, mark)?.sheet
      if (sheet === undefined) throw new Refused('not-found')
      return inLine(sheet, async () => {
        for (let tries = 0; tries < TRIES; tries++) {
          // Whoever named what they saw gets that or nothing; whoever did not gets what it is by then.
          const made = await decideOnce(await rooms.get(board), by, mark, said)
          if (made) return made
          if (!mayStill('proposal.decide', by, board)) throw new Refused('not-found')
        }
        throw new Refused('changed')
      })
    },
    restore: (by, sheet, version) =>
      inLine(sheet, async () => {
        const stored = records.sheet(sheet)
        const from = versions.newest(sheet)
        const to = versions.find(sheet, version)
        if (!stored || !from || !to) throw new Refused('not-found')
        const why = { is: 'restore', version } as const
        const same = { pattern: to.pattern, layout: to.layout }
        const step: Step = { sheet, from, to: same, by, why, action: 'version.make', tries: true, decided: null }
        const written = await write(await rooms.get(stored.board), step)
        if (!written) throw new Refused('not-found')
        return { version: from.version + 1, at: written.at, by, why }
      }),
    tell: (by, sheet, details) =>
      inLine(sheet, async () => {
        const stored = records.sheet(sheet)
        const from = versions.newest(sheet)
        if (!stored || !from) throw new Refused('not-found')
        const told = (await needs.kernel()).tell(from.pattern, details)
        if (!told.ok) throw new Refused('not-told', { why: told.refusal.code })
        if (told.what.length === 0) return { version: from.version, at: from.at, by: from.by, why: from.why }
        const why = { is: 'details', what: told.what } as const
        const to = { pattern: told.pattern, layout: from.layout }
        // A half piece is cut and opened otherwise than a whole one.
        const tries = told.what.includes('folds')
        const step: Step = { sheet, from, to, by, why, action: 'version.make', tries, decided: null }
        const written = await write(await rooms.get(stored.board), step)
        if (!written) throw new Refused('not-found')
        return { version: from.version + 1, at: written.at, by, why }
      }),
  }
}

/**
 * What the next version would have that no cloth can be cut by, and the one before has not. That seams differ or a notch hangs
 * is the owner's to weigh, and is shown before the answer.
 */
const newlyBroken = (kernel: Kernel, before: Pattern, { pattern, pieces }: Applied): OperationRefusal | null => {
  const found = (whole: Pattern) =>
    kernel.check({ ...whole, seams: [], pieces: whole.pieces.filter(({ id }) => pieces.includes(id)) })
  const known = new Set(found(before).map(({ code, piece, size }) => `${code} ${piece} ${size}`))
  for (const { code, piece, size } of found(pattern)) {
    if (code !== 'ring-crosses' && code !== 'allowance-impossible') continue
    if (known.has(`${code} ${piece} ${size}`)) continue
    const where = { piece, size: pattern.sizes[size] ?? '' }
    return { code: code === 'ring-crosses' ? 'crosses-itself' : code, ...where }
  }
  return null
}

/** As documents carry it. */
const plainDecision = (decision: Decision): Decision => ({
  ...decision,
  change: decision.change && { ...decision.change },
})

const reasonOf = ({ code, piece, edge, size, amount }: OperationRefusal): Record<string, string | number> => ({
  why: code,
  ...(piece === undefined ? {} : { piece }),
  ...(edge === undefined ? {} : { edge }),
  ...(size === undefined ? {} : { size }),
  ...(amount === undefined ? {} : { amount }),
})
