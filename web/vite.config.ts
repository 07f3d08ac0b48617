import { defineConfig } from 'vite';

/** Builds the dashboard into `web/dist`; everything that a page loads has a name made of its content. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Icons and the like as files: a policy need then not allow them in the text of others.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The engine of the graphs, which is loaded when the first one is shown.
    chunkSizeWarningLimit: 1024,
    rolldownOptions: {
      // Packages mark modules for another kind of server, which says nothing here.
      checks: { moduleLevelDirective: false },
    },
  },
});
