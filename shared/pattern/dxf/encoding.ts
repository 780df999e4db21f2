/** Code pages that AutoCAD names and every browser knows. */
const PAGES: Readonly<Record<string, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
}

const isLetter = (byte: number | undefined): boolean => byte !== undefined && /[a-z]/i.test(String.fromCharCode(byte))

/**
 * Whether bytes beyond ASCII are Chinese, for files that name no code page: all of them are pairs of GB 2312, and most words of them stand
 * alone. Letters of the West stand among others: `PIÑÓN` has a pair, with letters around it.
 */
const isChinese = (bytes: Uint8Array): boolean => {
  let alone = 0
  let among = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue
    const from = i
    for (; bytes[i]! >= 0x80; i += 2) {
      const isPair = bytes[i]! >= 0xa1 && bytes[i]! <= 0xf7 && bytes[i + 1]! >= 0xa1 && bytes[i + 1]! <= 0xfe
      if (!isPair) return false
    }
    if (isLetter(bytes[from - 1]) || isLetter(bytes[i])) among++
    else alone++
  }
  return alone > among
}

const pageOf = (bytes: Uint8Array): string => {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 16_384))
  const number = /\$DWGCODEPAGE\s+3\s+(?:ansi_|dos)?(\d+)/i.exec(head)?.[1]
  if (number === undefined) return isChinese(bytes) ? 'gbk' : 'windows-1252'
  if (/^125[0-8]$/.test(number)) return `windows-${number}`
  return Object.hasOwn(PAGES, number) ? PAGES[number]! : 'windows-1252'
}

/** For the texts of a file: UTF-8 where all of it is that, else the code page that the file names, else GBK where it is Chinese, else Windows 1252. */
export const decoderFor = (bytes: Uint8Array): TextDecoder => {
  const utf8 = new TextDecoder()
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return utf8
  } catch {
    return new TextDecoder(pageOf(bytes))
  }
}
