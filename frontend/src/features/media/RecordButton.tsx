import { Mic } from 'lucide-react';

import { IconButton } from '@/ui/IconButton';
import { followPointer } from './voice/hold';
import { start } from './voice/recording';

interface Props {
  roomId: number;
  /** A recording begins: `Recorder` is to stand where the row of the composer is. */
  onStart?: () => void;
}

/** Held, it records until it is let go; tapped, it records until somebody says what to do with it. */
export function RecordButton({ roomId, onStart }: Props) {
  const { t } = useTranslation('media');
  const isPressed = useRef(false);

  const press = (event: React.PointerEvent) => {
    if (event.button !== 0) return;
    isPressed.current = true;
    followPointer(event.nativeEvent);
    void start(roomId, true);
    onStart?.();
  };

  return (
    <IconButton
      label={t('record')}
      icon={<Mic size={20} />}
      onPointerDown={press}
      onClick={() => {
        // Keys and screen readers press without a pointer.
        if (!isPressed.current) {
          void start(roomId, false);
          onStart?.();
        }
        isPressed.current = false;
      }}
      onContextMenu={(event) => event.preventDefault()}
      className="touch-none"
    />
  );
}
