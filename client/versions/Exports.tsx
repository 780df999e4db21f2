import { useState } from 'react'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { ExportFormat, VersionRow } from '../../shared/protocol/pattern.ts'
import { Icon } from '../brand/icons.tsx'
import { buttonClass } from '../design/Button.tsx'
import { Check, Choices, SelectField } from '../design/Fields.tsx'
import { Notice, Problem } from '../design/Notice.tsx'
import { Waiting } from '../design/Trade.tsx'
import ui from '../design/ui.module.css'
import { useVersionWords } from '../words/versions/words.ts'
import { useWords } from '../words/words.ts'
import { useLines } from './data.ts'
import css from './versions.module.css'

/** Formats that hold the whole nest whatever is chosen. */
const WHOLE: readonly ExportFormat[] = ['aama', 'astm', 'rul']

/** Where a file comes from. `sizes` null for all. */
export const exportLink = (
  sheet: Sheet['id'],
  format: ExportFormat,
  version: number,
  sizes: readonly number[] | null,
): string => {
  const query = new URLSearchParams({ format, version: String(version) })
  if (sizes !== null && !WHOLE.includes(format)) query.set('sizes', sizes.join(','))
  return `/api/sheets/${sheet}/export?${query}`
}

/** The owner's own pattern as a file: what each format is for, and which sizes. */
export const Exports = ({ sheet, rows }: { sheet: Sheet; rows: readonly VersionRow[] }) => {
  const texts = useVersionWords()
  const words = useWords()
  const [version, setVersion] = useState(rows[0]?.version ?? 1)
  const [some, setSome] = useState<readonly number[] | null>(null)
  const lines = useLines(sheet.id, version)
  if (!lines.data)
    return lines.error ? (
      <Problem problem={lines.error} onRetry={() => void lines.refetch()} />
    ) : (
      <Waiting>{words.app.loading}</Waiting>
    )
  const { pattern } = lines.data
  const nameOf = (i: number): string => pattern.sizes[i] ?? ''
  const formats = (Object.keys(texts.exports.formats) as ExportFormat[]).filter(
    (format) => format !== 'rul' || pattern.rules.length > 0,
  )
  // An SVG holds the first of the sizes chosen; where all are wanted, the base size tells most.
  const sizesFor = (format: ExportFormat): readonly number[] | null =>
    format === 'svg' ? [some?.[0] ?? pattern.base] : some
  const says = (format: ExportFormat): string => {
    if (pattern.sizes.length === 1) return ''
    if (WHOLE.includes(format)) return texts.exports.wholeNest
    return format === 'svg' ? texts.exports.firstSize({ size: nameOf(some?.[0] ?? pattern.base) }) : ''
  }
  return (
    <>
      <Notice>
        <p>{texts.exports.about}</p>
      </Notice>
      <div className={css.choose}>
        <SelectField
          label={texts.exports.version}
          value={String(version)}
          options={rows.map(({ version }) => [String(version), texts.story.version({ n: version })])}
          onValue={(n) => {
            setVersion(Number(n))
            setSome(null)
          }}
        />
        {pattern.sizes.length > 1 && (
          <Choices
            label={texts.exports.sizes}
            value={some === null ? 'all' : 'some'}
            options={[
              ['all', texts.exports.all],
              ['some', texts.exports.some],
            ]}
            onValue={(which) => setSome(which === 'all' ? null : [pattern.base])}
          />
        )}
      </div>
      {some !== null && (
        <fieldset className={css.sizes}>
          <legend className="unseen">{texts.exports.sizes}</legend>
          {pattern.sizes.map((size, i) => (
            <Check
              key={size}
              checked={some.includes(i)}
              onValue={(on) => setSome(on ? [...some, i].sort((a, b) => a - b) : some.filter((one) => one !== i))}
            >
              {i === pattern.base ? texts.exports.base({ size }) : size}
            </Check>
          ))}
        </fieldset>
      )}
      {some?.length === 0 && <p className={ui.hint}>{texts.exports.needSize}</p>}
      <ul className={css.exports}>
        {formats.map((format) => {
          const hint = [texts.exports.means[format], says(format)].filter((text) => text !== '').join(' ')
          const blocked = some?.length === 0 && !WHOLE.includes(format)
          return (
            <li key={format}>
              {blocked ? (
                <span className={css.blocked}>{texts.exports.formats[format]}</span>
              ) : (
                <a
                  className={buttonClass({ small: true })}
                  href={exportLink(sheet.id, format, version, sizesFor(format))}
                  download
                >
                  <Icon name="download" />
                  {texts.exports.formats[format]}
                </a>
              )}
              <p className={ui.hint}>{hint}</p>
            </li>
          )
        })}
      </ul>
    </>
  )
}
