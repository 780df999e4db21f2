import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toNumber } from '../../client/design/Fields.tsx'
import { amountsOf, joined, whyNot } from '../../client/proposals/phrases.ts'
import { en as detailsEn } from '../../client/words/details/en.ts'
import { es as detailsEs } from '../../client/words/details/es.ts'
import { en as mainEn } from '../../client/words/en.ts'
import { es as mainEs } from '../../client/words/es.ts'
import { formats, inchFraction } from '../../client/words/format.ts'
import { en as proposalsEn } from '../../client/words/proposals/en.ts'
import { es as proposalsEs } from '../../client/words/proposals/es.ts'
import { refusalText } from '../../client/words/refusal.ts'
import { en as versionsEn } from '../../client/words/versions/en.ts'
import { es as versionsEs } from '../../client/words/versions/es.ts'
import { en as workshopEn } from '../../client/words/workshop/en.ts'
import { es as workshopEs } from '../../client/words/workshop/es.ts'
import { fieldsOf, OPERATION_NAMES, type Operation } from '../../shared/pattern/operation.ts'
import { STATUS } from '../../shared/protocol/codes.ts'
import { SYNC_REFUSALS } from '../../shared/protocol/refusals.ts'
import { FOUND_KINDS } from '../../shared/protocol/report.ts'
import { blouse, on } from '../support/blouses.ts'

/** The catalogue with its volumes that come later. */
const en = { ...mainEn, later: [proposalsEn, versionsEn, detailsEn, workshopEn] }
const es = { ...mainEs, later: [proposalsEs, versionsEs, detailsEs, workshopEs] }

/** Values that a text may be asked with; a word stands for the rest. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(
    [
      'n',
      'of',
      'count',
      'left',
      'over',
      'percent',
      'shapes',
      'done',
      'most',
      'amount',
      'line',
      'width',
      'height',
      'version',
      'pieces',
      'sizes',
    ].map((name) => [name, 3]),
  ),
  from: 'cmyk',
  element: 'image',
  format: 'jpeg',
  why: 'declared',
  side: 'left',
  means: 'outline',
  note: 'notches-by-index',
}

/** Every text of a catalogue with its path; a text with values is asked with a stand-in for each. */
const texts = (tree: object, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    const here = `${path}.${key}`
    if (typeof value === 'string') return [[here, value]]
    if (typeof value !== 'function') return texts(value, here)
    const any = new Proxy({}, { get: (_, name) => STAND_INS[String(name)] ?? 'x' })
    return [[here, String(value(any, { length: () => '3 cm' }))]]
  })

const catalogues = [
  ['es', es],
  ['en', en],
] as const

describe('the catalogues', () => {
  it.each(catalogues)('have no empty text and nothing left unsaid in %s', (_, words) => {
    const all = texts(words)
    expect(all.length).toBeGreaterThan(400)
    for (const [path, text] of all) {
      expect(text.trim(), path).not.toBe('')
      expect(text, path).not.toMatch(/undefined|\[object|NaN/)
    }
  })

  it('say the same things in both languages', () => {
    expect(texts(en).map(([path]) => path)).toEqual(texts(es).map(([path]) => path))
  })

  it('speak to one person as tú: nobody is called usted', () => {
    for (const [path, text] of texts(es)) expect(text, path).not.toMatch(/\busted(es)?\b/i)
  })
})

describe('the words of the trade', () => {
  // A count of threads names a stitch or a machine.
  const NAMES = /(\b(un|dos|doble|\d) hilos?\b)|hilos? de la tela|hilo de coser/gi
  it('never leave "hilo" alone: it is grain, thread and a talk', () => {
    for (const [path, text] of texts(es)) expect(text.replace(NAMES, ''), path).not.toMatch(/\bhilos?\b/i)
  })

  it('are those of Mexico, and nobody is rejected', () => {
    const others = /bolsillo|dobladillo\b|cremallera|el[aá]stico|molder[ií]a|camiseta|cazadora|vaquero|rechaz/i
    for (const [path, text] of texts(es)) {
      expect(text, path).not.toMatch(others)
      expect(text, path).not.toMatch(/\d,\d(?!\d\d)/)
      expect(text, path).not.toMatch(/presilla(?! de refuerzo|\))/i)
    }
  })
})

