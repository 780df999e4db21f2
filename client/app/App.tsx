import { QueryClientProvider } from '@tanstack/react-query'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  RouterProvider,
  useRouterState,
} from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { BoardId } from '../../shared/domain/ids.ts'
import { Problem } from '../design/Notice.tsx'
import { Toasts } from '../design/Toasts.tsx'
import { Waiting } from '../design/Trade.tsx'
import { complain } from '../design/toast-store.ts'
import { UploadNews } from '../panels/UploadNews.tsx'
import { useWords } from '../words/words.ts'
import { DoorPage } from './DoorPage.tsx'
import { askBoardAhead, forget, isLeaving, isSignedOut, queryClient, useMeQuery } from './data.ts'
import { CrashPage, NotFoundPage } from './ErrorPages.tsx'
import { closeLive, live } from './live.ts'
import { Plain } from './Shell.tsx'
import { SignedIn } from './signed.ts'

/** Everything behind the door needs somebody: without one the door is shown, at the same address. */
const Root = () => {
  const words = useWords()
  const latest = useRef(words)
  latest.current = words
  const open = useRouterState({ select: ({ location }) => location.pathname.startsWith('/invitacion/') })
  const me = useMeQuery()
  const person = me.data?.person.id
  // A person's, in whatever language: a board that is open goes on with the line that it was given.
  useEffect(() => {
    if (!person) return
    let stop: (() => void)[] = []
    let gone = false
    void live().then((line) => {
      if (gone) return
      let wasUp = line.connected.get()
      stop = [
        // What changed while the line was down was told to nobody. A page that has just come has only now asked.
        line.connected.subscribe(() => {
          const isUp = line.connected.get()
          if (isUp && wasUp) void queryClient.invalidateQueries({}, { cancelRefetch: false })
          wasUp ||= isUp
        }),
        line.on('home.changed', () => {
          void queryClient.invalidateQueries({ queryKey: ['home'] })
          void queryClient.invalidateQueries({ queryKey: ['collections'] })
        }),
        line.on('people.changed', () => void queryClient.invalidateQueries({ queryKey: ['me'] })),
        line.on('board.changed', ({ board }) => {
          void queryClient.invalidateQueries({ queryKey: ['board', board] })
          void queryClient.invalidateQueries({ queryKey: ['collections'] })
        }),
        line.on('session.ended', () => {
          if (isLeaving()) return
          complain(latest.current.errors.sessionEnded)
          void forget()
        }),
      ]
    })
    return () => {
      gone = true
      for (const one of stop) one()
      void closeLive()
    }
  }, [person])

  if (open) return <Outlet />
  if (me.data && !isSignedOut(me.error))
    return (
      <SignedIn value={me.data}>
        <Outlet />
        <UploadNews />
      </SignedIn>
    )
  if (me.isPending) return <Opening />
  if (isSignedOut(me.error)) return <DoorPage />
  return (
    <Plain title={words.errors.title}>
      <Problem problem={me.error} onRetry={() => void me.refetch()} />
    </Plain>
  )
}

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage, errorComponent: CrashPage })
const markOf = (search: Record<string, unknown>): { marca?: string } =>
  typeof search.marca === 'string' && /^[a-z0-9_]{4,60}$/.test(search.marca) ? { marca: search.marca } : {}

const routes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('./HomePage.tsx'), 'HomePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/colecciones',
    component: lazyRouteComponent(() => import('./CollectionsPage.tsx'), 'CollectionsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/colecciones/$id',
    component: lazyRouteComponent(() => import('./CollectionPage.tsx'), 'CollectionPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/mesas/$id',
    validateSearch: markOf,
    // On 3G one thing after the other takes seconds: what the board's page will ask for comes beside it.
    loader({ params }) {
      void import('../sync/live.ts')
      askBoardAhead(params.id as BoardId)
    },
    component: lazyRouteComponent(() => import('./BoardPage.tsx'), 'BoardPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/grupo',
    component: lazyRouteComponent(() => import('./GroupPage.tsx'), 'GroupPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/cuenta',
    component: lazyRouteComponent(() => import('./AccountPage.tsx'), 'AccountPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/invitacion/$token',
    component: lazyRouteComponent(() => import('./InvitationPage.tsx'), 'InvitationPage'),
  }),
] as const

/** A page whose own part is still on its way says so within the frame that is there already. */
const Opening = () => {
  const words = useWords()
  return (
    <Plain title={words.app.name}>
      <Waiting>{words.app.loading}</Waiting>
    </Plain>
  )
}

const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: Opening,
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

export const App = () => (
  <QueryClientProvider client={queryClient}>
    <RouterProvider router={router} />
    <Toasts />
  </QueryClientProvider>
)
