import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '@/styles/index.css'
import App from './App.vue'
import { i18n, startLanguage } from './i18n'
import { router } from './router'
import { useFetch } from './services'
import { startSettings } from './settings'

async function start(): Promise<void> {
  startSettings()
  if (import.meta.env.MODE === 'fake') {
    const { fakeFetch } = await import('@/fake/server')
    useFetch(fakeFetch())
  }
  const app = createApp(App)
  app.use(createPinia())
  app.use(i18n)
  app.use(router)
  await startLanguage()
  app.mount('#app')
  if (import.meta.env.PROD && import.meta.env.MODE !== 'fake' && 'serviceWorker' in navigator) {
    void navigator.serviceWorker.register('/sw.js').catch(() => undefined)
  }
}

void start()
