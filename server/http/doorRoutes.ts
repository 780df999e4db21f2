import { z } from 'zod'
import { rosterFor } from '../../shared/access/roster.ts'
import type { PersonId } from '../../shared/domain/ids.ts'
import { firstLevel, type Person } from '../../shared/domain/people.ts'
import {
  Accept,
  ChangePassword,
  DemoEnter,
  type DemoPerson,
  type Door,
  FirstRun,
  type InvitationView,
  type Me,
  SignIn,
} from '../../shared/protocol/api.ts'
import { isCommon } from '../auth/passwords.ts'
import { hashOfToken, isToken } from '../auth/random.ts'
import { livesFor } from '../auth/sessions.ts'
import { Refused } from '../refused.ts'
import type { StoredInvitation } from '../store/records-port.ts'
import { type Ask, type OpenAsk, openRoute, type Route, route } from './ask.ts'
import type { Parts } from './parts.ts'

/** Coming in, going out, and who is who. */
export const doorRoutes = (parts: Parts): Route[] => {
  const { records, accounts, sessions, passwords, throttle, cookie } = parts

  const begin = (ask: OpenAsk, person: Person): void => {
    const old = sessions.find(cookie.read(ask.request.headers.cookie))
    // A sign-in on top of another one ends that one: nobody is two people in one window.
    if (old) sessions.end((s) => s.hash === old.hash)
    const agent = (ask.request.headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 160)
    const { token } = sessions.begin(person.id, agent)
    ask.reply.header('set-cookie', cookie.set(token, livesFor(person.role).whole / 1000))
  }
  const inDemo = (): void => {
    if (!parts.demo) throw new Refused('not-found')
  }
  const checkPassword = (password: string, about: readonly string[]): void => {
    if (isCommon(password, about)) throw new Refused('password-common')
  }
  const groupName = (): string => records.group()?.name ?? ''
  const newPersonId = (): PersonId => parts.newId().slice(0, 12) as PersonId

  const usable = (token: string | undefined): StoredInvitation => {
    const invitation = isToken(token) ? accounts.invitation(hashOfToken(token)) : null
    if (!invitation) throw new Refused('invitation-unknown')
    if (invitation.withdrawnAt !== null) throw new Refused('invitation-withdrawn')
    if (invitation.usedAt !== null) throw new Refused('invitation-used')
    if (parts.now() >= invitation.until) throw new Refused('invitation-ended', { until: invitation.until })
    return invitation
  }

  return [
    openRoute({
      method: 'GET',
      path: '/api/door',
      handle: (): Door => ({
        state: parts.doorState(),
        group: records.group()?.name ?? null,
        version: parts.version,
      }),
    }),
    openRoute({
      method: 'GET',
      path: '/api/demo/people',
      handle() {
        inDemo()
        const people: DemoPerson[] = records.people().map(({ id, name, firm, role }) => ({
          id,
          name,
          firm: firm === null ? null : (records.firm(firm)?.name ?? null),
          role,
        }))
        return { people }
      },
    }),
    openRoute({
      method: 'POST',
      path: '/api/demo/enter',
      body: parts.demo ? DemoEnter : z.unknown(),
      handle(ask, body) {
        inDemo()
        const person = records.person((body as z.output<typeof DemoEnter>).person)
        if (!person) throw new Refused('not-found')
        begin(ask, person)
        return { person: person.id }
      },
    }),
    openRoute({
      method: 'POST',
      path: '/api/first-run',
      most: 20,
      body: FirstRun,
      async handle(ask, body) {
        if (parts.doorState() !== 'first-run') throw new Refused('already-begun')
        checkPassword(body.password, [body.email, body.name, body.group])
        const secret = await passwords.hash(body.password)
        const person: Person = {
          id: newPersonId(),
          name: body.name,
          firm: null,
          role: 'facilitator',
          admin: false,
          level: null,
        }
        const at = parts.now()
        // Judged again in the turn that writes: two first pages at once make one group.
        if (records.group() !== null) throw new Refused('already-begun')
        records.together(() => {
          records.addGroup(body.group, at)
          records.addPerson(person, at)
          accounts.putAccount({ person: person.id, email: body.email, secret }, at)
        })
        begin(ask, person)
        return { person: person.id }
      },
    }),
    openRoute({
      method: 'POST',
      path: '/api/sign-in',
      most: 60,
      body: SignIn,
      async handle(ask, { email, password }) {
        await throttle.tries(email, ask.request.ip)
        const account = accounts.byEmail(email)
        const right = await passwords.verify(account?.secret ?? null, password)
        const person = account && records.person(account.person)
        if (!right || !person) throw new Refused('wrong-sign-in')
        await throttle.succeeded(email, ask.request.ip)
        begin(ask, person)
        return { person: person.id }
      },
    }),
    openRoute({
      method: 'POST',
      path: '/api/sign-out',
      handle(ask) {
        const session = sessions.find(cookie.read(ask.request.headers.cookie))
        if (session) sessions.end((s) => s.hash === session.hash)
        ask.reply.header('set-cookie', cookie.clear())
        return { ok: true }
      },
    }),
    openRoute({
      method: 'GET',
      path: '/api/invitations/:token',
      most: 60,
      handle(ask): InvitationView {
        const { for: kind, firm, name, role, until } = usable(ask.params.token)
        const of = kind === 'firm' ? name : firm === null ? null : (records.firm(firm)?.name ?? null)
        return { group: groupName(), for: kind, firm: of, role, until }
      },
    }),
    openRoute({
      method: 'POST',
      path: '/api/invitations/:token',
      most: 20,
      body: Accept,
      async handle(ask, body) {
        usable(ask.params.token)
        if (accounts.byEmail(body.email)) throw new Refused('email-taken')
        checkPassword(body.password, [body.email, body.name])
        const secret = await passwords.hash(body.password)
        const at = parts.now()
        // Asked again in the turn that writes: of two who hold the link one comes in.
        const invitation = usable(ask.params.token)
        if (accounts.byEmail(body.email)) throw new Refused('email-taken')
        const id = newPersonId()
        const person = records.together((): Person => {
          const { role } = invitation
          let person: Person
          if (role === 'mentor' || role === 'trainee') {
            const firm = invitation.firm ?? (parts.newId() as NonNullable<StoredInvitation['firm']>)
            if (invitation.firm === null) records.addFirm({ id: firm, name: invitation.name ?? body.name, role }, at)
            person = { id, name: body.name, firm, role, admin: invitation.for === 'firm', level: firstLevel(role) }
          } else person = { id, name: body.name, firm: null, role, admin: false, level: null }
          records.addPerson(person, at)
          accounts.putAccount({ person: id, email: body.email, secret }, at)
          accounts.putInvitation({ ...invitation, firm: person.firm, usedAt: at, usedBy: id })
          return person
        })
        parts.openings.refresh()
        const all = records.people().map((p) => p.id)
        parts.tell.peopleChanged(all)
        parts.tell.homeChanged(all)
        begin(ask, person)
        return { person: person.id }
      },
    }),
    route({
      method: 'GET',
      path: '/api/me',
      actions: 'group.read',
      handle({ actor, now }): Me {
        const { circles: _, ...person } = actor
        return {
          person,
          group: { name: groupName() },
          ...rosterFor(actor, {
            firms: records.firms(),
            people: records.people(),
            circles: records.circles(),
          }),
          starts: records.starts(),
          demo: parts.demo,
          now,
        }
      },
    }),
    route({
      method: 'POST',
      path: '/api/password',
      most: 20,
      actions: 'group.read',
      body: ChangePassword,
      async handle(ask: Ask, _about, body) {
        const account = accounts.byPerson(ask.actor.id)
        if (!account) throw new Refused('not-found')
        await throttle.tries(account.email, ask.request.ip)
        if (!(await passwords.verify(account.secret, body.current))) throw new Refused('wrong-password')
        await throttle.succeeded(account.email, ask.request.ip)
        checkPassword(body.password, [account.email, ask.actor.name])
        const secret = await passwords.hash(body.password)
        accounts.putAccount({ ...account, secret }, parts.now())
        // Whoever else is signed in as this person is out (ASVS 7.4.3).
        sessions.end((s) => s.person === ask.actor.id && s.hash !== ask.session.hash)
        return { ok: true }
      },
    }),
    route({
      method: 'GET',
      path: '/api/sessions',
      actions: 'group.read',
      handle: ({ actor, session }) => ({
        sessions: sessions
          .of(actor.id)
          .map(({ id, made, seen, agent }) => ({ id, made, seen, agent, own: id === session.id })),
      }),
    }),
    route({
      method: 'DELETE',
      path: '/api/sessions/:id',
      actions: 'group.read',
      handle(ask) {
        const of = sessions.of(ask.actor.id).find((s) => s.id === ask.params.id)
        if (!of) throw new Refused('not-found')
        sessions.end((s) => s.hash === of.hash)
        return { ok: true }
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/sessions',
      actions: 'group.read',
      // All but the one that asks: signing out here is another act.
      handle(ask) {
        sessions.end((s) => s.person === ask.actor.id && s.hash !== ask.session.hash)
        return { ok: true }
      },
    }),
  ]
}
