import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { en } from '../../client/words/en.ts'
import { es } from '../../client/words/es.ts'
import { en as proposalsEn } from '../../client/words/proposals/en.ts'
import { es as proposalsEs } from '../../client/words/proposals/es.ts'
import { en as versionsEn } from '../../client/words/versions/en.ts'
import { es as versionsEs } from '../../client/words/versions/es.ts'
import { readMark } from '../../shared/document/read.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import { type Mark, pointsOf } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { drawnOf, lengthOf, nearestOn } from '../../shared/pattern/curve.ts'
import { toPattern } from '../../shared/pattern/layout.ts'
import { linesOf } from '../../shared/pattern/lines.ts'
import { edgeOf, type Pattern, type Run, SAME_MM, type Vec } from '../../shared/pattern/model.ts'
import type { OperationName } from '../../shared/pattern/operation.ts'
import { notchAt } from '../../shared/pattern/place.ts'
import { boxOf, outlineOf } from '../../shared/pattern/ring.ts'
import { unpackPattern } from '../../shared/pattern/wire.ts'
import type { RegisterRow } from '../../shared/protocol/api.ts'
import type { PatternView, VersionRow } from '../../shared/protocol/pattern.ts'
import { settleIn } from '../support/atelier.ts'
import { type Language, NARROW, type Seat, shoot, WIDE } from '../support/browser.ts'
import { dropFile } from '../support/hands.ts'
import { openHouse, patiently, saved, sound, table } from '../support/house.ts'
import { board } from '../support/people.ts'
import type { Somebody } from '../support/server.ts'
import { blouse, NECKLINE, SIDE, untold } from '../support/untold.ts'
import { isPhone } from '../support/uploads.ts'

const WORDS = {
  es: { ...es, proposals: proposalsEs, versions: versionsEs },
  en: { ...en, proposals: proposalsEn, versions: versionsEn },
} as const
type Told = (typeof WORDS)[Language]

const FILE = 'blusa.dxf'
const OTHER = 'otra.dxf'

/** A part of the panel; on a phone the card is raised for it. */
const openTab = async (page: Page, name: string): Promise<Locator> => {
  const tab = page.getByRole('tab', { name, exact: true })
  if (isPhone(page) && (await page.getByRole('tab').count()) === 0)
    await page.getByRole('button', { name: /(Abrir la tarjeta|Open the card)$/ }).click()
  await tab.click()
  const panel = page.getByRole('tabpanel', { name, exact: true })
  await panel.waitFor()
  return panel
}
/** One of a few that lie side by side. */
const choose = (within: Locator, name: string | RegExp): Promise<void> =>
  within
    .locator('label')
    .filter({ has: within.page().getByRole('radio', { name, exact: true }) })
    .click()
const openMark = async (page: Page, words: Told, text: string): Promise<Locator> => {
  const list = await openTab(page, words.board.tabs.list)
  await list.getByRole('treeitem').filter({ hasText: text }).click()
  return page.getByRole('tabpanel', { name: words.board.tabs.thread, exact: true })
}

/** What Uma proposes, and what Inés answers. */
interface Proposal {
  readonly op: OperationName
  readonly piece: 'Delantero' | 'Espalda'
  readonly edge: number
  readonly says: string
  fill(form: Locator, words: Told['proposals']): Promise<void>
}
const number = (form: Locator, name: string): Locator => form.getByRole('textbox', { name, exact: true })
const PROPOSALS = {
  stitch: {
    op: 'stitch',
    piece: 'Delantero',
    edge: SIDE,
    says: 'Costado: truena al sentarse, over de 4 hilos y 1.5 cm.',
    async fill(form, { fields, panel }) {
      await choose(form, /514/)
      await number(form, fields.allowance).fill('1.5')
      await form.getByLabel(panel.addEdge, { exact: true }).selectOption({ value: 'p2.e2' })
    },
  },
  neckline: {
    op: 'neckline',
    piece: 'Delantero',
    edge: NECKLINE,
    says: 'Escote: aprieta la garganta, bajarlo 1 cm.',
    fill: (form, { fields }) => number(form, fields.drop).fill('1'),
  },
  lengthen: {
    op: 'lengthen',
    piece: 'Espalda',
    edge: SIDE,
    says: 'Largo: se sale de la falda, darle 2 cm.',
    async fill(form, { fields }) {
      await form.getByRole('checkbox', { name: 'Delantero' }).check()
      await number(form, fields.by).fill('2')
    },
  },
  ease: {
    op: 'ease',
    piece: 'Delantero',
    edge: SIDE,
    says: 'Cadera: queda justa, dar 0.5 cm.',
    async fill(form, { fields }) {
      await number(form, fields.atFrom).fill('0.5')
      await number(form, fields.atTo).fill('0')
    },
  },
} as const satisfies Record<string, Proposal>

