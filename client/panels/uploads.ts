import { create } from 'zustand'
import type { BoardId, PersonId, UploadId } from '../../shared/domain/ids.ts'
import type { UploadState } from '../../shared/protocol/api.ts'
import type { Answered } from '../../shared/protocol/pattern.ts'
import { live } from '../app/live.ts'
import { ApiError, api, isRefusal } from '../sync/api.ts'

/** A file on its way to a board, from the hand to the last tile. */
export interface Upload {
  readonly key: number
  readonly board: BoardId
  readonly person: PersonId
  readonly name: string
  /** 0 to 1 of its bytes, as far as this browser has sent them; null while files before it are sent. */
  readonly sent: number | null
  /** What the server says; null until it has the file. */
  readonly state: UploadState | null
  /** Why it did not get there. */
  readonly problem: ApiError | null
}
/** What goes with a file. */
export interface Along {
  /** An SVG is to be worked on as a pattern, not looked at. */
  readonly asPattern?: boolean
  /** Grade rules of a DXF. */
  readonly rul?: File
}
/** What the files of a list become. */
type Becomes = 'sheets' | 'swatches'

interface Uploads {
  readonly list: readonly Upload[]
  /** Boards whose list of files is on the screen. */
  readonly shown: readonly BoardId[]
  /** The board whose list is wanted on the screen. */
  readonly asked: BoardId | null
  /** The list of a board's files is on the screen until the function that is returned is called. */
  seen(board: BoardId): () => void
  show(board: BoardId | null): void
  /** Asks the server what it has of mine, and goes on watching it. Where it cannot be asked nothing is added. */
  resume(board: BoardId, person: PersonId): Promise<void>
  /** @returns its key. */
  add(board: BoardId, person: PersonId, file: File, along?: Along): number
  /** What its file could not say. @throws {ApiError} */
  answer(key: number, answers: Answered): Promise<void>
  /** @throws {ApiError} where the server could not be asked: the file goes on. */
  cancel(key: number): Promise<void>
  dismiss(key: number): void
}

const isOver = (state: UploadState): boolean =>
  state.state === 'done' || state.state === 'refused' || state.state === 'cancelled'
