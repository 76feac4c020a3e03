import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// Built files go into the Python package: users of the wheel need no Node.
export default defineConfig({
  base: "./",
  plugins: [svelte()],
  build: {
    outDir: "../src/accord/desk/static",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rollupOptions: {
      output: {
        entryFileNames: "assets/desk.js",
        chunkFileNames: "assets/[name].js",
        assetFileNames: "assets/desk[extname]",
      },
    },
  },
  server: { proxy: { "/ws": { target: "ws://127.0.0.1:8717", ws: true }, "/api": "http://127.0.0.1:8717" } },
  test: { include: ["tests/**/*.test.ts"] },
});
