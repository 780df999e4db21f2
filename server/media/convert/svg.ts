import type { Converter } from './converter.ts'
export const svg: Converter = async () => []
