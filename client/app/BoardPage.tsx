import { useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { BoardId, MarkId } from '../../shared/domain/ids.ts'
import type { BoardCard } from '../../shared/protocol/api.ts'
import { Problem } from '../design/Notice.tsx'
import { Waiting } from '../design/Trade.tsx'
import { useWatched } from '../panels/watch.ts'
import { ApiError } from '../sync/api.ts'
import type { BoardSession } from '../sync/contract.ts'
import { openBoard } from '../sync/session.ts'
import { useWords } from '../words/words.ts'
import { BoardEnded } from './BoardEnded.tsx'
import { BoardTable, sendForCanvas } from './BoardTable.tsx'
import { useBoard } from './data.ts'
import { NotFoundPage } from './ErrorPages.tsx'
import { live } from './live.ts'
import { Plain } from './Shell.tsx'
import { serverNow, useWho } from './signed.ts'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Twelve fresh characters of [a-z0-9]: the rest of a mark's id. */
const random = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(12)), (n) => ALPHABET[n % ALPHABET.length]).join('')

/** Opens the board once, and closes it when the page leaves it or somebody else signs in. */
const useSession = (board: BoardCard | undefined): BoardSession | null => {
  const { me } = useWho()
  const [session, setSession] = useState<BoardSession | null>(null)
  const id = board?.id
  const person = me.person.id
  // Openings and names may change while the board is open; its session stays the same one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a board is opened by its id and its reader
  useEffect(() => {
    if (!board) return
    let closed = false
    let opened: BoardSession | null = null
    void live().then((line) => {
      if (closed) return
      opened = openBoard({ board, me, now: serverNow, random, live: line })
      setSession(opened)
    })
    return () => {
      closed = true
      opened?.close()
      setSession(null)
    }
  }, [id, person])
  useEffect(() => session?.know(me), [session, me])
  return session
}

const Opened = ({ board, session, mark }: { board: BoardCard; session: BoardSession; mark: MarkId | null }) => {
  const status = useWatched(session.status)
  // What ended is taken off the screen with everything that it drew.
  return status.is === 'ended' ? (
    <BoardEnded board={board.id} session={session} />
  ) : (
    <BoardTable board={board} session={session} mark={mark} />
  )
}

/** One board: who may not see it is told what whoever asks for a board that never was is told. */
export const BoardPage = () => {
  const words = useWords()
  const { id } = useParams({ from: '/mesas/$id' })
  const { marca } = useSearch({ from: '/mesas/$id' })
  const board = useBoard(id as BoardId)
  const session = useSession(board.data)
  // When the first words are painted, and not when the board's data is there: on 3G that is a second later.
  useEffect(() => {
    const painted = requestAnimationFrame(() =>
      setTimeout(() =>
        sendForCanvas().catch(() => {
          // Where it does not come, whoever draws with it is told.
        }),
      ),
    )
    return () => cancelAnimationFrame(painted)
  }, [])
  if (board.data && session)
    return <Opened board={board.data} session={session} mark={(marca ?? null) as MarkId | null} />
  if (board.error instanceof ApiError && board.error.status === 404) return <NotFoundPage />
  return (
    <Plain title={words.board.region}>
      {board.error ? (
        <Problem problem={board.error} onRetry={() => void board.refetch()} />
      ) : (
        <Waiting>{words.board.loading}</Waiting>
      )}
    </Plain>
  )
}
