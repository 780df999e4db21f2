/** Code pages that AutoCAD names and every browser knows. */
const PAGES: Readonly<Record<string, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
}

const pageOf = (bytes: Uint8Array): string => {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 16_384))
  const number = /\$DWGCODEPAGE\s+3\s+(?:ansi_|dos)?(\d+)/i.exec(head)?.[1]
  if (number === undefined) return 'windows-1252'
  if (/^125[0-8]$/.test(number)) return `windows-${number}`
  return Object.hasOwn(PAGES, number) ? PAGES[number]! : 'windows-1252'
}

/** For the texts of a file: UTF-8 where all of it is that, else the code page that the file names, else Windows 1252. */
export const decoderFor = (bytes: Uint8Array): TextDecoder => {
  const utf8 = new TextDecoder()
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return utf8
  } catch {
    return new TextDecoder(pageOf(bytes))
  }
}
