// Puts the modules that the first view needs into two files: libraries, and the program. The bundler's own way is
// a file for each set of modules that several later parts share, some fifty of them, which compress worse.

/** Modules that are reached from the entry without a dynamic import, as far as they were asked about. */
const known = new Map();

function isStart(id, context) {
  if (!known.has(id)) {
    // A circle of imports ends here, and is decided by its other members.
    known.set(id, false);
    const info = context.getModuleInfo(id);
    known.set(id, Boolean(info?.isEntry || info?.importers.some((importer) => isStart(importer, context))));
  }
  return known.get(id);
}

export const startChunks = {
  groups: [
    {
      debugName: 'start',
      name: (id, context) => {
        if (id.endsWith('.css') || !isStart(id, context)) return null;
        return id.includes('node_modules') ? 'libraries' : 'start';
      },
    },
  ],
};
