const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  þ: 'th',
  Þ: 'Th',
  ð: 'd',
  ı: 'i',
  '×': 'x',
  '÷': '/',
  '±': '+-',
  º: 'o',
  ª: 'a',
  '°': ' deg',
  '¿': '?',
  '¡': '!',
  '«': '"',
  '»': '"',
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '′': "'",
  '″': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '…': '...',
  '½': '1/2',
  '¼': '1/4',
  '¾': '3/4',
  '·': '.',
  '•': '*',
  '€': 'EUR',
}

/**
 * A text in the 7-bit letters that pattern files are limited to: accents dropped (`Ñ` becomes `N`), known signs spelt out, anything else
 * an underscore. One line, no control characters.
 */
export const asciiOf = (text: string, most = 250): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\u0020-\u007e]/gu, (sign) => LETTERS[sign] ?? (/\s/.test(sign) ? ' ' : /\p{Cc}/u.test(sign) ? '' : '_'))
    .slice(0, most)
    .trim()

/** A name made of letters, digits, `-` and `_` alone, as R12 wants names of blocks. */
export const blockNameOf = (text: string, most: number): string =>
  asciiOf(text)
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .slice(0, most) || '_'

/** A size's name as one word, as grade-rule tables part them by blanks. */
export const wordOf = (size: string): string => asciiOf(size).replace(/\s+/g, '_') || '_'
