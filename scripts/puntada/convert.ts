import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pattern as english } from '../../client/words/en/pattern.ts'
import { pattern as spanish } from '../../client/words/es/pattern.ts'
import { importFile } from '../../server/pattern/importFile.ts'
import { PAPERS, type Paper, writePdf } from '../../server/pattern/pdf.ts'
import { DIALECTS, type ExportDate, writeDxf, writeRul } from '../../shared/pattern/dxf/write.ts'
import { withoutOtherLine } from '../../shared/pattern/lines.ts'
import { type Pattern, type PieceId, pieceOf } from '../../shared/pattern/model.ts'
import type { Answers, Question } from '../../shared/pattern/reading.ts'
import { writeSvg } from '../../shared/pattern/svg/write.ts'

const KINDS = [...DIALECTS, 'svg', 'pdf'] as const
type Kind = (typeof KINDS)[number]
const UNITS: Readonly<Record<string, number>> = { mm: 1, cm: 10, m: 1000, in: 25.4 }

export interface Terminal {
  readonly cwd: string
  readonly language: 'es' | 'en'
  readonly now: Date
  readonly out: (line: string) => void
  readonly err: (line: string) => void
}

/** Something that the person at the terminal has to change; said in both languages. */
class Wrong extends Error {
  readonly words: Readonly<Record<'es' | 'en', string>>
  /** 1 where the file is the reason, 2 where the call is. */
  readonly status: 1 | 2
  constructor(es: string, en: string, status: 1 | 2 = 2) {
    super(en)
    this.words = { es, en }
    this.status = status
  }
}

interface Wanted {
  readonly file: string
  readonly to: readonly Kind[]
  readonly folder: string
  readonly sizes: readonly string[] | 'all' | null
  readonly paper: Paper
  readonly language: 'es' | 'en'
  readonly rul: string | null
  readonly date: ExportDate
  readonly answers: Answers
}

const dateOf = (when: Date): ExportDate => ({
  y: when.getFullYear(),
  m: when.getMonth() + 1,
  d: when.getDate(),
  h: when.getHours(),
  min: when.getMinutes(),
})

const dateFrom = (text: string): ExportDate => {
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?$/.exec(text)
  if (found === null)
    throw new Wrong(
      `--date quiere una fecha como 2026-03-07, no «${text}».`,
      `--date takes a day such as 2026-03-07, not “${text}”.`,
    )
  const [y, m, d, h, min] = found.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number, number]
  return { y, m, d, h, min }
}

const unitFrom = (text: string): number => {
  const mm = Object.hasOwn(UNITS, text) ? (UNITS[text] as number) : Number(text)
  if (mm > 0 && mm <= 1000) return mm
  throw new Wrong(
    `--units quiere mm, cm, m, in o los milímetros de una unidad, no «${text}».`,
    `--units takes mm, cm, m, in or the millimetres of one unit, not “${text}”.`,
  )
}

/** `included:10`, `net:10`, `included` or `net`. */
const allowanceFrom = (text: string): { included: boolean; mm: number | null } => {
  const found = /^(included|net)(?::(\d{1,3}(?:\.\d{1,3})?))?$/.exec(text)
  if (found !== null) return { included: found[1] === 'included', mm: found[2] === undefined ? null : Number(found[2]) }
  throw new Wrong(
    `--allowance quiere included o net, con los milímetros si se saben (included:10), no «${text}».`,
    `--allowance takes included or net, with the millimetres where they are known (included:10), not “${text}”.`,
  )
}

const answersFrom = (units: string | undefined, allowance: string | undefined): Answers => ({
  ...(units === undefined ? {} : { mmPerUnit: unitFrom(units) }),
  ...(allowance === undefined
    ? {}
    : { allowance: { '*': allowanceFrom(allowance) } as NonNullable<Answers['allowance']> }),
})

const OPTIONS = {
  to: { type: 'string', multiple: true },
  out: { type: 'string' },
  size: { type: 'string', multiple: true },
  paper: { type: 'string' },
  language: { type: 'string' },
  units: { type: 'string' },
  allowance: { type: 'string' },
  rul: { type: 'string' },
  date: { type: 'string' },
} as const

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
  } catch (error) {
    const said = (error instanceof Error ? error.message : String(error)).split('\n')[0]
    throw new Wrong(`No se entiende la orden: ${said}`, `The command is not understood: ${said}`)
  }
}

