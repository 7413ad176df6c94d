import clsx from 'clsx';

interface Props {
  label: string;
  hint?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** A setting that is on or off, in one row with its name. */
export function Switch({ label, hint, isOn, onChange }: Props) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex cursor-pointer items-center justify-between gap-4 py-2">
      <span>
        <span className="block text-md font-medium">{label}</span>
        {hint && <span className="block text-sm text-fg-3">{hint}</span>}
      </span>
      <span className="relative inline-flex shrink-0">
        <input
          id={id}
          type="checkbox"
          role="switch"
          aria-checked={isOn}
          checked={isOn}
          onChange={(event) => onChange(event.target.checked)}
          className="peer absolute inset-0 size-full cursor-pointer opacity-0"
        />
        <span
          className={clsx(
            'h-6 w-10 rounded-full p-0.5 transition-colors peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus',
            isOn ? 'bg-accent' : 'bg-line-strong',
          )}
        >
          <span
            className={clsx(
              'pointer-events-none block size-5 rounded-full bg-raised shadow-1 transition-transform',
              isOn && 'translate-x-4',
            )}
          />
        </span>
      </span>
    </label>
  );
}
