import { useMemo } from 'react'
import { useSpoken } from '../words/words.ts'

/** Lengths in mm and areas in cm² as a patternmaker reads them, always in the same unit so that they compare. */
export const useNumbers = () => {
  const { locale } = useSpoken()
  return useMemo(() => {
    const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
    const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
    const mm = (n: number | null): string => (n === null ? '—' : `${plain.format(n)} mm`)
    const by = (n: number | null): string => (n === null ? '—' : `${signed.format(n)} mm`)
    const cm2 = (n: number): string => `${plain.format(n / 100)} cm²`
    const byCm2 = (n: number): string => `${signed.format(n / 100)} cm²`
    return { mm, by, cm2, byCm2 }
  }, [locale])
}
