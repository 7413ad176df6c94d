import { Compass, SquarePen } from 'lucide-react';

import { layerOpened } from '@/features/shell/slice';
import { IconButton } from '@/ui/IconButton';

/** The title of the list, and what makes it longer. */
export function ListHead() {
  const { t } = useTranslation('rooms');
  const dispatch = useAppDispatch();
  return (
    <header className="flex h-15 shrink-0 items-center gap-0.5 pr-3 pl-5 lg:h-16">
      <h1 className="min-w-0 flex-1 truncate text-2xl font-bold sm:text-xl">{t('chats')}</h1>
      <IconButton
        label={t('browseRooms')}
        icon={<Compass aria-hidden size={20} strokeWidth={1.9} />}
        onClick={() => dispatch(layerOpened('browse-rooms'))}
      />
      <IconButton
        label={t('newRoom')}
        icon={<SquarePen aria-hidden size={20} strokeWidth={1.9} />}
        onClick={() => dispatch(layerOpened('new-room'))}
      />
    </header>
  );
}
