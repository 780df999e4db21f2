import type { SheetId } from '../../shared/domain/ids.ts'
import type { Instant } from '../../shared/domain/units.ts'
import type { Door } from '../../shared/protocol/api.ts'
import type { Passwords } from '../auth/passwords.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { Throttle } from '../auth/throttle.ts'
import type { Openings } from '../live/openings.ts'
import type { Tell } from '../live/signals.ts'
import type { MediaDisk } from '../media/disk.ts'
import type { Pictures } from '../pattern/pictures.ts'
import type { Decisions } from '../proposals/decisions.ts'
import type { Register } from '../register.ts'
import type { Log } from '../rooms/ports.ts'
import type { Rooms } from '../rooms/registry.ts'
import type { SaidIndex } from '../said.ts'
import type { PatternStore } from '../store/ports.ts'
import type { Accounts, Records, Said } from '../store/records-port.ts'
import type { Swatches } from '../swatches.ts'
import type { SessionCookie } from './cookie.ts'
import type { Uploads } from './uploads.ts'
import type { Views } from './views.ts'

/** What the routes stand on, made by `main.ts`. */
export interface Parts {
  readonly version: string
  readonly demo: boolean
  /** Exact origins of our pages; filled once the port is known. */
  readonly origins: ReadonlySet<string>
  now(): Instant
  newId(): string
  random(n: number): Uint8Array
  readonly log: Log
  readonly cookie: SessionCookie
  readonly records: Records
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly throttle: Throttle
  readonly register: Register
  readonly said: Said
  readonly index: SaidIndex
  readonly disk: MediaDisk
  readonly versions: PatternStore
  /** The secret that marks in lines are made with. */
  readonly markKey: Uint8Array
  readonly pictures: Pictures
  readonly decisions: Decisions
  readonly rooms: Rooms
  readonly tell: Tell
  readonly openings: Openings
  readonly uploads: Uploads
  readonly swatches: Swatches
  readonly views: Views
  /** Resolves when a sheet's picture is there: at once, but in a demo that has just begun. */
  drawn(sheet: SheetId): Promise<void>
  doorState(): Door['state']
}
