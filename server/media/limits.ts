/** What one file may cost. Sources: security.md §3 and the machine this is meant for (2 cores, 4 GB). */
export interface MediaLimits {
  /** Bytes of an uploaded file. */
  readonly bytes: number
  /** Bytes of an SVG: text that is held in memory several times over. */
  readonly svgBytes: number
  /** Pixels of a photo, and of any sheet that we draw. */
  readonly pixels: number
  /** Pages of a PDF. */
  readonly pages: number
  /** Wall time of a whole conversion, milliseconds, beginning when it leaves the queue. */
  readonly wallMs: number
  /** CPU time that a page (or photo, or drawing) may take on average, milliseconds, counted over all threads. */
  readonly cpuMsPerPage: number
  /** Resident memory of the converting process, bytes; looked at where /proc exists. */
  readonly rssBytes: number
  /** Bytes that all tiles of one file may take on disk. */
  readonly tileBytes: number
  /** Conversions at once on this machine. */
  readonly concurrent: number
}

/** Longest side of a swatch's picture, pixels: a hand's breadth of cloth at twice what a screen shows of it. */
export const SWATCH_SIDE = 1024

const MB = 1024 * 1024

export const MEDIA_LIMITS: Omit<MediaLimits, 'concurrent'> = {
  bytes: 25 * MB,
  svgBytes: 2 * MB,
  pixels: 40_000_000,
  pages: 40,
  wallMs: 60_000,
  cpuMsPerPage: 10_000,
  rssBytes: 1024 * MB,
  tileBytes: 600 * MB,
}
