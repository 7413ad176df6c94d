import clsx from 'clsx';
import { Apple, Flag, Hand, Hash, History, Lightbulb, PawPrint, Plane, Smile, Trophy } from 'lucide-react';

import type { CategoryId, Section } from './sections';

const ICONS = {
  recent: History,
  smileys: Smile,
  people: Hand,
  nature: PawPrint,
  food: Apple,
  travel: Plane,
  activities: Trophy,
  objects: Lightbulb,
  symbols: Hash,
  flags: Flag,
};

interface Props {
  sections: Section[];
  /** The one at the top of the list. */
  shown: CategoryId | undefined;
  /** While a search is on, there are no parts to go to. */
  isOff: boolean;
  onChoose: (section: Section) => void;
}

/** Goes to a part of the picker. One stop for Tab, arrows inside. */
export function CategoryBar({ sections, shown, isOff, onChoose }: Props) {
  const { t } = useTranslation('emoji');
  const move = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const from = buttons.findIndex((button) => button === document.activeElement);
    buttons[(from + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div
      role="toolbar"
      tabIndex={-1}
      aria-label={t('categories')}
      onKeyDown={move}
      className="flex justify-between px-2.5 pb-1"
    >
      {sections.map((section) => {
        const Icon = ICONS[section.id];
        const isShown = section.id === shown && !isOff;
        return (
          <button
            key={section.id}
            type="button"
            disabled={isOff}
            tabIndex={section.id === shown ? 0 : -1}
            aria-label={t(`category.${section.id}`)}
            title={t(`category.${section.id}`)}
            aria-current={isShown || undefined}
            onClick={() => onChoose(section)}
            className={clsx(
              'flex size-[30px] items-center justify-center rounded-md disabled:opacity-50',
              isShown ? 'bg-accent-tint text-accent-text' : 'text-fg-3 can-hover:hover:bg-hover',
            )}
          >
            <Icon size={18} aria-hidden />
          </button>
        );
      })}
    </div>
  );
}
