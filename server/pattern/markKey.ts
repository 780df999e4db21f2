import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const BYTES = 32

/**
 * The secret that marks in lines are made with: 256 bits in a file of the data folder that only the server's user reads, made once. Whoever
 * has it can find a viewer's mark in lines, and take it away.
 *
 * @throws {Error} where the file is there and is not a key, or cannot be made.
 */
export const markKey = (folder: string): Uint8Array => {
  const path = join(folder, 'mark.key')
  const read = (): Uint8Array => {
    const key = readFileSync(path)
    if (key.byteLength !== BYTES) throw new Error(`${path} is not a key of ${BYTES} bytes`)
    return key
  }
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  // Written beside and linked into place: a crash leaves no half key, and two starts make one.
  const fresh = `${path}.${randomBytes(6).toString('hex')}`
  const file = openSync(fresh, 'wx', 0o600)
  try {
    writeSync(file, randomBytes(BYTES))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(fresh, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(fresh)
  }
  return read()
}
