import { Dialog } from '@/ui/Dialog';
import { type Chord, KEYS, type KeyGroup, type KeyId, namesOf } from './keys';

const GROUPS = Object.keys(KEYS) as KeyGroup[];

/** All keys and what they do. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('keyboard');
  return (
    <Dialog isOpen onClose={onClose} title={t('title')} text={t('text')} size="lg">
      {/* Longer than the window, and without anything else that takes the focus to scroll it by keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div role="group" aria-label={t('title')} tabIndex={0} className="flex flex-col gap-5 rounded-md pb-2">
        {GROUPS.map((group) => (
          <table key={group} className="w-full border-collapse text-md">
            <caption className="pb-1 text-left text-xs font-semibold text-fg-3">
              {t(`group.${group}`)}
            </caption>
            <thead className="sr-only">
              <tr>
                <th scope="col">{t('does')}</th>
                <th scope="col">{t('keys')}</th>
              </tr>
            </thead>
            <tbody>
              {KEYS[group].map(({ id, chords }) => (
                <KeyRow key={id} id={id} chords={chords} />
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </Dialog>
  );
}

function KeyRow({ id, chords }: { id: KeyId; chords: readonly Chord[] }) {
  const { t } = useTranslation('keyboard');
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className="py-2 pr-4 text-left font-normal">
        {t(`key.${id}`)}
      </th>
      <td className="py-2 text-right whitespace-nowrap">
        {chords.map((chord, index) => (
          <span key={namesOf(chord).join('+')}>
            {index > 0 && <span className="mx-1.5 text-xs text-fg-3">{t('or')}</span>}
            {namesOf(chord).map((name) => (
              <kbd
                key={name}
                className="ml-1 inline-flex h-6 min-w-6 items-center justify-center rounded-xs border border-line-strong bg-sunken px-1.5 font-sans text-2xs font-bold text-fg-2"
              >
                {name}
              </kbd>
            ))}
          </span>
        ))}
      </td>
    </tr>
  );
}
