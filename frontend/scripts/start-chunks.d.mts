import type { Rolldown } from 'vite';

export const startChunks: Rolldown.OutputOptions['codeSplitting'];
