import type { ReactNode } from 'react';

/** Settings that belong together, on a surface of their own. */
export function Card({ title, text, children }: { title?: string; text?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className="mb-4 rounded-xl bg-surface px-5 py-4 shadow-1"
    >
      {title && (
        <h2 id={id} className="text-md font-bold">
          {title}
        </h2>
      )}
      {text && <p className="mt-0.5 mb-2 text-sm text-fg-3">{text}</p>}
      {children}
    </section>
  );
}
