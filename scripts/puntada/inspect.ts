import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pattern as english } from '../../client/words/en/pattern.ts'
import { pattern as spanish } from '../../client/words/es/pattern.ts'
import { importFile } from '../../server/pattern/importFile.ts'
import { type Inspection, inspection } from '../../server/pattern/inspect.ts'
import type { Answers } from '../../shared/pattern/reading.ts'
import type { Terminal } from './convert.ts'

const UNITS: Readonly<Record<string, number>> = { mm: 1, cm: 10, m: 1000, in: 25.4 }

interface Wanted {
  readonly file: string
  readonly json: boolean
  readonly rul: string | null
  readonly answers: Answers
}

/** What was asked, or the flag that is not understood. */
const wantedFrom = (args: readonly string[], terminal: Terminal): Wanted | { readonly wrong: string } => {
  const take = () => {
    try {
      return parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          json: { type: 'boolean', default: false },
          rul: { type: 'string' },
          units: { type: 'string' },
          allowance: { type: 'string' },
        },
      })
    } catch (error) {
      return { wrong: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '' }
    }
  }
  const taken = take()
  if ('wrong' in taken) return taken
  const { values, positionals } = taken
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) return { wrong: 'FILE' }
  const unit = values.units === undefined ? undefined : (UNITS[values.units] ?? Number(values.units))
  if (unit !== undefined && !(unit > 0 && unit <= 1000)) return { wrong: '--units' }
  const allowance =
    values.allowance === undefined ? null : /^(included|net)(?::(\d{1,3}(?:\.\d{1,3})?))?$/.exec(values.allowance)
  if (values.allowance !== undefined && !allowance) return { wrong: '--allowance' }
  const all = allowance && {
    included: allowance[1] === 'included',
    mm: allowance[2] === undefined ? null : Number(allowance[2]),
  }
  return {
    file: resolve(terminal.cwd, file),
    json: values.json,
    rul: values.rul === undefined ? null : resolve(terminal.cwd, values.rul),
    answers: {
      ...(unit === undefined ? {} : { mmPerUnit: unit }),
      ...(all ? { allowance: { '*': all } as NonNullable<Answers['allowance']> } : {}),
    },
  }
}

const cm = (mm: number): string => `${(mm / 10).toFixed(1)} cm`

/** A screenful for people: every piece in its base size, then each layer, what was guessed and what is left to ask. */
const readable = (found: Extract<Inspection, { ok: true }>, es: boolean): string[] => {
  const words = es ? spanish : english
  const { units, report } = found
  const said = es
    ? {
        edges: 'tramos',
        notches: 'piquetes',
        drills: 'perforaciones',
        lines: 'líneas internas',
        sizes: 'tallas',
        base: 'base',
      }
    : { edges: 'edges', notches: 'notches', drills: 'drill holes', lines: 'inner lines', sizes: 'sizes', base: 'base' }
  const told = es ? ['leídas', 'adivinadas', 'saltadas'] : ['read', 'guessed', 'skipped']
  return [
    [found.file, found.kind, found.vendor, found.product, found.release].filter(Boolean).join('  '),
    `${found.name}: ${found.sizes.length} ${said.sizes} (${found.sizes.join(' ')}), ${said.base} ${found.base}`,
    `1 = ${units.mmPerUnit} mm, ${words.units[units.why]}`,
    '',
    ...found.pieces.map((piece) => {
      const one = piece.sizes.find(({ size }) => size === found.base) ?? piece.sizes[0]!
      const lengths = one.edges.map(({ lengthMm }) => cm(lengthMm)).join(', ')
      const counts = [
        `${one.edges.length} ${said.edges} (${lengths})`,
        `${one.notches.length} ${said.notches}`,
        `${one.drills.length} ${said.drills}`,
        `${one.internals.length} ${said.lines}`,
      ]
      return `${piece.id}  ${piece.name}: ${cm(one.widthMm)} × ${cm(one.heightMm)}, ${counts.join(', ')}`
    }),
    '',
    ...report.layers.map(
      ({ layer, means, read, guessed, skipped }) =>
        `${layer}  ${words.layers[means]}: ${read} ${told[0]}, ${guessed} ${told[1]}, ${skipped} ${told[2]}`,
    ),
    '',
    ...report.notes.map(
      ({ code, count, what = '', piece }) => `${piece ?? '·'}  ${words.notes[code]({ count, what })}`,
    ),
    ...found.questions.map((question) =>
      question.ask === 'size'
        ? `?  ${words.questions.size({ piece: question.piece, cm: cm(question.cm * 10) })}`
        : `?  ${words.questions.allowance({ pieces: question.pieces.join(', ') })}`,
    ),
  ]
}

/**
 * `puntada inspect FILE [--json]`, see docs/puntada.md. @returns 0, or 1 with a sentence on stderr; with `--json` a refused file
 * is printed as JSON too, with the code of its refusal.
 */
export const inspectIn = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const es = terminal.language === 'es'
  const wanted = wantedFrom(args, terminal)
  if ('wrong' in wanted) {
    terminal.err(es ? `No se entiende la orden: ${wanted.wrong}` : `The command is not understood: ${wanted.wrong}`)
    return 1
  }
  const paths = [wanted.file, ...(wanted.rul === null ? [] : [wanted.rul])]
  const contents = await Promise.all(paths.map((path) => readFile(path).catch(() => null)))
  const missing = contents.indexOf(null)
  if (missing >= 0) {
    terminal.err(es ? `No se puede abrir ${paths[missing]}.` : `${paths[missing]} cannot be opened.`)
    return 1
  }
  const [bytes, rul] = contents as Uint8Array[]
  const name = basename(wanted.file)
  const found = inspection(name, importFile(bytes!, { name, answers: wanted.answers, ...(rul ? { rul } : {}) }))
  if (wanted.json) terminal.out(JSON.stringify(found, null, 2))
  if (!found.ok) {
    const { code, line = 0, amount = 0 } = found.refusal
    terminal.err((es ? spanish : english).refusals[code]({ line, amount }))
    return 1
  }
  if (!wanted.json) for (const line of readable(found, es)) terminal.out(line)
  return 0
}