export const isRunning = ({ state, problem }: Upload): boolean => problem === null && (state === null || !isOver(state))
/** Its file asks what only a person knows. */
export const isAsking = ({ state }: Upload): boolean => state?.state === 'asking'
export const isDone = ({ state }: Upload): boolean => state?.state === 'done'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What was taken off the list stays off it when the page is loaded again: ids of uploads, in this tab alone. */
const DISMISSED = 'puntada.dismissed'
const DISMISSED_MOST = 100
const dismissed = (): readonly string[] => {
  try {
    const kept = parsed(sessionStorage.getItem(DISMISSED) ?? '')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}
const dismissForGood = (id: UploadId): void => {
  try {
    sessionStorage.setItem(DISMISSED, JSON.stringify([...dismissed(), id].slice(-DISMISSED_MOST)))
  } catch {
    // A browser that keeps nothing shows it again.
  }
}

/** Sends one file whole. Rejects with an `ApiError`, `cancelled` where it was aborted. */
const send = (
  becomes: Becomes,
  board: BoardId,
  file: File,
  along: Along,
  request: XMLHttpRequest,
  onSent: (part: number) => void,
): Promise<UploadState> =>
  new Promise((resolve, reject) => {
    request.open('POST', `/api/boards/${board}/${becomes}`)
    request.upload.onprogress = (e) => {
      if (e.lengthComputable) onSent(e.loaded / e.total)
    }
    request.onerror = () => reject(new ApiError('network'))
    request.onabort = () => reject(new ApiError('cancelled'))
    request.onload = () => {
      const answer = parsed(request.responseText)
      if (request.status === 202) resolve(answer as UploadState)
      else if (isRefusal(answer)) reject(new ApiError(answer.error.code, answer.error.params ?? {}, request.status))
      else reject(new ApiError('unreadable', {}, request.status))
    }
    const form = new FormData()
    // Before the file: the server reads a request in its order.
    if (along.asPattern) form.append('as', 'pattern')
    if (along.rul) form.append('rul', along.rul)
    form.append('file', file)
    request.send(form)
  })

const openUploads = (becomes: Becomes) =>
  create<Uploads>()((set, get) => {
    let last = 0
    let queue: Promise<void> = Promise.resolve()
    const requests = new Map<number, XMLHttpRequest>()
    /** Ends of watches, and how often the live line has told of each. */
    const watches = new Map<number, () => void>()
    const moves = new Map<number, number>()
    /** Cancelled after the last byte left: only the answer tells what there is to cancel. */
    const unwanted = new Set<number>()

    const find = (key: number): Upload | undefined => get().list.find((one) => one.key === key)
    /** Ends the watch of what is over or off the list. */
    const rest = (key: number): void => {
      const one = find(key)
      if (one && isRunning(one)) return
      watches.get(key)?.()
      watches.delete(key)
      moves.delete(key)
    }
    const change = (key: number, part: Partial<Upload>): void => {
      set(({ list }) => ({ list: list.map((one) => (one.key === key ? { ...one, ...part } : one)) }))
      rest(key)
    }
    /** A late answer does not bring back what is over. */
    const heard = (key: number, state: UploadState): void => {
      const one = find(key)
      if (one && isRunning(one)) change(key, { state })
    }
    /** What the server answers about a file; where the live line has told of it meanwhile, that is no older. */
    const hear = async (key: number, asked: Promise<UploadState>): Promise<void> => {
      const before = moves.get(key)
      const state = await asked
      if (moves.get(key) === before) heard(key, state)
    }
    const drop = (key: number, id: UploadId): Promise<void> =>
      hear(key, api<UploadState>('DELETE', `/api/uploads/${id}`))

    /**
     * What becomes of a file is told over the live line. It is asked for as often as that line comes up, and at no other time: what
     * moved while it was down was told to nobody.
     */
    const watch = async (key: number, id: UploadId): Promise<void> => {
      const line = await live()
      const one = find(key)
      if (!one || !isRunning(one)) return
      watches.get(key)?.()
      const ask = (): void => {
        if (!line.connected.get()) return
        void hear(key, api<UploadState>('GET', `/api/uploads/${id}`)).catch((problem) => {
          // Without network the conversion goes on, and the line comes up once more.
          if (!(problem instanceof ApiError)) change(key, { problem: new ApiError('failed') })
          else if (problem.status !== 0) change(key, { problem })
        })
      }
      const offs = [
        line.connected.subscribe(ask),
        line.on('upload.moved', (state) => {
          if (state.id !== id) return
          moves.set(key, (moves.get(key) ?? 0) + 1)
          heard(key, state)
        }),
      ]
      watches.set(key, () => {
        for (const off of offs) off()
      })
      ask()
    }

    const take = async (key: number, board: BoardId, file: File, along: Along): Promise<void> => {
      const one = find(key)
      if (!one || !isRunning(one)) return
      const request = new XMLHttpRequest()
      requests.set(key, request)
      change(key, { sent: 0 })
      try {
        const state = await send(becomes, board, file, along, request, (sent) => change(key, { sent }))
        change(key, { sent: 1, state })
        if (unwanted.has(key)) await drop(key, state.id).catch(() => {})
        void watch(key, state.id)
      } catch (problem) {
        change(key, { problem: problem instanceof ApiError ? problem : new ApiError('failed') })
      } finally {
        requests.delete(key)
        unwanted.delete(key)
      }
    }

    return {
      list: [],
      shown: [],
      asked: null,
      seen(board) {
        set(({ shown }) => ({ shown: [...shown, board] }))
        return () =>
          set(({ shown }) => {
            const at = shown.indexOf(board)
            return { shown: shown.filter((_, i) => i !== at) }
          })
      },
      show: (asked) => set({ asked }),
      async resume(board, person) {
        const path = `/api/boards/${board}/uploads`
        const told = await api<{ uploads: readonly UploadState[] }>('GET', path).catch(() => null)
        const gone = new Set(dismissed())
        for (const state of told?.uploads ?? []) {
          const { list } = get()
          // One that this page is sending has no id yet: the server knows it by its name.
          const isSending = (one: Upload): boolean =>
            one.state === null && one.board === board && one.name === state.name
          if (gone.has(state.id) || list.some(isSending)) continue
          const known = list.find((one) => one.state?.id === state.id)
          if (known) {
            // Whoever signed out and in again has another line.
            void watch(known.key, state.id)
            continue
          }
          const key = ++last
          set({ list: [...list, { key, board, person, name: state.name, sent: 1, state, problem: null }] })
          if (!isOver(state)) void watch(key, state.id)
        }
      },
      add(board, person, file, along = {}) {
        const key = ++last
        const fresh: Upload = { key, board, person, name: file.name, sent: null, state: null, problem: null }
        set(({ list }) => ({ list: [...list, fresh] }))
        queue = queue.then(() => take(key, board, file, along))
        return key
      },
      async answer(key, answers) {
        const id = find(key)?.state?.id
        if (id) await hear(key, api<UploadState>('POST', `/api/uploads/${id}/answers`, answers))
      },
      async cancel(key) {
        const one = find(key)
        if (!one || !isRunning(one)) return
        if (one.state) return drop(key, one.state.id)
        if (one.sent === null) change(key, { problem: new ApiError('cancelled') })
        else if (one.sent < 1) requests.get(key)?.abort()
        else unwanted.add(key)
      },
      dismiss(key) {
        const id = find(key)?.state?.id
        if (id) dismissForGood(id)
        set(({ list }) => ({ list: list.filter((one) => one.key !== key) }))
        rest(key)
      },
    }
  })

/** Files live here while the page does, whichever board or tab is in front. They are sent one after the other. */
export const useUploads = openUploads('sheets')
/** Photos of cloths and trims, which whoever composes a look follows there. */
export const useSwatchUploads = openUploads('swatches')
