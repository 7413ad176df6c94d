import clsx from 'clsx';

interface Props<Value extends string> {
  label: string;
  value: Value;
  options: { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** One of a few: a row of radio buttons that looks like one control. */
export function Choice<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  const name = useId();
  return (
    <fieldset className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
      <legend className="float-left text-md font-medium">{label}</legend>
      <div className="inline-flex rounded-md bg-sunken p-1">
        {options.map((option) => (
          <label key={option.value} className="cursor-pointer">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="peer sr-only"
            />
            <span
              className={clsx(
                'flex min-h-8 items-center rounded-sm px-3 text-md peer-focus-visible:outline-2 peer-focus-visible:outline-focus coarse:min-h-11',
                option.value === value ? 'bg-raised font-semibold shadow-1' : 'text-fg-2',
              )}
            >
              {option.label}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
