/** Svelte options: runes everywhere, types stripped by the TypeScript preprocessor of the Vite plugin. */
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default { preprocess: vitePreprocess(), compilerOptions: { runes: true } };
