import type { Page } from 'playwright-core'
import type { UploadId } from '../../shared/domain/ids.ts'
import type { UploadState } from '../../shared/protocol/api.ts'
import type { Somebody } from './server.ts'

// —— in a browser ——

export const isPhone = (page: Page): boolean => (page.viewportSize()?.width ?? 0) < 600

/** A file as a hand picks it: a name and bytes, and no type that anybody should believe. */
export const fileOf = (name: string, bytes: Uint8Array | string) => ({
  name,
  mimeType: '',
  buffer: Buffer.from(bytes),
})

/** In front of what lies on a board, in either language. */
export const openSheets = async (page: Page, board: string): Promise<void> => {
  await page.goto(`/mesas/${board}`)
  if (isPhone(page)) {
    await page.getByRole('button', { name: /(Abrir la tarjeta|Open the card)$/ }).click()
    await page.getByRole('button', { name: /(Tarjeta completa|Full card)$/ }).click()
  }
  await page.getByRole('tab', { name: /^(Hojas|Sheets)$/ }).click()
}

/** The list of files on their way. */
export const uploadsOn = (page: Page) => page.getByRole('list', { name: /^(Subidas|Uploads)$/ })

// —— without one ——

/** What an upload comes to: over, or a question. Listens before it asks, so that it cannot slip by. */
export const settled = async (who: Somebody, id: UploadId): Promise<UploadState> => {
  const isSettled = ({ state }: UploadState): boolean => ['done', 'refused', 'cancelled', 'asking'].includes(state)
  const live = await who.live()
  const end = new Promise<UploadState>((resolve) => {
    live.socket.on('upload.moved', (state) => state.id === id && isSettled(state) && resolve(state))
  })
  const now = (await who.ask<UploadState>('GET', `/api/uploads/${id}`)).body
  const state = isSettled(now) ? now : await end
  live.close()
  return state
}
