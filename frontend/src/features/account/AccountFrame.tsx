import type { ReactNode } from 'react';

import { Logo } from '@/ui/Logo';
import { LanguagePicker } from './LanguagePicker';

/** A quiet page with one form in the middle. */
export function AccountFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="flex h-dvh flex-col overflow-y-auto bg-canvas">
      <div className="m-auto flex w-full max-w-[400px] flex-col gap-6 p-6">
        <header className="flex flex-col items-center gap-4 text-center">
          <Logo size={52} />
          <h1 className="text-2xl font-bold">{title}</h1>
        </header>
        <section className="rounded-2xl bg-surface p-6 shadow-2">{children}</section>
        <LanguagePicker />
      </div>
    </main>
  );
}