const wantedFrom = (args: readonly string[], terminal: Terminal): Wanted => {
  const { values, positionals } = parsed(args)
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0)
    throw new Wrong('convert quiere un archivo, y solo uno.', 'convert takes one file, and only one.')
  const to = (values.to ?? []).flatMap((text) => text.split(','))
  const unknown = to.find((kind) => !(KINDS as readonly string[]).includes(kind))
  if (to.length === 0 || unknown !== undefined)
    throw new Wrong(
      `--to quiere ${KINDS.join(', ')}${unknown === undefined ? '' : `, no «${unknown}»`}.`,
      `--to takes ${KINDS.join(', ')}${unknown === undefined ? '' : `, not “${unknown}”`}.`,
    )
  const paper = values.paper ?? 'a4'
  const papers = Object.keys(PAPERS).join(', ')
  if (!Object.hasOwn(PAPERS, paper)) throw new Wrong(`--paper quiere ${papers}.`, `--paper takes ${papers}.`)
  const language = values.language ?? terminal.language
  if (language !== 'es' && language !== 'en')
    throw new Wrong('--language quiere es o en.', '--language takes es or en.')
  const sizes = (values.size ?? []).flatMap((text) => text.split(','))
  return {
    file: resolve(terminal.cwd, file),
    to: [...new Set(to)] as Kind[],
    folder: resolve(terminal.cwd, values.out ?? '.'),
    sizes: sizes.length === 0 ? null : sizes.includes('all') ? 'all' : sizes,
    paper: paper as Paper,
    language,
    rul: values.rul === undefined ? null : resolve(terminal.cwd, values.rul),
    date: values.date === undefined ? dateOf(terminal.now) : dateFrom(values.date),
    answers: answersFrom(values.units, values.allowance),
  }
}

const bytesOf = async (file: string): Promise<Uint8Array> => {
  try {
    return await readFile(file)
  } catch {
    throw new Wrong(`No se puede abrir ${file}.`, `${file} cannot be opened.`)
  }
}

const indexesOf = (pattern: Pattern, sizes: Wanted['sizes']): number[] => {
  if (sizes === null) return [pattern.base]
  if (sizes === 'all') return pattern.sizes.map((_, i) => i)
  return sizes.map((name) => {
    const index = pattern.sizes.indexOf(name)
    const known = pattern.sizes.join(', ')
    if (index < 0)
      throw new Wrong(`No hay talla «${name}»; hay ${known}.`, `There is no size “${name}”; there are ${known}.`)
    return index
  })
}

const nameOf = (pattern: Pattern, id: PieceId): string => pieceOf(pattern, id)?.name ?? id

/** Stops at what would make a wrong file; says what merely nobody knows. */
const askFor = (questions: readonly Question[], pattern: Pattern, terminal: Terminal): void => {
  for (const question of questions) {
    if (question.ask === 'size') {
      const likely = question.choices
        .map(({ mmPerUnit, cm }) => `${Number(mmPerUnit.toFixed(4))} → ${cm.toFixed(1)} cm`)
        .join(', ')
      const cm = question.cm.toFixed(1)
      const piece = nameOf(pattern, question.piece)
      throw new Wrong(
        `No se sabe en qué unidades está: la pieza ${piece} mediría ${cm} cm. Dilo con --units (${likely}).`,
        `Its units are not certain: piece ${piece} would measure ${cm} cm. Say so with --units (${likely}).`,
        1,
      )
    }
    const names = question.pieces
      .slice(0, 6)
      .map((id) => nameOf(pattern, id))
      .join(', ')
    terminal.err(
      terminal.language === 'es'
        ? `Nadie dice si el margen de costura está incluido (${names}): se escribe la línea como viene. Dilo con --allowance.`
        : `Nobody says whether the seam allowance is included (${names}): the line is written as it came. Say so with --allowance.`,
    )
  }
}

const fileName = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .slice(0, 80) || 'patron'