const propose = async (page: Page, words: Told, proposal: Proposal): Promise<void> => {
  const texts = words.proposals
  const panel = await openTab(page, words.board.tabs.proposal)
  await panel.getByLabel(texts.panel.piece, { exact: true }).selectOption({ label: proposal.piece })
  await panel.getByLabel(texts.panel.edge, { exact: true }).selectOption({ value: String(proposal.edge) })
  await choose(panel, proposal.op === 'stitch' ? words.levels.puntada : words.levels.corte)
  const { name } = texts.operations[proposal.op]
  await panel.getByRole('button', { name }).click()
  await proposal.fill(panel, texts)
  await panel.getByLabel(texts.panel.why, { exact: true }).fill(proposal.says)
  await panel.getByRole('button', { name: texts.panel.send, exact: true }).click()
  await page.getByRole('tabpanel').getByRole('region', { name }).waitFor()
  await saved(page)
}

const answer = async (page: Page, words: Told, file: string, cutting: boolean): Promise<void> => {
  const { asking } = words.pattern
  const one = page.getByRole('list', { name: words.board.upload.title }).getByRole('listitem').filter({ hasText: file })
  // The file says millimetres, which would be a doll's: what it likely is stands first, and is confirmed.
  await choose(
    one.getByRole('group', { name: words.pattern.questions.size({ piece: 'Delantero', cm: '42 cm' }) }),
    asking.yesSize({ size: '42 cm' }),
  )
  await choose(one, cutting ? asking.isIncluded : asking.isNotIncluded)
  await one.getByLabel(asking.width).fill('1')
  await sound(page)
  await shoot(page, `story-${file}-${page.viewportSize()?.width}`)
  await one.getByRole('button', { name: asking.send }).click()
}

/** All that a browser was ever told of the lines of patterns. */
const listen = (page: Page): PatternView[] => {
  const views: PatternView[] = []
  page.on('response', async (response) => {
    if (!/\/api\/sheets\/[^/]+\/pattern/.test(response.url()) || !response.ok()) return
    await response.json().then(
      (view) => views.push(view as PatternView),
      () => undefined,
    )
  })
  return views
}

/** How far two lines are apart at most, mm. */
const apart = (a: Run, b: Run): number =>
  Math.max(...drawnOf(a).map((p) => nearestOn(b, p).distance), ...drawnOf(b).map((p) => nearestOn(a, p).distance))
/** How far two patterns are apart in what a cutter and a seamstress need, mm: both lines, notches, drill holes, inner lines, grain. */
const patternsApart = (a: Pattern, b: Pattern): number => {
  expect(b.sizes).toEqual(a.sizes)
  expect(b.base).toBe(a.base)
  expect(b.pieces.map(({ name }) => name)).toEqual(a.pieces.map(({ name }) => name))
  const found = a.pieces.flatMap((piece, p) => {
    const other = b.pieces[p]!
    return piece.shapes.flatMap((shape, size) => {
      const twin = other.shapes[size]!
      const [one, two] = [linesOf(piece, shape!), linesOf(other, twin)]
      expect([two.cut.length, two.sew?.length]).toEqual([one.cut.length, one.sew?.length])
      const spots = [
        ...shape!.drills.map((at, i) => [at!, twin.drills[i]!] as const),
        ...shape!.grain!.map((at, i) => [at, twin.grain![i]!] as const),
        ...(piece.ring === other.ring
          ? piece.notches.map((_, i) => [notchAt(shape!, piece, i).at, notchAt(twin, other, i).at] as const)
          : []),
      ]
      expect(twin.notches.length).toBe(shape!.notches.length)
      return [
        ...one.cut.map((run, i) => apart(run, two.cut[i]!)),
        ...(one.sew ?? []).map((run, i) => apart(run, two.sew![i]!)),
        ...shape!.internals.map((run, i) => apart(run!, twin.internals[i]!)),
        ...spots.map(([x, y]) => Math.hypot(x.x - y.x, x.y - y.y)),
      ]
    })
  })
  return Math.max(...found)
}
const spot = ({ x, y }: Vec): string => `${x.toFixed(4)} ${y.toFixed(4)}`
/** Points of a firm's own: corners of the base size, which every drawing of it shares, and all others, which nobody else is given. */
const secretsOf = (versions: readonly Pattern[]): { readonly corners: Set<string>; readonly hidden: Set<string> } => {
  const keys = versions.flatMap(({ pieces, base }) =>
    pieces.flatMap(({ shapes }) =>
      shapes.flatMap((shape, size) =>
        shape!.runs.flatMap((run) => run.keys.map((key) => ({ at: spot(key), isCorner: size === base && key.turn }))),
      ),
    ),
  )
  const of = (isCorner: boolean) => new Set(keys.filter((key) => key.isCorner === isCorner).map(({ at }) => at))
  return { corners: of(true), hidden: of(false) }
}
const heights = (pattern: Pattern, name: string): number[] => {
  const piece = pattern.pieces.find((one) => one.name === name)!
  return piece.shapes.map((shape) => {
    const box = boxOf(outlineOf(shape!))!
    return box.maxY - box.minY
  })
}

