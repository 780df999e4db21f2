import { useSpoken } from '../words.ts'
import { en } from './en.ts'
import { es } from './es.ts'

const VOLUME = { es, en }

/** The words of a pattern's details in the reader's language. Imported by lazy parts alone: both languages come with them. */
export const useDetailWords = () => VOLUME[useSpoken().language]
