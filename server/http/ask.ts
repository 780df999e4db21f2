import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Action } from '../../shared/access/actions.ts'
import { type About, judge } from '../../shared/access/rules.ts'
import type { Actor } from '../../shared/domain/people.ts'
import type { Instant } from '../../shared/domain/units.ts'
import { Refused } from '../refused.ts'
import type { StoredSession } from '../store/records-port.ts'

/** A request of somebody who is signed in. */
export interface Ask {
  readonly actor: Actor
  readonly session: StoredSession
  readonly now: Instant
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | undefined>>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}
/** A request of whoever. */
export type OpenAsk = Omit<Ask, 'actor' | 'session'>

/** What a request is about, loaded: the facts for `judge`, and whatever the handler needs besides. */
export type Target = Partial<Omit<About, 'actor' | 'now'>>

interface Common {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** Requests a minute from one sign-in, or from one address where nobody is signed in. Default 600. */
  readonly most?: number
}
/** One line of the table of routes. */
export type Route =
  | (Common & { readonly open: true; readonly handle: (ask: OpenAsk, body: unknown) => unknown })
  | (Common & {
      readonly open?: false
      readonly handle: (ask: Ask, body: unknown) => unknown
      /** The actions that it amounts to, each judged before the handler runs. */
      readonly actions: readonly Action[]
      readonly load: (ask: Ask, body: unknown) => Target | null | Promise<Target | null>
    })

/** A route for anyone. `body` is parsed strictly before `handle` sees it. */
export const openRoute = <B>(
  line: Common & { readonly body?: z.ZodType<B>; readonly handle: (ask: OpenAsk, body: B) => unknown },
): Route => ({
  method: line.method,
  path: line.path,
  ...(line.most === undefined ? {} : { most: line.most }),
  open: true,
  handle: (ask, body) => line.handle(ask, parsed(line.body, body)),
})

/**
 * A route for those who are signed in: what it is about is loaded, every one of `actions` is judged, then the handler runs.
 * `about` says null for what does not exist, which is answered exactly as what may not be seen.
 */
export const route = <B, T extends Target>(
  line: Common & {
    readonly actions: Action | readonly Action[]
    readonly about?: (ask: Ask, body: B) => T | null | Promise<T | null>
    readonly body?: z.ZodType<B>
    readonly handle: (ask: Ask, about: T, body: B) => unknown
  },
): Route => {
  const targets = new WeakMap<Ask, { about: T; body: B }>()
  return {
    method: line.method,
    path: line.path,
    ...(line.most === undefined ? {} : { most: line.most }),
    actions: typeof line.actions === 'string' ? [line.actions] : line.actions,
    async load(ask, raw) {
      const body = parsed(line.body, raw)
      const about = line.about ? await line.about(ask, body) : ({} as T)
      if (about !== null) targets.set(ask, { about, body })
      return about
    },
    handle(ask) {
      const known = targets.get(ask)
      if (!known) throw new Refused('not-found')
      return line.handle(ask, known.about, known.body)
    },
  }
}

/** @throws {Refused} with the reason of the first action that may not be done. */
export const authorise = (actions: readonly Action[], ask: Pick<Ask, 'actor' | 'now'>, target: Target | null): void => {
  if (target === null) throw new Refused('not-found')
  for (const action of actions) {
    const verdict = judge(action, { ...target, actor: ask.actor, now: ask.now })
    if (!verdict.ok) throw new Refused(verdict.reason)
  }
}

const parsed = <B>(schema: z.ZodType<B> | undefined, body: unknown): B => {
  if (!schema) return undefined as B
  const result = schema.safeParse(body)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new Refused('bad-request', { where: (issue?.path.join('.') ?? '').slice(0, 60) })
  }
  return result.data
}
