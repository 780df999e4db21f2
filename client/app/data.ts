import { QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BoardId, CircleId, CollectionId, FirmId, InvitationId, PersonId } from '../../shared/domain/ids.ts'
import type { Circle } from '../../shared/domain/people.ts'
import type { Level } from '../../shared/pattern/operation.ts'
import type { Machine, StitchCode, StitchStart } from '../../shared/pattern/stitches.ts'
import type {
  BoardCard,
  CollectionCard,
  DemoPerson,
  Door,
  Home,
  InvitationListed,
  InvitationMade,
  InvitationView,
  Me,
  RegisterRow,
  Totals,
} from '../../shared/protocol/api.ts'
import { ApiError, api } from '../sync/api.ts'
import { setServerClock } from './signed.ts'

/** What the server said stays in memory only, for this visit. Refusals are answers: asking again would not change them. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (times, problem) => times < 2 && problem instanceof ApiError && problem.status === 0,
    },
  },
})

export const isSignedOut = (problem: unknown): boolean => problem instanceof ApiError && problem.status === 401

const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const asked = Date.now()
    const me = await api<Me>('GET', '/api/me', undefined, signal)
    setServerClock(me.now, asked)
    return me
  },
  // That nobody is signed in is an answer, also where it came before the page.
  retryOnMount: ({ state }) => !isSignedOut(state.error),
})
export const useMeQuery = () => useQuery(meQuery)
const boardQuery = (id: BoardId) =>
  queryOptions({
    queryKey: ['board', id],
    queryFn: ({ signal }) => api<BoardCard>('GET', `/api/boards/${id}`, undefined, signal),
  })

/** Asks who one is while the page itself is still on its way. */
export const askAhead = (): void => void queryClient.prefetchQuery(meQuery)
/** The same of a board, where somebody is signed in; whoever is not is shown the door, which asks for no board. */
export const askBoardAhead = (id: BoardId): void => {
  if (isSignedOut(queryClient.getQueryState(meQuery.queryKey)?.error)) return
  void queryClient.ensureQueryData(meQuery).then(
    () => queryClient.prefetchQuery(boardQuery(id)),
    () => {
      // The page itself says what went wrong.
    },
  )
}
export const useDoor = () =>
  useQuery({ queryKey: ['door'], queryFn: ({ signal }) => api<Door>('GET', '/api/door', undefined, signal) })
export const useDemoPeople = () =>
  useQuery({
    queryKey: ['demo-people'],
    queryFn: async ({ signal }) =>
      (await api<{ people: DemoPerson[] }>('GET', '/api/demo/people', undefined, signal)).people,
  })
export const useInvitation = (token: string) =>
  useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) =>
      api<InvitationView>('GET', `/api/invitations/${encodeURIComponent(token)}`, undefined, signal),
  })
export const useHome = () =>
  useQuery({ queryKey: ['home'], queryFn: ({ signal }) => api<Home>('GET', '/api/home', undefined, signal) })
export const useTotals = () =>
  useQuery({ queryKey: ['totals'], queryFn: ({ signal }) => api<Totals>('GET', '/api/totals', undefined, signal) })
export const useCollections = () =>
  useQuery({
    queryKey: ['collections'],
    queryFn: async ({ signal }) =>
      (await api<{ collections: CollectionCard[] }>('GET', '/api/collections', undefined, signal)).collections,
  })
export const useBoard = (id: BoardId) => useQuery(boardQuery(id))
export const useInvitations = (enabled: boolean) =>
  useQuery({
    queryKey: ['invitations'],
    enabled,
    queryFn: async ({ signal }) =>
      (await api<{ invitations: InvitationListed[] }>('GET', '/api/invitations', undefined, signal)).invitations,
  })
/** All looks at an own board; of another firm's those that one's own firm may know of. */
export const useRegister = (board: BoardId, own: boolean) =>
  useQuery({
    queryKey: ['register', board, own],
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const path = `/api/boards/${board}/register${own ? '' : '/own'}`
      return (await api<{ rows: RegisterRow[] }>('GET', path, undefined, signal)).rows
    },
  })

/** Posts, then asks again for what the act may have changed. */
const useAct = <A, R = unknown>(does: (args: A) => Promise<R>, changes: readonly string[]) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: does,
    onSuccess: () => Promise.all(changes.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}

