import type { Action } from '../../shared/access/actions.ts'
import type { CircleId, FirmId, InvitationId } from '../../shared/domain/ids.ts'
import type { Firm, Role } from '../../shared/domain/people.ts'
import type { Instant } from '../../shared/domain/units.ts'
import { MACHINES, STITCH, type StitchCode, wrongIn } from '../../shared/pattern/stitches.ts'
import {
  type InvitationListed,
  type InvitationMade,
  Invite,
  MakeCircle,
  SetMachines,
  SetStart,
} from '../../shared/protocol/api.ts'
import { hashOfToken, newToken } from '../auth/random.ts'
import { Refused } from '../refused.ts'
import type { StoredInvitation } from '../store/records-port.ts'
import { type Ask, authorise, type Route, route, type Target } from './ask.ts'
import type { Parts } from './parts.ts'

const DAY = 24 * 60 * 60_000
/** An invitation lies around in a mailbox for as long as this at most. */
const MOST_DAYS = 90

const INVITES: Record<StoredInvitation['for'], Action> = {
  firm: 'firm.invite',
  colleague: 'colleague.invite',
  office: 'office.invite',
}

/** Circles and invitations, what firms sew on, and what stitches start with. */
export const groupRoutes = (parts: Parts): Route[] => {
  const { records, accounts } = parts

  const knownFirms = (firms: readonly FirmId[]): FirmId[] => {
    const once = [...new Set(firms)]
    if (once.some((firm) => !records.firm(firm))) throw new Refused('bad-request', { where: 'firms' })
    return once
  }
  const told = (): void => parts.tell.peopleChanged(records.people().map((p) => p.id))
  const changed = (): void => {
    parts.openings.refresh()
    told()
    parts.tell.homeChanged(records.people().map((p) => p.id))
  }
  const someFirm = (ask: Ask): (Target & { readonly firm: FirmId }) | null => {
    const firm: Firm | null = records.firm(ask.params.id as FirmId)
    return firm && { firm: firm.id }
  }
  const someStitch = (ask: Ask): (Target & { readonly stitch: StitchCode }) | null => {
    const { stitch } = ask.params
    return stitch !== undefined && Object.hasOwn(STITCH, stitch) ? { stitch: stitch as StitchCode } : null
  }
  /** Judged for what this one invitation is for; whoever may not make such a one may not see it either. */
  const manages = (ask: Pick<Ask, 'actor' | 'now'>, invitation: Pick<StoredInvitation, 'for' | 'firm'>): boolean => {
    try {
      authorise([INVITES[invitation.for]], ask, invitation.firm === null ? {} : { firm: invitation.firm })
      return true
    } catch {
      return false
    }
  }
  const stateOf = (i: StoredInvitation, now: Instant): InvitationListed['state'] =>
    i.withdrawnAt !== null ? 'withdrawn' : i.usedAt !== null ? 'used' : now >= i.until ? 'ended' : 'open'

  return [
    route({
      method: 'POST',
      path: '/api/circles',
      actions: 'circle.arrange',
      body: MakeCircle,
      handle(_ask, _about, { name, firms }) {
        const circle = { id: parts.newId() as CircleId, name, firms: knownFirms(firms) }
        records.putCircle(circle, parts.now())
        changed()
        return circle
      },
    }),
    route({
      method: 'PUT',
      path: '/api/circles/:id',
      actions: 'circle.arrange',
      body: MakeCircle,
      about: (ask) => (records.circle(ask.params.id as CircleId) ? {} : null),
      handle(ask, _about, { name, firms }) {
        const circle = { id: ask.params.id as CircleId, name, firms: knownFirms(firms) }
        records.putCircle(circle, parts.now())
        changed()
        return circle
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/circles/:id',
      actions: 'circle.arrange',
      about: (ask) => (records.circle(ask.params.id as CircleId) ? {} : null),
      handle(ask) {
        records.dropCircle(ask.params.id as CircleId)
        changed()
        return { ok: true }
      },
    }),
    route({
      method: 'PUT',
      path: '/api/firms/:id/machines',
      most: 120,
      actions: 'firm.machines',
      body: SetMachines,
      about: someFirm,
      handle(_ask, { firm }, { machines }) {
        records.setMachines(
          firm,
          MACHINES.filter((one) => machines.includes(one)),
        )
        told()
        return records.firm(firm)
      },
    }),
    route({
      method: 'PUT',
      path: '/api/stitches/:stitch',
      most: 120,
      actions: 'stitch.start',
      body: SetStart,
      about: someStitch,
      handle(ask, { stitch }, start) {
        const where = wrongIn(stitch, start)
        if (where) throw new Refused('bad-request', { where })
        records.setStart(stitch, start, ask.actor.id, parts.now())
        told()
        return { starts: records.starts() }
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/stitches/:stitch',
      most: 120,
      actions: 'stitch.start',
      about: someStitch,
      handle(ask, { stitch }) {
        records.setStart(stitch, null, ask.actor.id, parts.now())
        told()
        return { starts: records.starts() }
      },
    }),
    route({
      method: 'POST',
      path: '/api/invitations',
      most: 60,
      actions: 'group.read',
      body: Invite,
      handle(ask, _about, invite): InvitationMade {
        authorise([INVITES[invite.for]], ask, invite.for === 'colleague' ? { firm: invite.firm } : {})
        const now = parts.now()
        if (invite.until <= now || invite.until > now + MOST_DAYS * DAY)
          throw new Refused('bad-until', { most: MOST_DAYS })
        const token = newToken()
        const id = parts.newId() as InvitationId
        const firm = invite.for === 'colleague' ? records.firm(invite.firm) : null
        const role: Role | undefined = invite.for === 'colleague' ? firm?.role : invite.role
        if (role === undefined) throw new Refused('not-found')
        accounts.putInvitation({
          id,
          hash: hashOfToken(token),
          for: invite.for,
          firm: firm?.id ?? null,
          name: invite.for === 'firm' ? invite.name : null,
          role,
          by: ask.actor.id,
          at: now,
          until: invite.until as Instant,
          usedAt: null,
          usedBy: null,
          withdrawnAt: null,
        })
        return { id, path: `/invitacion/${token}`, until: invite.until as Instant }
      },
    }),
    route({
      method: 'GET',
      path: '/api/invitations',
      actions: 'group.read',
      handle(ask) {
        const invitations: InvitationListed[] = accounts
          .invitations()
          .filter((i) => manages(ask, i))
          .map((i) => ({
            id: i.id,
            for: i.for,
            name: i.for === 'colleague' && i.firm !== null ? (records.firm(i.firm)?.name ?? null) : i.name,
            role: i.role,
            by: i.by,
            until: i.until,
            state: stateOf(i, ask.now),
          }))
        return { invitations }
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/invitations/:id',
      actions: 'group.read',
      handle(ask) {
        const invitation = accounts.invitations().find((i) => i.id === ask.params.id)
        if (!invitation || !manages(ask, invitation)) throw new Refused('not-found')
        if (invitation.usedAt !== null) throw new Refused('invitation-used')
        accounts.putInvitation({ ...invitation, withdrawnAt: invitation.withdrawnAt ?? parts.now() })
        return { ok: true }
      },
    }),
  ]
}
