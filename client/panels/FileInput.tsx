import type { RefObject } from 'react'

/** What a button opens to choose files, or the camera; the same file may be chosen again at once. */
export const FileInput = ({
  input,
  label,
  accept,
  multiple = false,
  camera = false,
  onFiles,
}: {
  input: RefObject<HTMLInputElement | null>
  label: string
  accept: string
  multiple?: boolean
  camera?: boolean
  onFiles(files: FileList | null): void
}) => (
  <input
    ref={input}
    type="file"
    hidden
    multiple={multiple}
    accept={accept}
    {...(camera ? { capture: 'environment' } : {})}
    aria-label={label}
    onChange={(e) => {
      onFiles(e.currentTarget.files)
      e.currentTarget.value = ''
    }}
  />
)
