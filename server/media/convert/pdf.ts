import type { Converter } from './converter.ts'
export const pdf: Converter = async () => []
