import { describe, expect, it } from 'vitest'
import { pinByNumbers } from '../support/hands.ts'
import { openHouse, saved } from '../support/house.ts'

const house = openHouse()

/** Three firms share the circle that this board is open to; here they speak English. */
const atTable = (person: string) => house.atTable('camisamez', { language: 'en', person })
describe('three firms, in English', () => {
  it('go on without a line: what is to be sent waits, and arrives once', async () => {
    const [tao, ines, efrain] = [await atTable('tao'), await atTable('ines'), await atTable('efrain')]
    await tao.context.setOffline(true)
    await tao.page.locator('[data-is="offline"]').first().waitFor()
    await pinByNumbers(tao.page, 'Written on the bus')
    expect(await ines.page.getByText('Written on the bus').count()).toBe(0)
    await tao.context.setOffline(false)
    await saved(tao.page)
    for (const { page } of [ines, efrain]) {
      await page.getByRole('treeitem').filter({ hasText: 'Written on the bus' }).first().waitFor()
      expect(await page.getByRole('treeitem').filter({ hasText: 'Written on the bus' }).count()).toBe(1)
    }
    for (const { context } of [tao, ines, efrain]) await context.close()
  })

  it('follow one another, and let go with the first movement of their own', async () => {
    const [tao, ines] = [await atTable('tao'), await atTable('ines')]
    await tao.page.getByRole('button', { name: /^2 people/ }).click()
    await tao.page.getByRole('button', { name: 'Follow Inés Robles' }).click()
    await tao.page.getByText('You see what Inés Robles sees').first().waitFor()
    await tao.page.getByRole('button', { name: 'Zoom in' }).click()
    await tao.page.getByText('You see what Inés Robles sees').first().waitFor({ state: 'detached' })
    await ines.context.close()
    await tao.context.close()
  })
})