describe.each([
  { language: 'es', owner: WIDE, trainee: NARROW, cutting: true },
  { language: 'en', owner: NARROW, trainee: WIDE, cutting: false },
] as const)(
  'a pattern on an open table, in $language, its owner at $owner.width',
  ({ language, cutting, ...sizes }) => {
    const house = openHouse({ data: true })
    const words: Told = WORDS[language]
    const texts = words.proposals
    beforeAll(() => settleIn(house.server))

    // Signed in once: who signs in again and again is signed out where they were first.
    const signed = new Map<string, Somebody>()
    const somebody = (person: string): Somebody => {
      const { sessions, cookie } = house.server.running.parts
      const known =
        signed.get(person) ?? house.server.with(`${cookie.name}=${sessions.begin(person as never, '').token}`)
      signed.set(person, known)
      return known
    }
    const sit = async (person: string, size: typeof WIDE): Promise<Seat & { readonly views: PatternView[] }> => {
      const seat = await house.sit({ language, size })
      const [name, value] = somebody(person).cookie.split('=') as [string, string]
      await seat.context.addCookies([{ name, value, url: house.server.address }])
      const views = listen(seat.page)
      await seat.page.goto(`/mesas/${board.id}`)
      await table(seat.page)
      return { ...seat, views }
    }
    const sheets = (): readonly Sheet[] => house.server.running.parts.records.sheetsOf(board.id)
    const newest = (sheet: Sheet) => house.server.running.parts.versions.newest(sheet.id)!
    const marks = async (): Promise<Mark[]> => {
      const { doc } = await house.server.running.parts.rooms.get(board.id)
      return [...doc.getMap('marks').keys()].flatMap((id) => readMark(doc, id as MarkId) ?? [])
    }
    const exactLines = async (sheet: Sheet, version: number): Promise<Pattern> => {
      const { body } = await somebody('ines').ask<PatternView>(
        'GET',
        `/api/sheets/${sheet.id}/pattern?version=${version}&sizes=all`,
      )
      expect(body.exact).toBe(true)
      return unpackPattern(body.pattern)
    }

    it('is read, answered for, proposed on, decided, compared, taken along and read again', async () => {
      const ines = await sit('ines', sizes.owner)
      const uma = await sit('uma', sizes.trainee)

      // —— Inés brings a file that does not say everything ——
      if (isPhone(ines.page)) {
        const panel = await openTab(ines.page, words.board.tabs.sheets)
        const input = panel.getByLabel(words.board.sheets.uploadPattern).last()
        await input.setInputFiles({ name: FILE, mimeType: '', buffer: Buffer.from(untold) })
      } else await dropFile(ines.page, FILE, untold)
      await answer(ines.page, words, FILE, cutting)
      await patiently(() => sheets().length).toBe(1)
      const sheet = sheets()[0]!
      expect([sheet.kind, sheet.name, sheet.version]).toEqual(['pattern', 'blusa', 1])
      const first = await exactLines(sheet, 1)
      expect(first.pieces.map(({ ring }) => ring)).toEqual(cutting ? ['cut', 'cut'] : ['sew', 'sew'])
      for (const { name } of blouse.pieces)
        expect(heights(first, name).map((mm, i) => Math.abs(mm - heights(blouse, name)[i]!) < 0.01)).toEqual([
          true,
          true,
          true,
        ])

      // —— Uma proposes a stitch and three cuts ——
      for (const proposal of Object.values(PROPOSALS)) await propose(uma.page, words, proposal)
      await sound(uma.page)
      await shoot(uma.page, `story-proposed-${sizes.trainee.width}-${language}`)
      expect((await marks()).map(({ author, change, version }) => [author, change?.op, version])).toEqual(
        Object.values(PROPOSALS).map(({ op }) => ['uma', op, 1]),
      )

      // —— Inés decides ——
      const decide = async (
        proposal: Proposal,
        kind: keyof Told['proposals']['decide']['kinds'],
        made: number | null,
        more: (card: Locator, submit: Locator) => Promise<void> = async () => undefined,
      ): Promise<void> => {
        const thread = await openMark(ines.page, words, proposal.says)
        const card = thread.getByRole('region', { name: texts.operations[proposal.op].name })
        const said = texts.decide.kinds[kind]
        await choose(card, said)
        const submit = card.getByRole('button', { name: said, exact: true })
        await more(card, submit)
        await submit.click()
        await card.getByText(words.decided[kind], { exact: true }).waitFor()
        if (made !== null) await card.getByText(texts.decide.madeVersion({ version: made })).waitFor()
      }
      await decide(PROPOSALS.stitch, 'accepted', 2)
      await decide(PROPOSALS.neckline, 'accepted', 3)
      await decide(PROPOSALS.lengthen, 'part', 4, (card) => number(card, texts.fields.by).fill('1.5'))
      await decide(PROPOSALS.ease, 'declined', null, async (card, submit) => {
        await submit.click()
        await card.getByText(texts.decide.reasonNeeded).waitFor()
        await card
          .getByRole('textbox', { name: new RegExp(`^${texts.decide.motive}`) })
          .fill('Con 1.5 cm de largo ya no hace falta.')
      })
      await sound(ines.page)
      await shoot(ines.page, `story-decided-${sizes.owner.width}-${language}`)

      const {
        body: { versions: rows },
      } = await somebody('ines').ask<{ versions: VersionRow[] }>('GET', `/api/sheets/${sheet.id}/versions`)
      const why = (row: VersionRow) => (row.why.is === 'proposal' ? [row.why.is, row.why.author] : [row.why.is])
      expect(rows.map((row) => [row.version, row.by, ...why(row)])).toEqual([
        [4, 'ines', 'proposal', 'uma'],
        [3, 'ines', 'proposal', 'uma'],
        [2, 'ines', 'proposal', 'uma'],
        [1, 'ines', 'import'],
      ])

      // Every size follows, by what was decided and not by what was asked for.
      const last = await exactLines(sheet, 4)
      expect(heights(last, 'Espalda').map((mm, i) => (mm - heights(first, 'Espalda')[i]!).toFixed(3))).toEqual(
        Array(3).fill('15.000'),
      )
      const fold = (pattern: Pattern) => pattern.pieces[0]!.shapes.map((shape) => lengthOf(shape!.runs.at(-1)!))
      expect(fold(last).map((mm, i) => (mm - fold(first)[i]!).toFixed(3))).toEqual(Array(3).fill('5.000'))
      const sides = last.pieces.map(({ edges }) => [edges[SIDE]?.allowance, edges[SIDE]?.sewing?.stitch])
      expect(sides).toEqual([
        [15, '514'],
        [15, '514'],
      ])

      // Marks stand on the edge that they are about, where it is now.
      const { pattern, layout } = newest(sheet)
      for (const mark of await marks()) {
        const op = mark.change!.op
        const { piece, edge } = PROPOSALS[op as keyof typeof PROPOSALS]
        const about = pattern.pieces.find(({ name }) => name === piece)!
        const run = edgeOf(pattern, about.edges[edge]!.id)!.piece.shapes[pattern.base]!.runs[edge]!
        const [point] = pointsOf(mark.shape)
        expect(nearestOn(run, toPattern(layout, about.id, point!)).distance, op).toBeLessThan(0.5)
      }

      // —— Uma reads the answers, and has a drawing of the newest version: one size, and no line as it is ——
      const list = await openTab(uma.page, words.board.tabs.list)
      for (const [proposal, is] of [
        [PROPOSALS.stitch, 'accepted'],
        [PROPOSALS.neckline, 'accepted'],
        [PROPOSALS.lengthen, 'part'],
        [PROPOSALS.ease, 'declined'],
      ] as const)
        await list.getByRole('treeitem').filter({ hasText: proposal.says }).getByText(words.decided[is]).waitFor()
      await patiently(() => uma.views.at(-1)?.version).toBe(4)
      const { corners, hidden } = secretsOf(
        [1, 2, 3, 4].map((version) => house.server.running.parts.versions.find(sheet.id, version)!.pattern),
      )
      for (const view of uma.views) {
        const seen = unpackPattern(view.pattern)
        expect([view.exact, seen.sizes, seen.rules, seen.pieces.map(({ shapes }) => shapes.length)]).toEqual([
          false,
          ['32'],
          [],
          [1, 1],
        ])
        const keys = seen.pieces.flatMap(({ shapes }) =>
          shapes[0]!.runs.flatMap(({ keys, drawn }) => [...keys, ...(drawn ?? [])]),
        )
        expect(keys.length).toBeGreaterThan(50)
        expect(keys.map(spot).filter((at) => hidden.has(at) && !corners.has(at))).toEqual([])
      }

      // —— Inés compares, and takes the newest along ——
      const panel = await openTab(ines.page, words.board.tabs.sheets)
      const acts = panel.getByRole('group', { name: words.board.sheets.actions({ name: sheet.name }) })
      await acts.getByRole('button', { name: words.board.sheets.versions, exact: true }).click()
      const dialog = ines.page.getByRole('dialog')
      await patiently(() => dialog.getByRole('listitem').count()).toBe(4)
      for (const step of [0, 1, 2])
        expect(await dialog.getByRole('listitem').nth(step).textContent()).toContain(
          words.versions.story.proposedBy({ name: 'uma', firm: 'Hilo' }),
        )
      await choose(dialog, words.versions.part.compare)
      await dialog.getByLabel(words.versions.compare.before, { exact: true }).selectOption({ value: '1' })
      await dialog.getByLabel(words.versions.compare.after, { exact: true }).selectOption({ value: '4' })
      const back = dialog.getByRole('region', { name: `${words.versions.compare.numbers}: Espalda` })
      await patiently(
        async () => (await back.getByRole('row').allTextContents()).filter((text) => text.includes('+15 mm')).length,
      ).toBeGreaterThan(0)
      const front = dialog.getByRole('region', { name: `${words.versions.compare.numbers}: Delantero` })
      expect(
        (await front.getByRole('row').allTextContents()).filter((text) => text.includes('+5 mm')).length,
      ).toBeGreaterThan(0)
      await sound(ines.page)
      await shoot(ines.page, `story-compared-${sizes.owner.width}-${language}`)
      await choose(dialog, words.versions.part.export)
      const [download] = await Promise.all([
        ines.page.waitForEvent('download'),
        dialog.getByRole('link', { name: words.versions.exports.formats.astm }).click(),
      ])
      const bytes = readFileSync(await download.path())
      await ines.page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })

      // —— and through the same page it comes back as the same pattern, without a question ——
      const name = download.suggestedFilename()
      await panel
        .getByLabel(words.board.sheets.uploadPattern)
        .last()
        .setInputFiles({ name, mimeType: '', buffer: bytes })
      const upload = panel
        .getByRole('list', { name: words.board.upload.title })
        .getByRole('listitem')
        .filter({ hasText: name })
      await upload
        .getByText(words.board.upload.done({ n: 1 }))
        .first()
        .waitFor()
      const again = sheets().find(({ id }) => id !== sheet.id)!
      expect([sheets().length, again.kind, again.version]).toEqual([2, 'pattern', 1])
      expect(patternsApart(last, await exactLines(again, 1))).toBeLessThanOrEqual(SAME_MM)

      // —— The register has each look, and what was taken along ——
      const looked = await openTab(ines.page, words.board.tabs.looked)
      const rowOf = (person: string, did: string) =>
        looked.getByRole('listitem').filter({ hasText: person }).filter({ hasText: did })
      await rowOf('uma', words.board.looked.acts.lines).first().waitFor()
      expect(await rowOf('ines', words.board.looked.acts.export).count()).toBe(1)
      const { body } = await somebody('ines').ask<{ rows: RegisterRow[] }>('GET', `/api/boards/${board.id}/register`)
      const codes = new Set(
        body.rows.filter(({ person, act }) => person === 'uma' && act === 'lines').map(({ code }) => code),
      )
      expect(uma.views.filter(({ code }) => !codes.has(code))).toEqual([])

      // —— A file that asks while she looks elsewhere is told of until she sees it, and no longer ——
      if (!isPhone(ines.page)) {
        await dropFile(ines.page, OTHER, untold)
        const said = ines.page.getByRole('log').getByText(`${OTHER}: ${words.board.upload.asking}`)
        await said.waitFor()
        await openTab(ines.page, words.board.tabs.sheets)
        await said.waitFor({ state: 'detached' })
        await answer(ines.page, words, OTHER, cutting)
      }
      expect([...ines.complaints, ...uma.complaints]).toEqual([])
      for (const { context } of [ines, uma]) await context.close()
    })
  },
)
