/** Whatever reorders, hides or breaks a line: C0, C1, bidirectional controls, zero widths, fillers, separators, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu
/** No writing puts more than two marks on a letter; heaps of them cover the lines above and below. */
const HEAPED = /(\p{M}{2})\p{M}+/gu

/** A text as it is shown on one line: composed (NFC), nothing unseen in it, single spaces, none at its ends. May be empty. */
export const oneLine = (text: string): string =>
  text.replace(/\s/gu, ' ').replace(UNSEEN, '').normalize('NFC').replace(HEAPED, '$1').replace(/ +/g, ' ').trim()

/** Whether a line has something in it that can be read out: a letter or a digit. */
export const canBeRead = (line: string): boolean => /[\p{L}\p{N}]/u.test(line)
