import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { hant } from './scripts/hant'

const pwa = VitePWA({
  injectRegister: false,
  registerType: 'prompt',
  manifest: {
    name: '雁阵 Skein',
    short_name: '雁阵',
    description: '陪伴流动家庭的社区中心的工作台',
    lang: 'zh-CN',
    start_url: '/',
    display: 'standalone',
    background_color: '#faf7f1',
    theme_color: '#0e5a63',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      { src: '/icon-maskable.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
    ],
  },
  workbox: {
    globPatterns: ['**/*.{js,css,html,svg,woff2}'],
    // A report needs the server anyway, and every phone would load the charts.
    globIgnores: ['assets/chart-*.js'],
    navigateFallback: '/index.html',
    navigateFallbackDenylist: [/^\/api\//, /^\/healthz/, /^\/metrics/, /^\/gatherings/, /^\/r\//, /^\/board(\/|$)/],
    // The first visit already works without a connection: the worker takes the open page over as soon as it is ready.
    clientsClaim: true,
    inlineWorkboxRuntime: false,
    sourcemap: false,
  },
})

export default defineConfig(({ mode }) => ({
  plugins: [hant(), vue(), mode === 'fake' ? [] : pwa],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    target: 'es2022',
    outDir: mode === 'fake' ? 'dist-fake' : 'dist',
    // The server forbids inline scripts and data: scripts, so nothing is inlined and no polyfill is injected.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'assets/manifest.json',
    // A phone that keeps the whole program asks for each file by itself: icons of some hundred bytes and the parts that pages
    // share come together, and so do the styles.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'icons', test: /node_modules[\\/]@?lucide/ },
            { name: 'parts', test: /src[\\/]ui[\\/]/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env['SKEIN_API'] ?? 'http://127.0.0.1:8470' } },
  test: { environment: 'happy-dom', setupFiles: ['src/fake/setup.ts'], include: ['src/**/*.test.ts'] },
}))
