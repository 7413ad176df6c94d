import { useMatch } from 'react-router';

import { usePlayer } from './voice/player';

const MiniPlayerBar = lazy(() => import('./voice/MiniPlayerBar'));

/** The voice message that plays on while one looks at something else, above it. */
export function MiniPlayer() {
  const { track } = usePlayer();
  const openId = Number(useMatch('/r/:roomId')?.params.roomId ?? 0);
  if (!track || track.roomId === openId) return null;
  return (
    <Suspense fallback={null}>
      <MiniPlayerBar track={track} />
    </Suspense>
  );
}
