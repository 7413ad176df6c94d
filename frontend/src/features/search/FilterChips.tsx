import clsx from 'clsx';

import { selectDevice } from '@/features/settings/slice';
import { appendToken, parseQuery, withoutTokens, writeToken } from './query';
import { type FilterName, KINDS, type Kind, ME, meaningOf } from './vocabulary';

interface Props {
  text: string;
  onText: (text: string) => void;
  /** Filters that need a value begin in the field, which completes them. */
  onBegun: () => void;
  /** Searching one room, there is no other to name. */
  hasRooms: boolean;
}

/** The filters as buttons. They write into the field what one may type there as well. */
export function FilterChips({ text, onText, onBegun, hasRooms }: Props) {
  const { t } = useTranslation('search');
  const { language } = useAppSelector(selectDevice);
  const { tokens } = parseQuery(text);

  const begin = (name: FilterName) => {
    const rest = withoutTokens(text, (token) => token.name === name);
    onText(appendToken(rest, writeToken(name, '', language)));
    onBegun();
  };
  const toggle = (name: FilterName, value: string, isOn: boolean) => {
    const rest = withoutTokens(text, (token) => token.name === name);
    onText(isOn ? rest : appendToken(rest, writeToken(name, value, language)));
  };

  const kind = tokens.find(({ name }) => name === 'has')?.value;
  const mentionsMe = tokens.some(({ name, value }) => name === 'mentions' && meaningOf(ME, value));
  const begun: FilterName[] = hasRooms
    ? ['from', 'in', 'on', 'after', 'before']
    : ['from', 'on', 'after', 'before'];
  return (
    <div role="group" aria-label={t('filters')} className="flex flex-wrap gap-1.5">
      {begun.map((name) => (
        <Chip
          key={name}
          isOn={tokens.some((token) => token.name === name && token.value !== '')}
          onClick={() => begin(name)}
        >
          {t(`filter.${name}`)}
        </Chip>
      ))}
      {(Object.keys(KINDS) as Kind[]).map((one) => {
        const isOn = kind !== undefined && meaningOf(KINDS, kind) === one;
        return (
          <Chip key={one} isToggle isOn={isOn} onClick={() => toggle('has', KINDS[one][language], isOn)}>
            {t(`kind.${one}`)}
          </Chip>
        );
      })}
      <Chip isToggle isOn={mentionsMe} onClick={() => toggle('mentions', ME.me[language], mentionsMe)}>
        {t('mentionsMe')}
      </Chip>
    </div>
  );
}

interface ChipProps {
  isOn: boolean;
  isToggle?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

function Chip({ isOn, isToggle, onClick, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={isToggle ? isOn : undefined}
      onClick={onClick}
      className={clsx(
        'touch h-7 rounded-full px-3 text-sm contrast:border contrast:border-line coarse:h-8',
        isOn ? 'bg-accent-tint font-semibold text-accent-text' : 'bg-sunken text-fg-2 hover:bg-selected',
      )}
    >
      {children}
    </button>
  );
}
