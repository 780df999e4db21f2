import type { Dialect } from './dialect.ts'

/** One connection that the load generator opens: address, Yjs client id, and who it is. */
export interface Seat {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly client: number
  readonly person: string
  /** What stock clients of the peers put into their awareness state; null for ours, where the server says who it is. */
  readonly user: { readonly name: string; readonly firm: string; readonly color: string } | null
}

export interface Job {
  readonly does: 'presence' | 'edits'
  readonly dialect: Dialect
  readonly document: string
  /** Id of a sheet of the board. */
  readonly sheet: string
  readonly seats: readonly Seat[]
  /** One more, that comes at the end and reads what is there; `edits` alone. */
  readonly newcomer: Seat
  readonly hz: number
  /** Seconds: of traffic before measuring, of measuring, and at most of waiting for what is still under way. */
  readonly warm: number
  readonly seconds: number
  readonly drain: number
}

/** From the generator to the harness, in this order. */
export type Told =
  | { readonly told: 'begin' }
  | { readonly told: 'end' }
  | { readonly told: 'done'; readonly outcome: Outcome }
  | { readonly told: 'failed'; readonly why: string }

export interface Outcome {
  /** Milliseconds from sending until each other person has this or something newer. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
  /** Sendings in the measured time, and samples taken of them: one for each other person. */
  readonly sent: number
  readonly samples: number
  /** Share of pairs where the viewer has the other's latest at the end, 0 to 1. */
  readonly upToDate: number
  /** Share of marks of which a newcomer reads the latest from the server, 0 to 1; null where nothing is stored. */
  readonly stored: number | null
  /** Milliseconds after the last sending until everybody had everything, or until it was given up. */
  readonly settled: number
  /** Bytes a second in the measured time, all connections. */
  readonly down: number
  readonly up: number
  /** Connections that the server closed, and the first reason given. */
  readonly cut: number
  readonly cutBecause: string | null
  /** The generator itself: 99th percentile of the delay of its loop in ms, and its processor time as a share of one core. */
  readonly delay: number
  readonly busy: number
}