export const useEnterDemo = () =>
  useAct((person: string) => api('POST', '/api/demo/enter', { person }), ['me', 'home', 'collections'])
export const useSignIn = () =>
  useAct((body: { email: string; password: string }) => api('POST', '/api/sign-in', body), ['me'])
export const useFirstRun = () =>
  useAct(
    (body: { group: string; name: string; email: string; password: string }) => api('POST', '/api/first-run', body),
    ['door', 'me'],
  )
export const useAccept = (token: string) =>
  useAct(
    (body: { name: string; email: string; password: string }) =>
      api('POST', `/api/invitations/${encodeURIComponent(token)}`, body),
    ['me'],
  )
export const useMakeCollection = () =>
  useAct(
    (body: { name: string; about: string }) => api<{ id: CollectionId }>('POST', '/api/collections', body),
    ['collections'],
  )
export const useMakeBoard = () =>
  useAct(
    (body: { collection: CollectionId; title: string; style: string }) =>
      api<{ id: BoardId }>('POST', '/api/boards', body),
    ['collections'],
  )
export const useRenameBoard = () =>
  useAct(
    ({ id, ...body }: { id: BoardId; title: string; style: string }) => api('PATCH', `/api/boards/${id}`, body),
    ['board', 'collections', 'home'],
  )
export const useSaveCircle = () =>
  useAct(
    ({ id, ...body }: { id: CircleId | null; name: string; firms: FirmId[] }) =>
      id ? api<Circle>('PUT', `/api/circles/${id}`, body) : api<Circle>('POST', '/api/circles', body),
    ['me', 'totals'],
  )
/** The level up to which a trainee may propose changes to another firm's work. */
export const useRecordTrust = () =>
  useAct(({ id, level }: { id: PersonId; level: Level }) => api('PATCH', `/api/people/${id}`, { level }), ['me'])
/** What a firm sews on. */
export const useSetMachines = () =>
  useAct(
    ({ id, machines }: { id: FirmId; machines: Machine[] }) => api('PUT', `/api/firms/${id}/machines`, { machines }),
    ['me'],
  )
/** What a stitch starts with in the group; null for how it comes. */
export const useSetStart = () =>
  useAct(
    ({ stitch, start }: { stitch: StitchCode; start: StitchStart | null }) =>
      start ? api('PUT', `/api/stitches/${stitch}`, start) : api('DELETE', `/api/stitches/${stitch}`),
    ['me'],
  )
export const useDropCircle = () =>
  useAct((id: CircleId) => api('DELETE', `/api/circles/${id}`), ['me', 'totals', 'collections'])
export const useInvite = () =>
  useAct((body: unknown) => api<InvitationMade>('POST', '/api/invitations', body), ['invitations'])
export const useWithdraw = () => useAct((id: InvitationId) => api('DELETE', `/api/invitations/${id}`), ['invitations'])
export const useChangePassword = () =>
  useAct((body: { current: string; password: string }) => api('POST', '/api/password', body), ['sessions'])

export interface SessionListed {
  readonly id: string
  readonly made: number
  readonly seen: number
  /** What the browser said of itself when it signed in. */
  readonly agent: string
  readonly own: boolean
}
export const useSessions = () =>
  useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) =>
      (await api<{ sessions: SessionListed[] }>('GET', '/api/sessions', undefined, signal)).sessions,
  })
export const useEndSession = () => useAct((id: string) => api('DELETE', `/api/sessions/${id}`), ['sessions'])
/** Ends all but the one that asks. */
export const useEndOtherSessions = () => useAct(() => api('DELETE', '/api/sessions'), ['sessions'])

/** Forgets everything that this page knew of whoever was signed in, drafts included, and asks anew what is on screen. */
export const forget = async (): Promise<void> => {
  try {
    sessionStorage.clear()
  } catch {
    // There was nothing to forget.
  }
  queryClient.getMutationCache().clear()
  queryClient.removeQueries({ type: 'inactive' })
  // Clearing the cache would leave what is on screen standing there: only a reset is told to it.
  await queryClient.resetQueries()
}
let leaving = false
/** Somebody is signing out here, so that the end of their session is no news to them. */
export const isLeaving = (): boolean => leaving
export const signOut = async (): Promise<void> => {
  leaving = true
  try {
    await api('POST', '/api/sign-out').catch((problem) => {
      if (!isSignedOut(problem)) throw problem
    })
    await forget()
  } finally {
    leaving = false
  }
}
