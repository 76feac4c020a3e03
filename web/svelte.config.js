import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";
export default {
  preprocess: vitePreprocess({ script: false }),
  // Styles go by attribute into the built file; nothing inline, so a strict policy of contents holds.
  compilerOptions: { runes: true },
};
