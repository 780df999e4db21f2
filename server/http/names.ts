import { oneLine } from '../../shared/domain/line.ts'

const MOST = 120

/** A file's name as it may be shown and sent back: one line, no folders, nothing unseen. `archivo` where nothing is left. */
export const cleanName = (name: string): string => {
  const clean = oneLine(name.split(/[\\/]/).at(-1) ?? '')
  const short = [...clean].slice(0, MOST).join('')
  return short === '' || /^\.+$/.test(short) ? 'archivo' : short
}

/** `Content-Disposition` of a download, RFC 6266 with the name of RFC 5987: every byte that could mean something is encoded. */
export const attachment = (name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9._ -]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
