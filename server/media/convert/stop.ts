import type { MediaRefusal } from '../../../shared/protocol/report.ts'

/** Thrown inside the converting process to end a conversion with a refusal; caught once, in `worker.ts`. */
export class Stop extends Error {
  readonly refusal: MediaRefusal
  constructor(refusal: MediaRefusal) {
    super(refusal.code)
    this.name = 'Stop'
    this.refusal = refusal
  }
}
