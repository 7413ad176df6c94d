import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';

import { Button } from '@/ui/Button';
import { Logo } from '@/ui/Logo';
import { LanguagePicker } from './LanguagePicker';

interface Props {
  title: string;
  /** Stands above the form. */
  notice?: ReactNode;
  /** Its fields. */
  children: ReactNode;
  /** Says what the button does. */
  action: string;
  isBusy: boolean;
  /** What was wrong with the last try, if anything: the first field that says so gets the focus. */
  wrong: unknown;
  onSubmit: (form: FormData) => void;
  /** For whom this is not the right form, and where theirs is. */
  other: { question: string; action: string; path: string };
}

/** A quiet page with one form in the middle, and the way to the other one. */
export function AccountForm({ title, notice, children, action, isBusy, wrong, onSubmit, other }: Props) {
  const state: unknown = useLocation().state;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (wrong) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [wrong]);
  return (
    <main className="flex h-dvh flex-col overflow-y-auto bg-canvas">
      <div className="m-auto flex w-full max-w-[400px] flex-col gap-6 p-6">
        <header className="flex flex-col items-center gap-4 text-center">
          <Logo size={52} />
          <h1 className="text-2xl font-bold">{title}</h1>
        </header>
        <section className="rounded-2xl bg-surface p-6 shadow-2">
          {notice}
          <form
            ref={form}
            // The browser's own words would be in its language, and gone after a moment.
            noValidate
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              onSubmit(new FormData(event.currentTarget));
            }}
          >
            {children}
            <Button type="submit" isBusy={isBusy}>
              {action}
            </Button>
          </form>
          <p className="mt-5 text-center text-md text-fg-2">
            {other.question}{' '}
            <Link
              to={other.path}
              state={state}
              className="rounded-xs font-semibold text-accent-text underline"
            >
              {other.action}
            </Link>
          </p>
        </section>
        <LanguagePicker />
      </div>
    </main>
  );
}