const filesOf = async (pattern: Pattern, wanted: Wanted): Promise<[string, string | Uint8Array][]> => {
  const stem = fileName(basename(wanted.file).replace(/\.[a-z0-9]{1,5}$/i, ''))
  const indexes = indexesOf(pattern, wanted.sizes)
  const files: [string, string | Uint8Array][] = []
  for (const kind of wanted.to) {
    if (kind === 'svg')
      for (const index of indexes)
        files.push([`${stem}-${fileName(pattern.sizes[index] ?? '')}.svg`, writeSvg(pattern, index)])
    else if (kind === 'pdf') {
      const bytes = await writePdf(pattern, { ...wanted, sizes: indexes })
      if (bytes !== null) files.push([`${stem}-${wanted.paper}.pdf`, bytes])
    } else {
      const options = { dialect: kind, date: wanted.date }
      files.push([`${stem}-${kind}.dxf`, writeDxf(pattern, options)])
      const rul = writeRul(pattern, options)
      if (rul !== null) files.push([`${stem}-${kind}.rul`, rul])
    }
  }
  return files
}

/** AAMA knows no curve as it was drawn: whoever passes over its dense copy draws another one through the key points. */
const sayOfCurves = (pattern: Pattern, wanted: Wanted, terminal: Terminal): void => {
  const drawn = pattern.pieces.some(({ shapes }) =>
    shapes.some((shape) => shape?.runs.some((run) => run.drawn !== null)),
  )
  if (!drawn || !wanted.to.some((kind) => kind === 'aama')) return
  terminal.err(
    terminal.language === 'es'
      ? 'En AAMA la curva dibujada va en las capas 84 a 87: un CAD que no las lea traza otra entre los puntos clave, hasta un milímetro aparte. Con ASTM no pasa.'
      : 'In AAMA the curve as drawn is on layers 84 to 87: a CAD that does not read them draws another between the key points, up to a millimetre off. With ASTM that does not happen.',
  )
}

const sayWithoutLine = (pattern: Pattern, terminal: Terminal): void => {
  for (const [id, without] of Map.groupBy(withoutOtherLine(pattern), ({ piece }) => piece)) {
    const piece = nameOf(pattern, id)
    const sizes = without.map(({ size }) => size).join(', ')
    terminal.err(
      terminal.language === 'es'
        ? `La pieza ${piece} no tiene lugar para su margen (${sizes}): va solo la línea que trae.`
        : `Piece ${piece} has no room for its allowance (${sizes}): only the line that it came with is written.`,
    )
  }
}

/**
 * `puntada convert FILE --to KIND …`, see docs/puntada.md.
 *
 * @returns 0; else 1 (the file) or 2 (the call), with a sentence on stderr and nothing written.
 */
export const convertIn = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  try {
    const wanted = wantedFrom(args, terminal)
    const name = basename(wanted.file)
    const rul = wanted.rul === null ? {} : { rul: await bytesOf(wanted.rul) }
    const reading = importFile(await bytesOf(wanted.file), { name, answers: wanted.answers, ...rul })
    if (!reading.ok) {
      const { code, line = 0, amount = 0 } = reading.refusal
      const [es, en] = [spanish, english].map(({ refusals }) => refusals[code]({ line, amount })) as [string, string]
      throw new Wrong(`${name}: ${es}`, `${name}: ${en}`, 1)
    }
    askFor(reading.questions, reading.pattern, terminal)
    sayWithoutLine(reading.pattern, terminal)
    sayOfCurves(reading.pattern, wanted, terminal)
    const files = (await filesOf(reading.pattern, wanted)).map(([file, content]) => ({
      path: join(wanted.folder, file),
      content,
    }))
    if (files.some(({ path }) => path === wanted.file))
      throw new Wrong(
        `Se escribiría sobre ${name}, que es lo que se lee: elige otra carpeta con --out.`,
        `${name} is being read and would be written over: choose another folder with --out.`,
      )
    await mkdir(wanted.folder, { recursive: true })
    for (const { path, content } of files) {
      await writeFile(path, content)
      terminal.out(path)
    }
    return 0
  } catch (error) {
    if (!(error instanceof Wrong)) throw error
    terminal.err(error.words[terminal.language])
    return error.status
  }
}
