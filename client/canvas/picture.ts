/**
 * A picture made for this viewer, decoded. It lives in memory alone.
 *
 * @param path below `/v/`: a view, and for a sheet its level and tile.
 * @throws where it can't be had.
 */
export const fetchPicture = async (path: string, signal: AbortSignal): Promise<ImageBitmap> => {
  const answer = await fetch(`/v/${path}`, { signal, cache: 'no-store', credentials: 'same-origin' })
  if (!answer.ok) throw new Error(`picture: ${answer.status}`)
  return createImageBitmap(await answer.blob())
}
