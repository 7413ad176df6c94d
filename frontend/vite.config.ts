import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import AutoImport from 'unplugin-auto-import/vite';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

import { emojiData } from './scripts/emoji-data.mjs';
import { startChunks } from './scripts/start-chunks.mjs';

/** The server that the development server asks. */
const server = process.env.BANTER_SERVER ?? 'http://127.0.0.1:8000';

/** Where the socket is when the page is hosted apart, such as `wss://chat.example.org/ws`. */
const socket = process.env.BANTER_SOCKET;

export default defineConfig({
  plugins: [
    socket
      ? {
          name: 'banter-socket',
          transformIndexHtml: () => [{ tag: 'meta', attrs: { name: 'banter-socket', content: socket } }],
        }
      : null,
    {
      // A font that is late is used from the next visit on: words that are being read don't move for it.
      name: 'banter-fonts',
      enforce: 'pre',
      transform: {
        filter: { id: /@fontsource.*\.css$/ },
        handler: (code: string) => code.replaceAll('font-display: swap', 'font-display: optional'),
      },
    },
    react(),
    tailwindcss(),
    AutoImport({
      imports: [
        'react',
        { react: ['StrictMode'] },
        { 'react-i18next': ['useTranslation'] },
        { '@/app/hooks': ['useAppDispatch', 'useAppSelector'] },
      ],
      dts: 'src/auto-imports.d.ts',
      eslintrc: { enabled: true, filepath: './auto-imports.globals.json' },
    }),
    emojiData(),
    // Keeps the program itself at hand, so that it opens without a network.
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'Banter',
        short_name: 'Banter',
        description: 'Rooms and friends, on a server of your own',
        display: 'standalone',
        start_url: '/',
        theme_color: '#0d2a31',
        background_color: '#edf2f3',
        icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg}', 'assets/hanken-grotesk-latin-wght-normal-*.woff2'],
        globIgnores: ['**/noto-sans-sc*', '**/noto*'],
        navigateFallbackDenylist: [/^\/(api|ws|uploads|swagger|metrics|healthz|readyz)/, /\.json$/],
        runtimeCaching: [
          { urlPattern: /^\/(emoji\/|assets\/.*\.(woff2|css)$)/, handler: 'CacheFirst' },
          { urlPattern: /\/(emoji|assets)\//, handler: 'CacheFirst', options: { cacheName: 'parts' } },
          {
            urlPattern: /\/uploads\//,
            handler: 'CacheFirst',
            options: {
              cacheName: 'media',
              expiration: { maxEntries: 300 },
              cacheableResponse: { statuses: [200] },
            },
          },
        ],
      },
    }),
  ],
  resolve: {
    alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) },
    conditions: ['banter-source', 'module', 'browser', 'development|production'],
  },
  build: {
    target: 'es2022',
    rolldownOptions: { output: { codeSplitting: startChunks } },
    // The page's policy refuses data: fonts.
    assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
  },
  server: {
    proxy: {
      '/api': server,
      '/uploads': server,
      '/swagger': server,
      '/openapi.json': server,
      '/ws': { target: server, ws: true },
    },
  },
});
