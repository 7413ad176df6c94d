import type { KeyboardEvent, PointerEvent } from 'react';

import { deviceChanged, selectDevice } from '@/features/settings/slice';

const MIN = 240;
const MAX = 320;
const STANDARD = 312;
const STEP = 8;

/** The edge of the list, by which it is made wider. The width is kept on this device. */
export function ListResizer() {
  const { t } = useTranslation('rooms');
  const { listWidth } = useAppSelector(selectDevice);
  const dispatch = useAppDispatch();
  const start = useRef<{ x: number; width: number }>(null);

  const setWidth = (width: number) =>
    dispatch(deviceChanged({ listWidth: Math.round(Math.min(MAX, Math.max(MIN, width))) }));

  const onKeyDown = (event: KeyboardEvent) => {
    const width = { ArrowLeft: listWidth - STEP, ArrowRight: listWidth + STEP, Home: MIN, End: MAX }[
      event.key
    ];
    if (width === undefined) return;
    event.preventDefault();
    setWidth(width);
  };

  return (
    // A separator that can be moved takes keys and the pointer, as the ARIA practices say.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('listWidth')}
      aria-valuemin={MIN}
      aria-valuemax={MAX}
      aria-valuenow={listWidth}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={() => setWidth(STANDARD)}
      onPointerDown={(event: PointerEvent) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width: listWidth };
      }}
      onPointerMove={(event) => {
        if (start.current) setWidth(start.current.width + event.clientX - start.current.x);
      }}
      onPointerUp={() => {
        start.current = null;
      }}
      onPointerCancel={() => {
        start.current = null;
      }}
      className="absolute inset-y-0 -right-1.5 z-10 hidden w-3 cursor-col-resize touch-none after:absolute after:inset-y-0 after:left-1/2 after:w-0.5 after:-translate-x-1/2 after:bg-transparent after:transition-colors hover:after:bg-line-strong focus-visible:outline-none focus-visible:after:bg-focus xl:block"
    />
  );
}
