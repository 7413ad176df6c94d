import clsx from 'clsx';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'title'> {
  /** Its name for screen readers, and its tooltip. */
  label: string;
  icon: ReactNode;
  /** Keys that do the same, for the tooltip. */
  keys?: string;
  look?: 'plain' | 'filled' | 'rail';
  size?: 'md' | 'sm';
  isActive?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

const LOOKS = {
  plain: 'rounded-md text-fg-2 hover:bg-hover hover:text-fg',
  filled: 'rounded-full bg-accent text-accent-fg hover:brightness-110',
  rail: 'rounded-md focus-on-rail text-rail-fg hover:bg-rail-active hover:text-white',
};

export function IconButton({
  label,
  icon,
  keys,
  look = 'plain',
  size = 'md',
  isActive,
  className,
  ...rest
}: Props) {
  return (
    <button
      type="button"
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
      className={clsx(
        'touch inline-flex shrink-0 items-center justify-center transition-[background-color,scale] duration-[120ms] active:scale-[0.96] disabled:opacity-50',
        size === 'md' ? 'size-9 coarse:size-11' : 'size-7 coarse:size-9',
        isActive ? 'rounded-md bg-accent-tint text-accent-text' : LOOKS[look],
        className,
      )}
      {...rest}
    >
      {icon}
    </button>
  );
}
