import { describe, expect, it } from 'vitest'
import { ACTIONS, type Action } from '../../shared/access/actions.ts'
import { type About, judge } from '../../shared/access/rules.ts'
import { type Board, nextTurn } from '../../shared/domain/board.ts'
import { boardId, circleId, collectionId, firmId, personId } from '../../shared/domain/ids.ts'
import { type Actor, firstLevel } from '../../shared/domain/people.ts'
import { instant } from '../../shared/domain/units.ts'
import { LEVELS, type Level } from '../../shared/pattern/operation.ts'

/**
 * Who may do what, as one text file: a change of rights is a readable difference. After a change that is meant, write it
 * anew with `npx vitest run --project shared -u access-matrix` and read the difference before it is committed.
 */
const NOW = instant(1_000_000)
const ALTAMIRA = firmId('altamira')
const MEZCLILLA = circleId('mezclilla')
const firmPerson = (
  id: string,
  role: 'mentor' | 'trainee',
  firm: string,
  circles: string[],
  admin = false,
  level: Level | null = firstLevel(role),
): Actor => ({
  id: personId(id),
  name: id,
  role,
  firm: firmId(firm),
  admin,
  level,
  circles: circles.map(circleId),
})
const office = (id: string, role: 'facilitator' | 'association' | 'observer'): Actor => ({
  id: personId(id),
  name: id,
  role,
  firm: null,
  admin: false,
  level: null,
  circles: [],
})

/**
 * The people of every story: Inés is a mentor of the owner; Tao's firm shares her circle, and so does Mara's, another mentor;
 * Lía's does not; Oru observes.
 */
const people: readonly (readonly [string, Actor])[] = [
  ['owner admin', firmPerson('ines', 'mentor', 'altamira', ['mezclilla'], true)],
  ['owner', firmPerson('beto', 'mentor', 'altamira', ['mezclilla'])],
  ['same circle', firmPerson('tao', 'trainee', 'hilvan', ['mezclilla'], true)],
  ['same, corte', firmPerson('uma', 'trainee', 'hilvan', ['mezclilla'], false, 'corte')],
  ['same, mentor', firmPerson('mara', 'mentor', 'jacari', ['mezclilla'])],
  ['other circle', firmPerson('lia', 'mentor', 'punto', ['deportivo'])],
  ['facilitator', office('fani', 'facilitator')],
  ['association', office('ada', 'association')],
  ['observer', office('oru', 'observer')],
]

const board = (openings: Board['openings']): Board => ({
  id: boardId('camisa'),
  collection: collectionId('otono'),
  firm: ALTAMIRA,
  title: 'Camisa',
  style: 'C-12',
  at: instant(1),
  openings,
})
const open = board([{ circle: MEZCLILLA, from: instant(999_000), until: instant(1_001_000) }])
const situations: readonly (readonly [string, Board])[] = [
  ['open', open],
  ['not open', board([])],
  ['not yet', board([{ circle: MEZCLILLA, from: instant(1_000_001), until: instant(1_001_000) }])],
  ['over', board([{ circle: MEZCLILLA, from: instant(1), until: NOW }])],
]
/** Whose mark or reply is in hand. */
const works: readonly (readonly [string, (actor: Actor) => Partial<About>])[] = [
  ['own', (actor) => ({ author: actor.id, othersReplied: false, decided: false })],
  ['own, answered', (actor) => ({ author: actor.id, othersReplied: true, decided: false })],
  ['own, decided', (actor) => ({ author: actor.id, othersReplied: false, decided: true })],
  ["another's", () => ({ author: personId('zoe'), othersReplied: false, decided: false })],
]
/** Whose proposal, and of what level. */
const proposals: readonly (readonly [string, (actor: Actor) => Partial<About>])[] = [
  ...LEVELS.map(
    (proposes) =>
      [`own, ${proposes}`, (actor: Actor) => ({ author: actor.id, decided: false, proposes })] satisfies [
        string,
        unknown,
      ],
  ),
  ['own, decided', (actor) => ({ author: actor.id, decided: true, proposes: 'puntada' })],
  ["another's", () => ({ author: personId('zoe'), decided: false, proposes: 'puntada' })],
]
/** Whose sent swatch is in hand, to which board it was sent, and whether a proposal shows it. */
const sent: readonly (readonly [string, (actor: Actor) => Partial<About>])[] = [
  ['own', (actor) => ({ swatch: { firm: actor.firm ?? firmId('nadie'), board: boardId('camisa') } })],
  ['other board', (actor) => ({ swatch: { firm: actor.firm ?? firmId('nadie'), board: boardId('falda') } })],
  ["another's", () => ({ swatch: { firm: firmId('zoe'), board: boardId('camisa') } })],
  ['theirs, shown', () => ({ swatch: { firm: firmId('zoe'), board: boardId('camisa'), named: true } })],
  ['none', () => ({ swatch: null })],
]
const looks: readonly (readonly [string, (actor: Actor) => Partial<About>])[] = [
  ['look', () => ({ proposes: 'diseno' })],
]
const needsWork = (action: Action): boolean => action.startsWith('mark.') || action.startsWith('reply.')
const needsProposal = (action: Action): boolean => action === 'proposal.add' || action === 'proposal.change'
const worksFor = (action: Action) =>
  needsProposal(action)
    ? proposals
    : needsWork(action)
      ? works
      : action === 'swatch.add'
        ? looks
        : action.startsWith('swatch.')
          ? sent
          : ([['–', () => ({})]] as const)
