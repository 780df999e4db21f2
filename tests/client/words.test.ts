import { describe, expect, it } from 'vitest'
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
import { STATUS } from '../../shared/protocol/codes.ts'
import { SYNC_REFUSALS } from '../../shared/protocol/refusals.ts'
import { FOUND_KINDS } from '../../shared/protocol/report.ts'

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
