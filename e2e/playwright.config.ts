import { defineConfig } from '@playwright/test'
import type { Fixtures } from './steps'

/** Debian's Chromium; nothing is downloaded. */
export default defineConfig<Fixtures>({
  testDir: '.',
  timeout: 600_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  // Each journey has a server of its own.
  workers: 2,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 900 },
    actionTimeout: 15_000,
    // A trace of everything takes a third of the time: `--trace on` while looking for a fault.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium-headless-shell',
      args: [
        '--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
        '--disable-dev-shm-usage',
      ],
    },
  },
  projects: [
    // Every journey and the look of every page on SQLite; what matters to the database once more on PostgreSQL.
    { name: 'sqlite', testMatch: 'journeys/*.spec.ts' },
    { name: 'postgres', testMatch: 'journeys/*.spec.ts', grep: /@both/, use: { database: 'postgres' } },
    { name: 'fake', testMatch: 'fake/*.spec.ts' },
  ],
})
