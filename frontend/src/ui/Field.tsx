import clsx from 'clsx';
import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react';

const BOX =
  'w-full rounded-md bg-sunken px-3 text-md text-fg placeholder:text-fg-3 focus:outline-2 focus:outline-offset-0 focus:outline-focus aria-invalid:outline-2 aria-invalid:outline-danger contrast:border contrast:border-line';

interface Shared {
  label: string;
  /** What is wrong, and what to do; stands right below. */
  error?: string | null;
  hint?: string;
  className?: string;
}

type FieldProps = Shared & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };

/** A line of text with its name, a hint, and what is wrong with it. */
export function Field({ label, error, hint, className, ...rest }: FieldProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} error={error} hint={hint} className={className}>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        className={clsx(BOX, 'h-9 coarse:h-10')}
        {...rest}
      />
    </Frame>
  );
}

type AreaProps = Shared & TextareaHTMLAttributes<HTMLTextAreaElement>;

/** Several lines of text. */
export function TextArea({ label, error, hint, className, ...rest }: AreaProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} error={error} hint={hint} className={className}>
      <textarea
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        className={clsx(BOX, 'min-h-20 resize-y py-2')}
        {...rest}
      />
    </Frame>
  );
}

function Frame({
  id,
  label,
  error,
  hint,
  className,
  children,
}: Shared & { id: string; children: React.ReactNode }) {
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-semibold text-fg-2">
        {label}
      </label>
      {children}
      {(error ?? hint) && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={clsx('text-sm', error ? 'text-danger' : 'text-fg-3')}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