const ofTheBoard = (action: Action): boolean =>
  needsWork(action) ||
  needsProposal(action) ||
  /^(version|proposal|board\.(read|open)|sheet|swatch|upload|register|presence|eyes|collection\.read)/.test(action)

const answer = (action: Action, actor: Actor, about: Partial<About>): string => {
  const verdict = judge(action, { actor, now: NOW, ...about })
  return verdict.ok ? 'yes' : verdict.reason
}

const matrix = (): string => {
  const rows: string[][] = [['action', 'board', 'work', ...people.map(([name]) => name)]]
  for (const action of ACTIONS) {
    for (const [where, at] of ofTheBoard(action) ? situations : ([['–', undefined]] as const)) {
      for (const [whose, work] of worksFor(action)) {
        const about = (actor: Actor): Partial<About> => ({
          ...(at ? { board: at, boards: [at] } : {}),
          firm: ALTAMIRA,
          ...work(actor),
        })
        rows.push([action, where, whose, ...people.map(([, actor]) => answer(action, actor, about(actor)))])
      }
    }
  }
  const widths = (rows[0] as string[]).map((_, i) => Math.max(...rows.map((row) => (row[i] as string).length)))
  return `${rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`
}

const UNHINDERED: Partial<About> = { othersReplied: false, decided: false, proposes: 'puntada' }

describe('the rules', () => {
  it('are the ones in the matrix', async () => {
    await expect(matrix()).toMatchFileSnapshot('access-matrix.txt')
  })

  it('say no wherever a fact is missing', () => {
    for (const [, actor] of people)
      for (const action of ACTIONS.filter(ofTheBoard)) expect(judge(action, { actor, now: NOW }).ok).toBe(false)
  })

  it('tell a board that may not be seen exactly as one that does not exist', () => {
    for (const [, actor] of people)
      for (const action of ACTIONS.filter(ofTheBoard)) {
        const hidden = judge(action, { actor, now: NOW, board: board([]), boards: [board([])], author: actor.id })
        if (actor.firm !== ALTAMIRA) expect(hidden).toEqual(judge(action, { actor, now: NOW, author: actor.id }))
      }
  })

  it('give no office a look at a design', () => {
    const designs = ACTIONS.filter((a) =>
      /^(board\.read|sheet|swatch|upload|version|proposal|mark|reply|presence|eyes|register|collection\.read)/.test(a),
    )
    for (const [, actor] of people.filter(([, { firm }]) => firm === null))
      for (const action of designs)
        for (const [, at] of situations)
          expect(judge(action, { ...UNHINDERED, actor, now: NOW, board: at, boards: [at], author: actor.id }).ok).toBe(
            false,
          )
  })

  it('change by the clock when a window begins and when it ends', () => {
    const actor = (people[2] as readonly [string, Actor])[1]
    const reads = (now: number) => judge('board.read', { actor, now: instant(now), board: open }).ok
    expect([998_999, 999_000, 1_000_999, 1_001_000].map(reads)).toEqual([false, true, true, false])
    expect([0, 999_000, 1_001_000].map((now) => nextTurn(open, instant(now)))).toEqual([999_000, 1_001_000, null])
  })

  it('bound what a trainee proposes to others by the level, and nothing else that anybody says', () => {
    const levels = [null, ...LEVELS]
    const upTo = (level: Level | null, at: Board, firm: string, role: 'mentor' | 'trainee' = 'trainee') => {
      const actor = firmPerson('tao', role, firm, ['mezclilla'], false, level)
      const may = (action: Action, proposes?: Level) =>
        judge(action, {
          ...UNHINDERED,
          ...(proposes ? { proposes } : {}),
          actor,
          now: NOW,
          board: at,
          author: actor.id,
        }).ok
      expect(may('mark.add') && may('reply.add')).toBe(true)
      for (const proposes of LEVELS) expect(may('proposal.change', proposes)).toBe(may('proposal.add', proposes))
      return LEVELS.filter((proposes) => may('proposal.add', proposes))
    }
    // Another firm's work: up to the own level; one that nobody recorded is none.
    expect(levels.map((level) => upTo(level, open, 'hilvan').length)).toEqual([0, 1, 2, 3])
    expect(upTo('corte', open, 'hilvan')).toEqual(['puntada', 'corte'])
    // The own firm's work, and mentors: everything.
    for (const level of levels) expect(upTo(level, board([]), 'altamira')).toEqual([...LEVELS])
    expect(upTo(null, open, 'jacari', 'mentor')).toEqual([...LEVELS])
  })

  it('let the owner alone decide, whoever runs the room', () => {
    const may = people.filter(([, actor]) => judge('proposal.decide', { actor, now: NOW, board: open }).ok)
    expect(may.map(([name]) => name)).toEqual(['owner admin', 'owner'])
    const records = people.filter(([, actor]) => judge('trust.record', { actor, now: NOW }).ok)
    expect(records.map(([name]) => name)).toEqual(['facilitator'])
  })
})
