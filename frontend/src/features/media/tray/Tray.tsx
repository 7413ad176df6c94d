import { X } from 'lucide-react';

import { fileSize } from '@/lib/format';
import { IconButton } from '@/ui/IconButton';
import { TRAY_MAX, UPLOAD_MAX, dismissRefusals, useAttachments } from '../attachments';
import { TrayRow } from './TrayRow';

interface Props {
  roomId: number;
  /** Enter in a caption. */
  onEnter?: () => void;
}

export default function Tray({ roomId, onEnter }: Props) {
  const { t, i18n } = useTranslation(['media', 'common']);
  const { items, refused } = useAttachments(roomId);
  const limit = fileSize(UPLOAD_MAX, i18n.language);
  return (
    <div className="flex flex-col gap-1 px-1 pt-1 pb-1.5">
      {items.length > 0 && (
        <ul aria-label={t('attachments')} className="max-h-[30dvh] overflow-y-auto">
          {items.map((item, index) => (
            <TrayRow
              key={item.id}
              roomId={roomId}
              item={item}
              index={index}
              count={items.length}
              onEnter={onEnter}
            />
          ))}
        </ul>
      )}
      <p role="status" className="sr-only">
        {items.length > 0 && t('attached', { count: items.length })}
      </p>
      {refused.length > 0 && (
        <div className="flex items-start gap-2 rounded-md bg-signal-tint py-1 pr-1 pl-3 text-sm text-signal-text">
          <div role="alert" className="min-w-0 flex-1 py-1 break-words">
            <ul>
              {refused.map(({ name, reason }, index) => (
                <li key={index}>
                  {reason === 'empty' && t('refusedEmpty', { name })}
                  {reason === 'large' && t('refusedLarge', { name, limit })}
                  {reason === 'many' && t('refusedMany', { name, count: TRAY_MAX })}
                </li>
              ))}
            </ul>
          </div>
          <IconButton
            size="sm"
            label={t('common:close')}
            icon={<X size={16} />}
            onClick={() => dismissRefusals(roomId)}
          />
        </div>
      )}
    </div>
  );
}
