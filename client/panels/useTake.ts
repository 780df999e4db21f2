import { useWho } from '../app/signed.ts'
import { useDesk } from './desk.ts'
import { useUploads } from './uploads.ts'

const baseOf = (name: string): string => name.replace(/\.[^.]*$/, '').toLowerCase()
const ends = (file: File, ending: string): boolean => file.name.toLowerCase().endsWith(ending)

/** Grade rules go with the DXF of their name, or with the only one; without one they are sent, and their refusal says what is missing. */
const paired = (files: readonly File[]): { file: File; rul?: File }[] => {
  const drawn = files.filter((file) => ends(file, '.dxf'))
  const tables = files.filter((file) => ends(file, '.rul'))
  const rulOf = (dxf: File): File | undefined =>
    tables.find((rul) => baseOf(rul.name) === baseOf(dxf.name)) ??
    (drawn.length === 1 && tables.length === 1 ? tables[0] : undefined)
  const used = new Set(drawn.map(rulOf))
  return files
    .filter((file) => !used.has(file))
    .map((file) => {
      const rul = ends(file, '.dxf') ? rulOf(file) : undefined
      return rul ? { file, rul } : { file }
    })
}

/** Sends files to the board that is open. */
export const useTake = (): ((files: FileList | null, asPattern?: boolean) => void) => {
  const { board } = useDesk()
  const { me } = useWho()
  const add = useUploads((s) => s.add)
  return (files, asPattern = false) => {
    for (const { file, rul } of paired([...(files ?? [])]))
      add(board.id, me.person.id, file, { asPattern, ...(rul ? { rul } : {}) })
  }
}
