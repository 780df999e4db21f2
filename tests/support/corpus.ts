import { join, resolve } from 'node:path'

/** Real files that nobody here wrote, where they are at hand: beside the project, or where PUNTADA_CORPUS says. */
export const corpusFolder = (): string =>
  process.env.PUNTADA_CORPUS ?? resolve(import.meta.dirname, '../../../shared/data')
export const corpusOf = (kind: 'dxf' | 'svg' | 'pdf' | 'plt' | 'photo'): string => join(corpusFolder(), kind)
