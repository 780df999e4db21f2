import type { Pattern } from '../../shared/pattern/model.ts'

/** What lies on the bench where a proposal is about a sheet itself: a pattern of no pieces, in one size. */
export const NO_PATTERN: Pattern = {
  name: '',
  sizes: [''],
  base: 0,
  pieces: [],
  seams: [],
  measures: [],
  rules: [],
  source: { format: 'puntada', vendor: '', product: '', release: '', texts: {} },
}
