import clsx from 'clsx';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

type Look = 'filled' | 'quiet' | 'plain' | 'danger';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  icon?: ReactNode;
  /** Work is under way: the button stays as wide as it is and takes no second click. */
  isBusy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

const LOOKS: Record<Look, string> = {
  filled: 'bg-accent text-accent-fg hover:brightness-110',
  quiet: 'bg-sunken text-fg hover:bg-selected',
  plain: 'text-accent-text hover:bg-hover',
  danger: 'bg-sunken text-danger hover:bg-signal-tint',
};

export function Button({ look = 'filled', icon, isBusy, className, children, disabled, ...rest }: Props) {
  return (
    <button
      type="button"
      aria-busy={isBusy ?? undefined}
      disabled={disabled ?? isBusy}
      className={clsx(
        'inline-flex min-h-9 items-center justify-center gap-2 rounded-md px-4 text-md font-semibold transition-[background-color,scale] duration-[120ms] select-none active:scale-[0.96] disabled:opacity-55 disabled:active:scale-100 coarse:min-h-11',
        LOOKS[look],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}
