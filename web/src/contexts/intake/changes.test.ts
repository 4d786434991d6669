import { expect, test } from 'vitest'
import { useChanges } from './changes'

test('a change waits for the one before it, and is counted until it has arrived', async () => {
  const { send, waiting } = useChanges()
  const arrived: string[] = []
  let go = (): void => undefined
  const slow = send(async () => {
    await new Promise<void>((resolve) => (go = resolve))
    arrived.push('this row is new')
  })
  const quick = send(async () => arrived.push('merge them all'))
  await Promise.resolve()
  await Promise.resolve()
  expect([arrived, waiting.value]).toEqual([[], 2])
  go()
  await slow
  expect(waiting.value).toBe(1)
  await quick
  expect([arrived, waiting.value]).toEqual([['this row is new', 'merge them all'], 0])
})

test('a change that fails holds up none after it', async () => {
  const { send, waiting } = useChanges()
  const broken = send(async () => {
    throw new Error('no answer at all')
  })
  const next = send(async () => 'stored')
  await expect(broken).rejects.toThrow('no answer at all')
  await expect(next).resolves.toBe('stored')
  expect(waiting.value).toBe(0)
})
