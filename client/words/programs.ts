const NAMES: Readonly<Record<string, string>> = {
  accumark: 'AccuMark',
  assyst: 'Assyst',
  audaces: 'Audaces',
  autocad: 'AutoCAD',
  boke: 'Boke',
  clo: 'CLO',
  freesewing: 'FreeSewing',
  grafis: 'Grafis',
  lectra: 'Lectra',
  optitex: 'Optitex',
  polypattern: 'PolyPattern',
  puntada: 'Puntada',
  richpeace: 'Richpeace',
  seamline: 'Seamline',
  seamly: 'Seamly',
  tuka: 'Tukatech',
  valentina: 'Valentina',
}

/** The program that wrote a file as its makers spell it, by the importer's name for it; others stay as they are. */
export const programName = (vendor: string): string => (Object.hasOwn(NAMES, vendor) ? NAMES[vendor]! : vendor)