describe('the amounts that a proposal says', () => {
  const saying = (words: typeof proposalsEs, language: string) => (operation: unknown) =>
    amountsOf(operation as Operation, words, (n) => formats(language, es).length(n, 'cm'))
  const say = saying(proposalsEs, 'es-MX')

  it('are sentences of the trade, and what goes the other way has a word of its own', () => {
    const neckline = { op: 'neckline', edge: 'e', drop: 10, widen: 5, centre: 'end' }
    expect(say(neckline)).toEqual(['bajar 1 cm en el centro', 'abrir 0.5 cm en el hombro'])
    expect(say({ ...neckline, drop: -10, widen: 0 })).toEqual(['subir 1 cm en el centro'])
    const ease = { op: 'ease', edge: 'e', from: 0, to: 1, atFrom: 10, atTo: 10 }
    expect(say(ease)).toEqual(['dar afloje de 1 cm en todo el tramo'])
    expect(say({ ...ease, atTo: -4 })).toEqual(['dar afloje de 1 cm al principio', 'entallar 0.4 cm al final'])
    expect(say({ op: 'lengthen', pieces: ['p'], at: 0.5, by: -30 })).toEqual(['acortar 3 cm'])
    expect(say({ op: 'allowance', edges: ['e'], allowance: 0, corner: 'mitre' })).toEqual(['margen de 0 cm'])
    expect(say({ op: 'moveDrill', drill: 'd', dx: -12, dy: 0 })).toEqual(['recorrer 1.2 cm a la izquierda'])
    expect(say({ op: 'join', a: 'a', b: 'b' })).toEqual(['unir piezas'])
    const stitch = { op: 'stitch', edges: ['e'], stitch: '516', seam: 1, spi: 10, needles: 2, gauge: 3, thread: '' }
    expect(say({ ...stitch, allowance: 12 })).toEqual(['cambiar a over de 5 hilos (516)', 'el margen queda en 1.2 cm'])
  })

  it('never carry a minus, in either language, whatever goes the other way', () => {
    for (const [language, words] of [
      ['es-MX', proposalsEs],
      ['en', proposalsEn],
    ] as const)
      for (const name of OPERATION_NAMES) {
        const least = Object.entries(fieldsOf(name)).map(([field, is]) => [field, 'min' in is ? is.min : 'a'])
        const operation = { op: name, ...Object.fromEntries(least), stitch: '301' }
        for (const phrase of saying(words as typeof proposalsEs, language)(operation))
          expect(phrase).not.toMatch(/[-−]\d/)
      }
  })

  it('say of which size and edge there is not enough, and nothing of what nobody knows', () => {
    const pattern = blouse()
    const piece = pattern.pieces[0]
    const why = (code: unknown, params: object) => whyNot(code, params, pattern, proposalsEs, (n) => `${n / 10} cm`)
    const edge = on('d', 'hombro')
    expect(why('too-short', { piece: piece?.id, edge, size: 'S', amount: 12 })).toBe(
      `Talla S, ${piece?.name}, hombro: No alcanza: solo hay 1.2 cm. Usa una medida menor.`,
    )
    expect(why('too-short', {})).toBe('No alcanza: solo cabe una medida menor.')
    expect(why('not-symmetric', {})).toBe('Los dos lados no son iguales.')
    expect(why('no-such-notch', {})).toBe('Ese piquete ya no está en esta versión.')
    expect(why('constructor', {})).toBeNull()
    expect(why(undefined, {})).toBeNull()
  })

  it('are put after a comma, unless the text ends with a mark', () => {
    expect(joined('Delantero, escote: ', 'bajar 1 cm')).toBe('Delantero, escote: bajar 1 cm')
    expect(joined('Delantero: bajar 1 cm', 'abrir 2 cm')).toBe('Delantero: bajar 1 cm, abrir 2 cm')
    expect(joined(' ', 'unir piezas')).toBe('unir piezas')
  })
})

describe('a refusal', () => {
  it.each(catalogues)('has a sentence of its own for every code, in %s', (language, words) => {
    const format = formats(language === 'es' ? 'es-MX' : 'en', words)
    for (const code of [...Object.keys(STATUS), ...Object.keys(SYNC_REFUSALS), 'gone', 'network', 'ended', 'unsent']) {
      const text = refusalText(words, format, code, {})
      expect(text, code).not.toBe(words.refusals.other)
      expect(text, code).toMatch(/[.»”]$/)
    }
  })

  it('gives sizes with their unit and kinds of file by name', () => {
    const format = formats('es-MX', es)
    expect(refusalText(es, format, 'too-large', { bytes: 90e6, most: 60e6 })).toContain('60 MB')
    for (const found of FOUND_KINDS)
      expect(refusalText(es, format, 'unknown-kind', { found })).toContain(es.refusals.found[found])
  })

  it('is a plain sentence where nobody knows the code, also for names that every object has', () => {
    const format = formats('es-MX', es)
    for (const code of ['brand-new', 'constructor', '__proto__', 'toString'])
      expect(refusalText(es, format, code)).toBe(es.refusals.other)
  })
})

describe('lengths', () => {
  it('are centimetres with a decimal point in Mexico, to the millimetre', () => {
    const { length } = formats('es-MX', es)
    expect(length(623, 'cm')).toBe('62.3 cm')
    expect(length(8.3, 'cm')).toBe('0.83 cm')
    expect(length(12_345, 'cm')).toBe('1,234.5 cm')
  })

  it('are inches as a tape shows them, to the sixteenth and reduced', () => {
    expect(inchFraction(3.625)).toBe('3 5/8')
    expect(inchFraction(0.0625)).toBe('1/16')
    expect(inchFraction(2)).toBe('2')
    expect(inchFraction(1.95)).toBe('1 15/16')
    expect(inchFraction(1.99)).toBe('2')
    expect(inchFraction(-0.5)).toBe('−1/2')
    expect(formats('es-MX', es).length(92.075, 'in')).toBe('3 5/8 pulg')
  })

  it('are typed as they are shown, with a point or a comma, or as a tape says them', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4000, max: 4000 }), (sixteenths) => {
        expect(toNumber(inchFraction(sixteenths / 16))).toBe(sixteenths / 16)
      }),
    )
    expect([' 1,5 ', '-0.25', '1 1/2', '10/8', '3 / 8'].map(toNumber)).toEqual([1.5, -0.25, 1.5, 1.25, 0.375])
    for (const none of ['', '3/0', '1/2/3', '1 1', '/8', '3/', 'media', '1.5/2']) expect(toNumber(none)).toBeNaN()
  })
})

describe('moments', () => {
  const { since } = formats('es-MX', es)
  const now = Date.UTC(2026, 10, 23, 18)
  it('are told from now while they are near, and by their date after a week', () => {
    expect(since(now - 20_000, now)).toBe('ahora')
    expect(since(now - 5 * 60_000, now)).toBe('hace 5 minutos')
    expect(since(now - 26 * 3_600_000, now)).toBe('ayer')
    expect(since(now - 9 * 24 * 3_600_000, now)).toBe('14 de noviembre')
  })
})
