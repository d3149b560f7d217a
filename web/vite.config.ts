/** Build of the web app: one plain HTML entry per page, nothing inline (the server's CSP forbids it), compressed siblings for the server to send. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const pages = readdirSync(root).filter((name) => name.endsWith('.html'));

/** Writes `.br` and `.gz` beside every text asset, so that the server never compresses at request time. */
function compressed(): Plugin {
  const text = /\.(html|js|mjs|css|svg|json|webmanifest)$/;
  return {
    name: 'lykta-compressed',
    apply: 'build',
    writeBundle({ dir }) {
      const folder = dir ?? join(root, 'dist');
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!text.test(name)) continue;
        const bytes = readFileSync(join(folder, name));
        if (bytes.length < 512) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params }));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

/** Pages for people at work, who have a network: the service worker does not keep them. */
const STAFF = ['plan.html', 'konto.html', 'personer.html', 'granska.html', 'docs.html'];

/** Gives the service worker the list of files of this build and a version that changes with them. */
function precache(): Plugin {
  return {
    name: 'lykta-precache',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk') return;
      const shells = pages.filter((page) => !STAFF.includes(page));
      const wanted = new Set<string>();
      const add = (file: string) => {
        const chunk = bundle[file];
        if (!chunk || wanted.has(file)) return;
        wanted.add(file);
        if (chunk.type !== 'chunk') return;
        chunk.imports.forEach(add);
        // The map is large and useless without network; everything else a resident may need offline is kept.
        chunk.dynamicImports.filter((part) => !/PickMap|maplibre/i.test(part)).forEach(add);
        chunk.viteMetadata?.importedCss.forEach(add);
      };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && chunk.isEntry && shells.some((page) => chunk.facadeModuleId?.endsWith(`/${page}`))) add(chunk.fileName);
      }
      const list = [...wanted].map((file) => `/${file}`).sort();
      const version = createHash('sha256').update(list.join()).digest('hex').slice(0, 12);
      const code = worker.code.replace(/["'`]%PRECACHE%["'`]/, JSON.stringify(list)).replace('%VERSION%', version);
      if (code.includes('%PRECACHE%') || code.includes('%VERSION%')) throw new Error('the service worker lost its placeholders');
      worker.code = code;
    },
  };
}

export default defineConfig({
  plugins: [svelte(), precache(), compressed()],
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: {
        ...Object.fromEntries(pages.map((page) => [page.replace('.html', ''), join(root, page)])),
        sw: join(root, 'src/offline/sw.ts'),
      },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/basemap': 'http://127.0.0.1:8080' } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
