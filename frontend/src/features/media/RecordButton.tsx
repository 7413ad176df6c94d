import { Mic } from 'lucide-react';

import { IconButton } from '@/ui/IconButton';

interface Props {
  roomId: number;
  /** A recording begins: `Recorder` is to stand where the row of the composer is. */
  onStart?: () => void;
}

/** Held, it records until it is let go; tapped, it records until somebody says what to do with it. */
export function RecordButton({ onStart }: Props) {
  const { t } = useTranslation('media');
  return <IconButton label={t('record')} icon={<Mic size={20} />} onClick={onStart} />;
}
